"""Base rates over people: how their attention spreads over the items, as one snapshot to build profiles against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Floats
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.strengths import strength, top_rating

LEAST_PEOPLE = 5
"""An item that fewer people turned to has the mean attention of all such items: nothing tells of one of them."""
PRIOR_PEOPLE = 20.0
"""How many people who turn to every item alike the catalog itself counts for."""


@dataclass(frozen=True, eq=False)
class Population:
    """One snapshot of what people turn to.

    Attributes:
        version: Version of the catalog it is over.
        people: How many people it was counted from.
        attention: Each item's share of the attention, by row; sums to 1.
    """

    version: str
    people: int
    attention: Floats


def nobody(snapshot: Snapshot) -> Population:
    """Return the base rates where no person is known: every item alike."""
    size = len(snapshot)
    return Population(snapshot.version, 0, np.full(size, 1.0 / size) if size else np.zeros(0))


def population_of(snapshot: Snapshot, people: Iterable[Iterable[Event]]) -> Population:
    """Return the base rates over `people`, each given by his or her events.

    Every person weighs the same: attention is the mean over people of each item's share of what the person did with
    items, what is against an item left out. `PRIOR_PEOPLE` even ones are added, and items of fewer than `LEAST_PEOPLE`
    share their attention evenly.
    """
    size, top = len(snapshot), top_rating(snapshot)
    if not size:
        return nobody(snapshot)
    sums, touched, count = np.zeros(size), np.zeros(size, dtype=np.int64), 0
    for events in people:
        own: dict[int, float] = {}
        for event in events:
            row = snapshot.row_of.get(event.item_id) if event.item_id else None
            weight = 0.0 if row is None else strength(event, top)
            if row is not None and weight > 0:
                own[row] = min(2.0, own.get(row, 0.0) + weight)
        if own:
            count += 1
            rows = np.fromiter(own, dtype=np.int64)
            weights = 0.5 + np.fromiter(own.values(), dtype=np.float64)
            sums[rows] += weights / weights.sum()
            touched[rows] += 1
    rare = touched < LEAST_PEOPLE
    if rare.any():
        sums[rare] = sums[rare].mean()
    attention = (sums + PRIOR_PEOPLE / size) / (sums.sum() + PRIOR_PEOPLE)
    return Population(snapshot.version, count, attention)
