"""The signals of the ranking, each an array over candidate rows: request, wishes, affinity, quality, popularity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Op, Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary

Scores = NDArray[np.float64]
Rows = NDArray[np.int64]

PRIOR_REVIEWS = 20.0
"""Reviews' worth of the catalog's mean rating that a rating is shrunk towards, where no review counts are known."""
SUPERLATIVES = ("lowest", "highest")
PLAIN = {"hard": True, "status": "active", "group": None}
"""What makes a soft requirement one that a mask can tell."""
NEUTRAL = 0.5
"""How well a wish for one kind of item is met by items of another kind."""


def request_match(relevance: Scores) -> Scores:
    """Scale relevance to the best candidate: 0 to 1; all zero where the request has no words to match."""
    known: Scores = np.nan_to_num(relevance, nan=0.0).clip(min=0.0)
    best = float(known.max(initial=0.0))
    return known / best if best > 0 else np.zeros_like(known)


def wishes(snapshot: Snapshot, rows: Rows, soft: Sequence[Requirement]) -> Scores:
    """Return the share of the plain soft requirements that each row meets, 0 to 1; zero where there are none."""
    plain = [one.model_copy(update=PLAIN) for one in soft if one.op not in SUPERLATIVES]
    if not plain:
        return np.zeros(len(rows))
    met: Scores = np.mean([snapshot.mask([one])[rows] for one in plain], axis=0)
    return met


def superlatives(snapshot: Snapshot, rows: Rows, soft: Sequence[Requirement]) -> Scores:
    """Return the mean over `lowest` and `highest` wishes of how near each row comes to the best, 0 to 1.

    Half of it is the share of known values that the row beats (equals count half, itself included), half is `1 / p`
    with `p` its place: who asks for the cheapest wants that one, and not one of the cheap ones. A missing value is 0.
    """
    wanted = [one for one in soft if one.op in SUPERLATIVES]
    if not wanted:
        return np.zeros(len(rows))
    met: Scores = np.mean([_nearness(snapshot, rows, one) for one in wanted], axis=0)
    return met


def _nearness(snapshot: Snapshot, rows: Rows, wish: Requirement) -> Scores:
    values = snapshot.numbers(wish.field)[rows]
    signed = values if wish.op == "highest" else -values
    met = (_percentile(signed) + _by_place(signed)) / 2
    return met if wish.scope is None else np.where(_in_scope(snapshot, rows, wish.scope), met, NEUTRAL)


def _by_place(values: Scores) -> Scores:
    """Return 1 for the greatest value, 1/2 for the next, and so on; equal ones share a place, a missing one gives 0."""
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    distinct, place = np.unique(values[known], return_inverse=True)
    scores[known] = 1.0 / (len(distinct) - place)
    return scores


def _in_scope(snapshot: Snapshot, rows: Rows, scope: str) -> NDArray[np.bool_]:
    kind = snapshot.schema.role("kind")
    name = scope.removeprefix("kind:")
    if kind is None or name == scope:
        return np.ones(len(rows), dtype=np.bool_)
    return snapshot.mask([_having(snapshot, kind.name, name)])[rows]


def _percentile(values: Scores) -> Scores:
    """Return the mid-rank of each known value among the known ones, 0 to 1 exclusive; a missing value gives 0.

    `(b + t / 2) / n` with `b` values beaten, `t` equal ones (itself among them), `n` known: whatever is known beats
    what is not, and one alone has 0.5.
    """
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    count = int(known.sum())
    if count:
        ordered = np.sort(values[known])
        below = np.searchsorted(ordered, values[known], side="left")
        upto = np.searchsorted(ordered, values[known], side="right")
        scores[known] = (below + upto) / (2.0 * count)
    return scores


def affinity(snapshot: Snapshot, rows: Rows, profile: ProfileSummary) -> Scores:
    """Return how far each row's values agree with the profile, -1 to 1.

    Affinities for an item join as `1 - prod(1 - w)`, those against it likewise, and the difference counts: every
    further liked value raises an item, and none alone decides.
    """
    indifferent = {sign: np.ones(len(rows)) for sign in (True, False)}
    for one in profile.affinities:
        if _is_category(snapshot, one.field):
            has = snapshot.mask([_having(snapshot, one.field, one.value)])[rows]
            indifferent[one.weight > 0][has] *= 1.0 - min(1.0, abs(one.weight))
    return indifferent[False] - indifferent[True]


def liked_values(snapshot: Snapshot, row: int, profile: ProfileSummary, most: int = 2) -> tuple[str, ...]:
    """Return the `field=value` pairs of an item that the profile likes, the strongest first."""
    found = []
    for one in sorted(profile.affinities, key=lambda one: (-one.weight, one.field, one.value)):
        if one.weight <= 0 or not _is_category(snapshot, one.field):
            continue
        value = snapshot.value(row, one.field)
        if one.value in (value if isinstance(value, list | tuple) else (value,)):
            found.append(f"{one.field}={one.value}")
    return tuple(found[:most])


def _is_category(snapshot: Snapshot, name: str) -> bool:
    field = snapshot.schema.get(name)
    return field is not None and field.kind in ("category", "multi_category")


def _having(snapshot: Snapshot, name: str, value: str) -> Requirement:
    op: Op = "contains" if snapshot.schema.by_name[name].kind == "multi_category" else "=="
    return Requirement(field=name, op=op, value=value)


@lru_cache(maxsize=4)
def standing(snapshot: Snapshot) -> tuple[Scores, Scores]:
    """Return quality and popularity of every row, each 0 to 1; 0.5 and 0 where the catalog does not know.

    Quality is the rating shrunk towards the mean, `(n r + m C) / (n + m)`, with `m` the median review count, between
    its 5th and 95th percentile. Popularity is the log of the count over the log of the greatest.
    """
    size = len(snapshot.ids)
    counts = np.zeros(size)
    role = snapshot.schema.role("popularity")
    if role is not None and role.kind == "number":
        counts = np.nan_to_num(snapshot.numbers(role.name), nan=0.0).clip(min=0.0)
    peak = float(counts.max(initial=0.0))
    popularity = np.log1p(counts) / np.log1p(peak) if peak > 0 else np.zeros(size)
    rating = snapshot.schema.role("rating")
    if rating is None or rating.kind != "number":
        return np.full(size, 0.5), popularity
    values = snapshot.numbers(rating.name)
    if np.isnan(values).all():
        return np.full(size, 0.5), popularity
    mean = float(np.nanmean(values))
    known = np.where(np.isnan(values), mean, values)
    reviews = np.where(np.isnan(values), 0.0, counts if peak > 0 else PRIOR_REVIEWS)
    weight = float(np.median(counts[counts > 0])) if peak > 0 else PRIOR_REVIEWS
    shrunk = (reviews * known + weight * mean) / (reviews + weight)
    low, high = np.percentile(shrunk, [5, 95])
    quality = np.clip((shrunk - low) / (high - low), 0.0, 1.0) if high > low else np.full(size, 0.5)
    return quality, popularity
