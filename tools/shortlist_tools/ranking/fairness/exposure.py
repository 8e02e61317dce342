"""How much attention groups of items get, and a re-ranker that keeps their shares within a bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from shortlist_tools.catalog import Snapshot
from shortlist_tools.ranking.rank import Moved, Ranked


class Target(BaseModel):
    """What share of attention a group of items must have at least.

    Attributes:
        field: A category of the schema, such as the brand; `released` of the last days makes new items a group.
        values: The values that make the group.
        share: Of the exposure of a slate, 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    field: str
    values: tuple[str, ...]
    share: float = Field(ge=0.0, le=1.0)


def attention(size: int) -> list[float]:
    """Return the share of attention that each place of a slate gets: `1 / log2(place + 1)` from place 1, sum 1."""
    weights = 1.0 / np.log2(np.arange(2, size + 2))
    return (weights / weights.sum()).tolist() if size else []


def members(snapshot: Snapshot, target: Target) -> frozenset[int]:
    """Return the rows of the group: those whose value of the field is one of `values`.

    Raises:
        RequirementError: If the catalog has no such field.
    """
    snapshot.column(target.field)
    wanted = set(target.values)
    found = []
    for row in range(len(snapshot)):
        value = snapshot.value(row, target.field)
        if not wanted.isdisjoint(value if isinstance(value, list) else [str(value)] if value is not None else []):
            found.append(row)
    return frozenset(found)


def exposure(slates: Sequence[Sequence[int]], group: frozenset[int]) -> float:
    """Return the mean share of the attention of slates (rows, the topmost first) that the group gets, 0 to 1."""
    shares = [
        sum(weight for row, weight in zip(slate, attention(len(slate)), strict=True) if row in group)
        for slate in slates
        if len(slate)
    ]
    return float(np.mean(shares)) if shares else 0.0


def fairer(
    ranked: Sequence[Ranked], size: int, group: frozenset[int], share: float, owed: float = 0.0
) -> tuple[list[Ranked], float]:
    """Return `ranked` with a slate that gives the group its share of attention, and what is owed to it after that.

    Place by place the best item is taken, unless at least half of the place's attention is owed to the group: then its
    best item is. What is owed is carried on, so that slates too short for the share make up for it together (amortised,
    as in Biega et al., 2018). Nothing is taken from below `ranked`, and no score changes; what moved says so.

    Args:
        ranked: Best first; all of them may be shown.
        size: Of the slate.
        group: Rows of the group.
        share: Of the attention, 0 to 1.
        owed: What the slates before have left owing, in slates' worth of attention; below 0 it has had more.
    """
    left = list(ranked)
    taken: list[Ranked] = []
    weights = attention(min(size, len(left)))
    for weight in weights:
        owed += share * weight
        mine = next((at for at, one in enumerate(left) if one.row in group), None)
        one = left.pop(mine if mine is not None and owed >= weight / 2 else 0)
        owed -= weight if one.row in group else 0.0
        taken.append(one)
    before = {one.id: place for place, one in enumerate(ranked)}
    order = [
        one
        if before[one.id] == place
        else one.model_copy(update={"moved": (*one.moved, Moved(by="fairness", before=before[one.id], after=place))})
        for place, one in enumerate([*taken, *left])
    ]
    return order, owed


def gaps(slates: Sequence[Sequence[int]], groups: Mapping[str, tuple[frozenset[int], float]]) -> dict[str, float]:
    """Return for each group how much its exposure lacks of its share, below 0 where it has more; see `exposure`."""
    return {name: share - exposure(slates, rows) for name, (rows, share) in groups.items()}
