"""How an item suits the person, as signals over candidate rows: taste, usual prices, and how new to them it is."""

from __future__ import annotations

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import ProfileSummary, pair_index
from shortlist_tools.ranking.signals.arrays import Rows, Scores, sums_over
from shortlist_tools.ranking.signals.holding import Holding
from shortlist_tools.ranking.signals.items import price_places

CHOSEN = ("bought", "added", "liked", "watched", "joined")
"""Kinds of event whose items tell which prices a person pays; the more often, the surer."""
PRIOR_CHOICES = 2.0
"""Choices' worth of "the cheaper, the better" that the place of a person's prices is shrunk towards."""
MOST_SEEN = 200
"""How many of the last items seen tell what is new to a person."""


def affinity(snapshot: Snapshot, rows: Rows, profile: ProfileSummary) -> Scores:
    """Return how far each row's values agree with the profile, -1 to 1.

    Affinities for an item join as `1 - prod(1 - w)`, those against it likewise, and the difference counts: every
    further liked value raises an item, and none alone decides.
    """
    indifferent = {sign: np.ones(len(rows)) for sign in (True, False)}
    holding = Holding(snapshot, rows)
    for one in profile.affinities:
        indifferent[one.weight > 0][holding.having(one.field, one.value)] *= 1.0 - min(1.0, abs(one.weight))
    return indifferent[False] - indifferent[True]


def liked_values(snapshot: Snapshot, rows: Rows, profile: ProfileSummary, most: int = 2) -> list[tuple[str, ...]]:
    """Return for each row the `field=value` pairs that the profile likes, the strongest first, `most` at most."""
    found: list[list[str]] = [[] for _ in rows]
    holding = Holding(snapshot, rows)
    for one in sorted(profile.affinities, key=lambda one: (-one.weight, one.field, one.value)):
        # What people alike lend is not the person's own taste, and is not told as such.
        if one.weight > 0 and not one.shared:
            for place in np.flatnonzero(holding.having(one.field, one.value)):
                found[place].append(f"{one.field}={one.value}")
    return [tuple(pairs[:most]) for pairs in found]


def price_fit(snapshot: Snapshot, rows: Rows, profile: ProfileSummary | None) -> Scores:
    """Return how near each row's price is to what the person usually pays among items of the kind, 0 to 1.

    `1 - |q - q_person|`, with `q` the mid-rank of the price among the prices of the same kind and `q_person` the mean
    of the chosen items' ranks, shrunk by `PRIOR_CHOICES` towards 0: of whom nothing is known, cheaper fits better. An
    item without a price is 0.
    """
    places = price_places(snapshot)
    chosen = [] if profile is None else [one for kind in CHOSEN for one in profile.seen.get(kind, ())]
    paid = places[[snapshot.row_of[one] for one in chosen if one in snapshot.row_of]] if chosen else np.zeros(0)
    paid = paid[~np.isnan(paid)]
    usual = float(paid.sum()) / (len(paid) + PRIOR_CHOICES)
    found: Scores = np.nan_to_num(1.0 - np.abs(places[rows] - usual), nan=0.0)
    return found


def novelty(snapshot: Snapshot, rows: Rows, profile: ProfileSummary | None) -> Scores:
    """Return which share of each row's values the person has not met yet, 0 to 1; an item seen before is 0.

    Values are those of the fields that a person can have a taste for, and met is what items of earlier events have.
    Everything is 1 for whom nothing is known.
    """
    index = pair_index(snapshot)
    seen = [] if profile is None else list(dict.fromkeys(one for ids in profile.seen.values() for one in ids))
    known = [snapshot.row_of[one] for one in seen[-MOST_SEEN:] if one in snapshot.row_of]
    if not known:
        return np.ones(len(rows))
    met = np.zeros(len(index.pairs))
    for row in known:
        met[index.of(row)] = 1.0
    counts = index.starts[rows + 1] - index.starts[rows]
    share = np.divide(
        sums_over(index.starts, index.codes, rows, met), counts, out=np.zeros(len(rows)), where=counts > 0
    )
    found: Scores = 1.0 - share
    found[np.isin(rows, known)] = 0.0
    return found
