"""Counting base rates over people: what they turn to, and what their visits are about."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.profile.builder.mixture import ratios_of
from shortlist_tools.profile.builder.units import units_of, visits_of
from shortlist_tools.profile.builder.whom import is_for_others
from shortlist_tools.profile.builder.words import stretches_of
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.population import Population, at_the_outset, nobody
from shortlist_tools.profile.strengths import strength, top_rating

LEAST_PEOPLE = 5
"""An item that fewer people turned to has the mean attention of all such items, and what the visits of fewer are about
counts for nothing: nothing tells of one of them."""
PRIOR_PEOPLE = 20.0
"""How many people who turn to every item alike the catalog itself counts for."""
PRIOR_STRETCHES = 20.0
"""How many stretches of visits what visits may be about at the outset counts for."""
LATEST, MOST_LEARNED = 60, 500
"""Of how many latest events of each person, and of how many people at most, it is learned what visits are about."""
_ROUNDS = 40


def population_of(snapshot: Snapshot, people: Iterable[Iterable[Event]]) -> Population:
    """Return the base rates over `people`, each given by his or her events in the order of time.

    Every person weighs the same: attention is the mean over people of each item's share of what the person did with
    items, what is against an item left out. `PRIOR_PEOPLE` even ones are added, and items of fewer than `LEAST_PEOPLE`
    share their attention evenly. What visits are about is learned from each person's `LATEST` events.
    """
    size, top = len(snapshot), top_rating(snapshot)
    if not size:
        return nobody(snapshot)
    sums, touched, latest = np.zeros(size), np.zeros(size, dtype=np.int64), list[list[Event]]()
    for events in people:
        own: dict[int, float] = {}
        kept = deque[Event](maxlen=LATEST)
        for event in events:
            row = snapshot.row_of.get(event.item_id) if event.item_id else None
            weight = 0.0 if row is None else strength(event, top)
            kept.append(event)
            if row is not None and weight > 0:
                own[row] = min(2.0, own.get(row, 0.0) + weight)
        if own:
            rows = np.fromiter(own, dtype=np.int64)
            weights = 0.5 + np.fromiter(own.values(), dtype=np.float64)
            sums[rows] += weights / weights.sum()
            touched[rows] += 1
            latest.append(list(kept))
    rare = touched < LEAST_PEOPLE
    if rare.any():
        sums[rare] = sums[rare].mean()
    attention = (sums + PRIOR_PEOPLE / size) / (sums.sum() + PRIOR_PEOPLE)
    return Population(snapshot.version, len(latest), attention, _about(snapshot, latest, attention))


def _about(snapshot: Snapshot, people: Sequence[Sequence[Event]], attention: Floats) -> Floats:
    """Return what the visits of `people` are about, `PRIOR_STRETCHES` of them as at the outset.

    A mixture over the stretches of all people, fitted by expectation maximisation: a value has a share as far as it
    explains visits better than the other values of the same items do.
    """
    index, outset = pair_index(snapshot), at_the_outset(snapshot, attention)
    told = np.flatnonzero(outset[1:])
    having, count = np.zeros(len(index.pairs)), 0
    found: list[tuple[Rows, Rows, Floats]] = []
    for events in people[:: -(-len(people) // MOST_LEARNED) or 1]:
        acts = [(event.time, str(number), event) for number, event in enumerate(events)]
        own = [visit for visit in visits_of(acts) if not is_for_others(visit)]
        units = units_of(own, snapshot, acts[-1][0])
        if not len(units):
            continue
        codes = np.intersect1d(index.of_all(units.rows)[1], told)
        having[codes] += 1
        ratios = ratios_of(units, index, attention, codes.tolist(), stretches_of(own, units, snapshot))
        found.append(
            (np.repeat(np.arange(len(ratios)) + count, len(codes)), np.tile(codes, len(ratios)), ratios.ravel())
        )
        count += len(ratios)
    if not found:
        return outset
    stretch, code, ratio = (np.concatenate(column) for column in zip(*found, strict=True))
    enough = having[code] >= LEAST_PEOPLE
    code, ratio = code[enough], ratio[enough]
    numbers, stretch = np.unique(stretch[enough], return_inverse=True)
    shares, count = outset, len(numbers)
    for _ in range(_ROUNDS):
        part = shares[code + 1] * ratio
        whole = shares[0] + np.bincount(stretch, part, minlength=count)
        part /= whole[stretch]
        sums = np.concatenate([[float((shares[0] / whole).sum())], np.bincount(code, part, minlength=len(having))])
        shares = (sums + PRIOR_STRETCHES * outset) / (count + PRIOR_STRETCHES)
    return shares
