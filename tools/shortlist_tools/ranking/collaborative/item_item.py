"""Items by the users they share: the neighbourhood model, sparse, for catalogs too large for EASE."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.protocol import Scores
from shortlist_tools.ranking.collaborative.recency import Recency
from shortlist_tools.ranking.collaborative.sparse import strongest

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BLOCK = 2_000
"""Items whose neighbours are counted at once."""


@dataclass(frozen=True)
class ItemItem:
    """Item-kNN with shrunk cosine: `n_ij / (sqrt(n_i n_j) + shrink)`, `n` counting users (Sarwar et al., 2001).

    Attributes:
        neighbours: How many of each item are kept.
        shrink: Users' worth of doubt about a pair.
        recency: How the rows of a history are weighted.
    """

    neighbours: int = 200
    shrink: float = 10.0
    recency: Recency = field(default_factory=Recency)

    def fit(self, interactions: Interactions) -> FittedItems:
        """Return the nearest items of each item; memory grows with items times neighbours."""
        from scipy.sparse import csr_array, vstack

        matrix = interactions.matrix()
        length = np.sqrt(interactions.people)
        size, parts = len(interactions.items), []
        transposed = csr_array(matrix.T)
        for start in range(0, size, BLOCK):
            block = (transposed[start : start + BLOCK] @ matrix).tocoo()
            cosine = block.data / (length[block.row + start] * length[block.col] + self.shrink)
            cosine[block.row + start == block.col] = 0.0
            shape = (min(BLOCK, size - start), size)
            parts.append(strongest(csr_array((cosine, (block.row, block.col)), shape=shape), self.neighbours))
        weights = vstack(parts, format="csr") if parts else csr_array((0, 0), dtype=np.float32)
        return FittedItems(csr_array(weights), self.recency)


@dataclass(frozen=True, eq=False)
class FittedItems:
    """Sparse weights from each item (row) to each item (column)."""

    weights: csr_array
    recency: Recency

    def scores(self, histories: Interactions) -> Scores:
        """Return `x W` with the recency-weighted histories `x`."""
        found = histories.matrix(self.recency(histories)) @ self.weights
        return np.asarray(found.toarray(), dtype=np.float32)
