"""A shorter copy of the matrix that finds candidates in a third of the time; their scores are then exact again."""

from __future__ import annotations

import numpy as np

from shortlist_tools.search.blas import one_thread
from shortlist_tools.search.embedders import Vectors

LENGTH = 192
"""Directions kept: of the built-in model's 512 they hold 96 % of the length of a text's vector."""
SMALLEST, LARGEST = 2_000, 100_000
"""Items between which a sketch pays: below, exact products are fast enough; above, Chroma is faster."""
_SAMPLE = 5_000
_BLOCK = 20_000


def worth_sketching(items: int, dimensions: int) -> bool:
    """Whether a sketch of so many vectors of this length saves time."""
    return SMALLEST <= items <= LARGEST and dimensions >= 2 * LENGTH


def sketch_of(matrix: Vectors) -> tuple[Vectors, Vectors]:
    """Return the sketch (n, 192) of `matrix` (n, d) and its basis (d, 192), by which queries are sketched too.

    The basis are the first principal directions of a sample, not centred, so that products of sketches approximate
    products of vectors: of all projections to this length the one with the least squared error (Eckart and Young).
    """
    sample = np.asarray(matrix[:: max(1, len(matrix) // _SAMPLE)], dtype=np.float32)
    with one_thread():
        _, directions = np.linalg.eigh(sample.T @ sample)
        basis = np.ascontiguousarray(directions[:, ::-1][:, :LENGTH], dtype=np.float32)
        parts = [matrix[start : start + _BLOCK] @ basis for start in range(0, len(matrix), _BLOCK)]
    return np.concatenate(parts), basis
