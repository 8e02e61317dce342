"""What one person's reactions say of their weights: at once, bounded, and from comparisons within what was shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import pair_index
from shortlist_tools.ranking.feedback.belief import Belief
from shortlist_tools.ranking.feedback.slates import Answered, Shown
from shortlist_tools.ranking.signals import SIGNALS, Scores
from shortlist_tools.ranking.weights import Person, Weights

STEEPNESS = 8.0
"""How many log-odds of being preferred one unit of score is worth."""
DEVIATION = 0.25
"""How far a person's weight is expected to lie from everybody's."""
BELOW = 0.5
"""What a comparison with an item further down counts: it may not have been looked at."""
LEAST = 0.005
"""A taste weaker than this is left out."""
Comparison = tuple[Shown, Shown, float]


def comparisons(answered: Iterable[Answered]) -> Iterator[Comparison]:
    """Yield (better, worse, weight) for the items of each slate that the reactions tell apart.

    What was liked beats everything liked less on its slate, fully what stands above it (which was passed over to reach
    it; Joachims, 2002) and by `BELOW` what stands below unless that was reacted to as well; what was turned down loses
    to everything that was not. A comparison weighs the difference of the two reactions.
    """
    for one in answered:
        items = one.slate.items
        for at, item in enumerate(items):
            for other in items[at + 1 :]:
                a, b = one.worth.get(item.id, 0.0), one.worth.get(other.id, 0.0)
                if a == b:
                    continue
                unseen = a > b and other.id not in one.worth
                weight = abs(a - b) * (BELOW if unseen else 1.0)
                yield (item, other, weight) if a > b else (other, item, weight)


def learn(
    snapshot: Snapshot,
    answered: Sequence[Answered],
    weights: Weights | None = None,
    signals: Sequence[str] = SIGNALS,
) -> Person:
    """Return how a person's weights differ from `weights`, as far as the reactions tell.

    The weights start as everybody's with a standard deviation of `DEVIATION`, tastes for values at 0; every comparison
    moves them by one step of logistic regression on the difference of the two items. No item left in the catalog and
    no reaction: nobody in particular.

    Args:
        snapshot: The catalog, for the values that items have.
        answered: Slates with their reactions, oldest first.
        weights: Everybody's.
        signals: Those whose weights may differ.
    """
    shared = weights or Weights()
    pairs = [one for one in comparisons(answered) if {one[0].id, one[1].id} <= snapshot.row_of.keys()]
    if not pairs:
        return Person()
    values = sorted(
        {value for better, worse, _ in pairs for value in _values(snapshot, better) ^ _values(snapshot, worse)}
    )
    names = [*signals, *values]
    start = np.array([*(shared.of(name) for name in signals), *([0.0] * len(values))])
    belief = Belief.prior(names, start, DEVIATION)
    for better, worse, weight in pairs:
        x = STEEPNESS * (_features(snapshot, better, signals, values) - _features(snapshot, worse, signals, values))
        belief = belief.after_choice(x, liked=True, weight=weight)
    moved = belief.mean - start
    shifts = {name: round(float(value), 6) for name, value in zip(signals, moved, strict=False) if abs(value) >= LEAST}
    tastes = zip(values, moved[len(signals) :], strict=True)
    return Person(
        shifts=shifts,
        tastes={name: round(float(value), 6) for name, value in tastes if abs(value) >= LEAST},
        rests_on=len(pairs),
    )


def _values(snapshot: Snapshot, item: Shown) -> frozenset[str]:
    index = pair_index(snapshot)
    return frozenset("=".join(index.pairs[code]) for code in index.of(snapshot.row_of[item.id]).tolist())


def _features(snapshot: Snapshot, item: Shown, signals: Sequence[str], values: Sequence[str]) -> Scores:
    has = _values(snapshot, item)
    return np.array(
        [*(float(item.signals.get(name, 0.0)) for name in signals), *(float(value in has) for value in values)]
    )
