"""What was asked for, as signals over candidate rows: words, wishes, superlatives, slack within requirements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.ranking.signals.arrays import Rows, Scores, percentile

SUPERLATIVES = ("lowest", "highest")
PLAIN = {"hard": True, "status": "active", "group": None}
"""What makes a soft requirement one that a mask can tell."""
NEUTRAL = 0.5
"""How well a wish for one kind of item is met by items of another kind."""
BOUNDS = ("<", "<=", ">", ">=")


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
    met = (percentile(signed) + _by_place(signed)) / 2
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
    return snapshot.mask([having(snapshot, kind.name, name)])[rows]


def slack(snapshot: Snapshot, rows: Rows, asked: Sequence[Requirement]) -> Scores:
    """Return how far inside its numeric bounds each row stays, 0 at a bound to 1, averaged over the bounds.

    The room is told as a share of the bound itself, `|bound - value| / |bound|` and 1 at most, so that it needs no
    knowledge of the field: at half of a budget half of it is left. A broken bound and a missing value are 0, and so is
    everything where nothing has a bound. Lists, wishes and requirements on the slate have no room to speak of.
    """
    rooms = [_room(snapshot, rows, one) for one in asked if _is_bound(snapshot, one)]
    if not rooms:
        return np.zeros(len(rows))
    met: Scores = np.mean(rooms, axis=0)
    return met


def _is_bound(snapshot: Snapshot, one: Requirement) -> bool:
    field = snapshot.schema.get(one.field)
    numeric = field is not None and field.kind in ("number", "money")
    plain = one.status == "active" and one.scope is None and (one.unit is None or one.unit == (field and field.unit))
    return numeric and plain and one.op in BOUNDS and isinstance(one.value, int | float) and bool(one.value)


def _room(snapshot: Snapshot, rows: Rows, one: Requirement) -> Scores:
    values = snapshot.numbers(one.field)[rows]
    gap = one.value - values if one.op in ("<", "<=") else values - one.value
    room: Scores = np.nan_to_num(gap / abs(one.value), nan=0.0).clip(0.0, 1.0)
    return room


def having(snapshot: Snapshot, name: str, value: str) -> Requirement:
    """Return the requirement that an item has `value` of the field `name`."""
    return Requirement(field=name, op=snapshot.schema.by_name[name].has, value=value)
