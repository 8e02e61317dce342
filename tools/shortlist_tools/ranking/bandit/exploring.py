"""Showing now and then what one is not sure of: Thompson sampling, within a budget and behind guard rails."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from shortlist_tools.ranking.feedback import Belief
from shortlist_tools.ranking.rank import Moved, Ranked
from shortlist_tools.ranking.signals import Scores


class Budget(BaseModel):
    """How much may be left to chance.

    Attributes:
        places: Places of a slate that exploration may take, from the bottom; 0 explores nothing.
        share: How many slates explore at all, 0 to 1.
        loss: How much less score than the item in whose place it stands an explored one may have, as a share of the
            range from the best candidate to the worst.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    places: int = Field(default=1, ge=0)
    share: float = Field(default=0.3, ge=0.0, le=1.0)
    loss: float = Field(default=0.25, ge=0.0, le=1.0)


def explore(
    ranked: Sequence[Ranked],
    size: int,
    belief: Belief,
    budget: Budget,
    chance: np.random.Generator,
    spent: int = 0,
    slates: int = 0,
) -> list[Ranked]:
    """Return `ranked` with the lowest places of the slate given to items that a draw from the belief values most.

    The candidates are those of `ranked`, which meet every requirement; an item may only stand where the guard rails
    of the budget let it, and says that exploration put it there. Ties go to the better place. Items must have been
    ranked with `measured=True`; one that was not is never explored.

    Args:
        ranked: Best first.
        size: Of the slate.
        belief: About the weights of signals, by their names.
        budget: How much may be left to chance.
        chance: Draws the weights.
        spent: Slates of this person that have explored already.
        slates: Slates that this person was shown.
    """
    order = list(ranked)
    places = min(budget.places, size, len(order) - 1)
    if places < 1 or len(order) <= size or spent + 1 > budget.share * (slates + 1):
        return order
    worth = features(order, belief.names) @ belief.draw(chance)
    allowed = budget.loss * (order[0].score - order[-1].score)
    before = {one.id: place for place, one in enumerate(order)}
    for place in range(size - places, size):
        rivals = [
            at
            for at in range(place, len(order))
            if order[at].signals and order[at].score >= ranked[place].score - allowed
        ]
        best = max(rivals, key=lambda at: (worth[before[order[at].id]], -at), default=place)
        order.insert(place, order.pop(best))
    return [
        one
        if place == before[one.id]
        else one.model_copy(update={"moved": (*one.moved, Moved(by="exploration", before=before[one.id], after=place))})
        for place, one in enumerate(order)
    ]


def features(ranked: Sequence[Ranked], names: Sequence[str]) -> Scores:
    """Return the signals of items as measured, shape (n, names); 0 where one was not."""
    found: Scores = np.array([[one.signals.get(name, 0.0) for name in names] for one in ranked], dtype=np.float64)
    return found.reshape(len(ranked), len(names))


def choose(belief: Belief, arms: Scores, chance: np.random.Generator | None = None) -> int:
    """Return the arm that a draw from the belief values most (Thompson sampling), by the mean where there is no chance.

    Args:
        belief: About the weights.
        arms: Features, shape (arms, d).
        chance: Draws the weights.
    """
    weights = belief.mean if chance is None else belief.draw(chance)
    return int(np.argmax(arms @ weights))
