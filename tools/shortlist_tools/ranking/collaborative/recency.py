"""How much each part of a history counts: what came last says most of what comes next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog.columns import Floats
from shortlist_tools.ranking.collaborative.interactions import Interactions

DAY = 86_400.0


@dataclass(frozen=True)
class Recency:
    """Half-lives counted from the user's own last event; None does not fade.

    Attributes:
        steps: Half-life in later items of the same user.
        days: Half-life in days before the user's last event.
        opinion: How much a weight of 1 adds to what was chosen; what was turned down counts by it alone.
    """

    steps: float | None = None
    days: float | None = None
    opinion: float = 0.0

    def __call__(self, rows: Interactions) -> Floats:
        """Return the weight of each row, of shape (n,): below 0 only for what was turned down."""
        weight = np.clip(rows.chosen + self.opinion * rows.weight, np.where(rows.chosen, 0.0, -1.0), None)
        if self.steps is not None:
            weight = weight * 0.5 ** (rows.later / self.steps)
        if self.days is not None:
            weight = weight * 0.5 ** (rows.age / (DAY * self.days))
        found: Floats = weight
        return found
