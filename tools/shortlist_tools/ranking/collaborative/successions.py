"""What people turn to next: pairs of items by how often, and how soon, the second came after the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.item_item import FittedItems
from shortlist_tools.ranking.collaborative.recency import Recency

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Successions:
    """Sequential item-kNN: `T_ij = sum of exp(-(gap - 1) / fade) / (n_i + shrink) / (n_j + 1)^damping`.

    The sum is over users with item j at most `reach` steps after item i, `n` counting users. Of two items in the same
    second either may have come first: half counts each way.

    Attributes:
        reach: Steps that are looked ahead.
        fade: Steps in which a pair's weight falls to 1/e.
        shrink: Users' worth of doubt about an item.
        damping: How far popular items are held back, 0 to 1.
        recency: How the rows of a history are weighted.
    """

    reach: int = 30
    fade: float = 20.0
    shrink: float = 10.0
    damping: float = 0.15
    recency: Recency = field(default_factory=lambda: Recency(steps=5.0))

    def fit(self, interactions: Interactions) -> FittedItems:
        """Return the sparse weights from each item to those that follow it."""
        from scipy.sparse import csr_array, diags_array

        people = interactions.people
        before = diags_array(1.0 / (people + self.shrink))
        after = diags_array(1.0 / (people + 1.0) ** self.damping)
        weights = csr_array(before @ self._counted(interactions.where(interactions.chosen)) @ after)
        return FittedItems(weights.astype(np.float32), self.recency)

    def _counted(self, rows: Interactions) -> csr_array:
        from scipy.sparse import coo_array, csr_array

        size = len(rows.items)
        total = csr_array((size, size), dtype=np.float64)
        for gap in range(1, self.reach + 1):
            first = np.flatnonzero(rows.user[:-gap] == rows.user[gap:]) if len(rows) > gap else np.zeros(0, np.int64)
            if not len(first):
                break
            one, other = rows.item[first], rows.item[first + gap]
            tied = rows.time[first] == rows.time[first + gap]
            value = np.where(tied, 0.5, 1.0) * np.exp(-(gap - 1) / self.fade)
            pairs = (np.concatenate((one, other[tied])), np.concatenate((other, one[tied])))
            total = total + coo_array((np.concatenate((value, value[tied])), pairs), shape=(size, size)).tocsr()
        return csr_array(total)
