"""Sparse weights between items, cut to what is strong and to what enough people stand behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.ranking.collaborative.interactions import Interactions

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BLOCK = 1_000
"""Items that are looked at together."""


def strongest(weights: csr_array, most: int) -> csr_array:
    """Return `weights` with at most `most` entries a row, those of the greatest size; equal ones by column."""
    from scipy.sparse import csr_array

    weights.sort_indices()
    lengths = np.diff(weights.indptr)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((weights.indices, -np.abs(weights.data), rows))
    place = np.arange(len(order)) - weights.indptr[rows]
    kept = np.sort(order[place < most])
    return csr_array((weights.data[kept].astype(np.float32), (rows[kept], weights.indices[kept])), shape=weights.shape)


def shared(weights: NDArray[np.float32] | csr_array, interactions: Interactions, people: int, most: int) -> csr_array:
    """Return the `most` strongest weights a row among pairs of items that at least `people` users both chose.

    What is left tells of nobody in particular: each kept pair has `people` users behind it.
    """
    from scipy.sparse import csr_array, vstack

    matrix = interactions.matrix()
    transposed = csr_array(matrix.T)
    size, parts = len(interactions.items), []
    for start in range(0, size, BLOCK):
        together = (transposed[start : start + BLOCK] @ matrix).tocsr()
        together.data = (together.data >= people).astype(np.float32)
        together.eliminate_zeros()
        kept = csr_array(together.multiply(weights[start : start + BLOCK]))
        kept.eliminate_zeros()
        parts.append(strongest(kept, most))
    return csr_array(vstack(parts, format="csr")) if parts else csr_array((0, 0), dtype=np.float32)
