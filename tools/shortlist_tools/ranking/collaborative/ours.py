"""Our model: EASE over recent history, what follows it, and content, each standardised, in a weighted sum."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from shortlist_tools.catalog.columns import Bools
from shortlist_tools.ranking.collaborative.ease import Ease
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.item_item import ItemItem
from shortlist_tools.ranking.collaborative.protocol import Fitted, Scores, standard
from shortlist_tools.ranking.collaborative.recency import Recency
from shortlist_tools.ranking.collaborative.successions import Successions

NEW_ITEM = 0.5
"""What content counts for an item that nobody chose yet: less than what is known of others, which is surer."""


@dataclass(frozen=True)
class Mix:
    """What each part counts in the sum; content counts only where items have content."""

    ease: float = 1.0
    successions: float = 1.0
    content: float = 0.2
    popular: float = 0.0


@dataclass(frozen=True)
class Settings:
    """Every choice behind our model; `Chooser` finds them on a validation split; large catalogs take item-kNN."""

    ease: Ease | ItemItem = field(default_factory=lambda: Ease(recency=Recency(steps=5.0)))
    successions: Successions = field(default_factory=Successions)
    mix: Mix = field(default_factory=Mix)


@dataclass(frozen=True, eq=False)
class Ours:
    """The fitted parts and what each counts.

    Attributes:
        parts: Fitted models over the same items by the name of their weight in `mix`.
        mix: The weights.
        known: Items that somebody chose; of others only the content tells.
    """

    parts: dict[str, Fitted]
    mix: Mix
    known: Bools

    def scores(self, histories: Interactions) -> Scores:
        """Return the weighted sum of the standardised scores of the parts; what is popular for an empty history."""
        each = {name: standard(part.scores(histories)) for name, part in self.parts.items()}
        found = self.mixed(each)
        empty = np.bincount(histories.user, histories.chosen, minlength=histories.users) == 0
        found[empty] = each["popular"][empty]
        return found

    def mixed(self, standardised: dict[str, Scores]) -> Scores:
        """Return the weighted sum of standardised scores; new items by their content alone."""
        total = np.zeros_like(next(iter(standardised.values())))
        for name, one in standardised.items():
            total += np.float32(getattr(self.mix, name)) * one
        content = standardised.get("content")
        total[:, ~self.known] = 0.0 if content is None else NEW_ITEM * content[:, ~self.known]
        return total
