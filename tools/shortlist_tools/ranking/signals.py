"""The signals of the ranking, each an array over candidate rows: request, wishes, affinity, quality, popularity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary

Scores = NDArray[np.float64]
Rows = NDArray[np.int64]

PRIOR_REVIEWS = 20.0
"""Reviews' worth of the catalog's mean rating that a rating is shrunk towards, where no review counts are known."""


def request_match(relevance: Scores) -> Scores:
    """Scale relevance to the best candidate: 0 to 1; all zero where the request has no words to match."""
    best = float(relevance.max(initial=0.0))
    return np.clip(relevance / best, 0.0, 1.0) if best > 0 else np.zeros_like(relevance)


def wishes(snapshot: Snapshot, rows: Rows, soft: Sequence[Requirement]) -> Scores:
    """Return the mean over soft requirements of how well each row meets them, 0 to 1; zero where there are none.

    A plain requirement is met or not; `lowest` and `highest` give the share of candidates that the row beats, and a
    missing value gives 0.
    """
    if not soft:
        return np.zeros(len(rows))
    return np.mean([_met(snapshot, rows, requirement) for requirement in soft], axis=0)


def _met(snapshot: Snapshot, rows: Rows, requirement: Requirement) -> Scores:
    if requirement.op not in ("lowest", "highest"):
        hard = requirement.model_copy(update={"hard": True, "status": "active", "group": None})
        return np.asarray(snapshot.mask([hard])[rows], dtype=np.float64)
    values = snapshot.numbers(requirement.field)[rows]
    return _percentile(values if requirement.op == "highest" else -values)


def _percentile(values: Scores) -> Scores:
    """Return the share of other known values that each value beats; ties count half, missing values give 0."""
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    count = int(known.sum())
    if count:
        ordered = np.sort(values[known])
        below = np.searchsorted(ordered, values[known], side="left")
        upto = np.searchsorted(ordered, values[known], side="right")
        scores[known] = (below + upto) / (2.0 * count)
    return scores


def affinity(snapshot: Snapshot, rows: Rows, profile: ProfileSummary) -> tuple[Scores, list[tuple[str, ...]]]:
    """Return how far each row's values agree with the profile, -1 to 1, and the `field=value` pairs that say so."""
    weights: Mapping[tuple[str, str], float] = {(one.field, one.value): one.weight for one in profile.affinities}
    scores = np.zeros(len(rows))
    because: list[tuple[str, ...]] = [()] * len(rows)
    if not weights:
        return scores, because
    names = sorted({field for field, _ in weights})
    for index, row in enumerate(rows):
        hits = [(weights[pair], pair) for pair in _pairs(snapshot, int(row), names) if pair in weights]
        if hits:
            hits.sort(key=lambda hit: (-abs(hit[0]), hit[1]))
            strongest = [weight for weight, _ in hits[:3]]
            scores[index] = float(np.mean(strongest))
            because[index] = tuple(f"{field}={value}" for weight, (field, value) in hits[:2] if weight > 0)
    return scores, because


def _pairs(snapshot: Snapshot, row: int, names: Sequence[str]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name in names:
        value = snapshot.value(row, name) if snapshot.schema.get(name) is not None else None
        if isinstance(value, list | tuple):
            pairs.extend((name, str(one)) for one in value)
        elif value is not None:
            pairs.append((name, str(value)))
    return pairs


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
