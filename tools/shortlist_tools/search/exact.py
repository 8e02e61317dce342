"""Exact nearest neighbours by one matrix product: the reference for recall, and the fast path for few items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.search.blas import one_thread
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.index import Neighbour

Rows = NDArray[np.int64]
BLOCK = 512
"""Rows that are picked at a time into one buffer: copies of many megabytes cost more than their products."""


class ExactIndex:
    """All vectors in one float32 matrix in memory."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._matrix = np.zeros((0, dimensions), dtype=np.float32)
        self._ids: list[str] = []
        self._row: dict[str, int] = {}

    def query(self, vector: Vectors, n: int, allowed: Sequence[str] | None = None) -> list[Neighbour]:
        """Return the `n` nearest of all items, or of the `allowed` ones."""
        if allowed is None:
            rows = np.arange(len(self._ids))
            similarities = similarities_of(self._matrix, vector)
        else:
            rows = np.array(sorted({self._row[i] for i in allowed if i in self._row}), dtype=np.int64)
            similarities = similarities_of(self._matrix, vector, rows)
        found = [Neighbour(self._ids[rows[k]], float(similarities[k])) for k in best(similarities, n)]
        return sorted(found, key=lambda neighbour: (-neighbour.similarity, neighbour.id))[: max(n, 0)]

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace items; the last of equal ids wins."""
        fresh = list(dict.fromkeys(i for i in ids if i not in self._row))
        for i in fresh:
            self._row[i] = len(self._ids)
            self._ids.append(i)
        if fresh:
            room = np.zeros((len(fresh), self.dimensions), dtype=np.float32)
            self._matrix = np.concatenate([self._matrix, room])
        for i, vector in zip(ids, vectors, strict=True):
            self._matrix[self._row[i]] = vector

    def remove(self, ids: Sequence[str]) -> None:
        """Forget items; unknown ids are ignored."""
        gone = set(ids) & self._row.keys()
        if not gone:
            return
        keep = [row for row, i in enumerate(self._ids) if i not in gone]
        self._matrix = self._matrix[keep]
        self._ids = [self._ids[row] for row in keep]
        self._row = {i: row for row, i in enumerate(self._ids)}

    def ids(self) -> set[str]:
        """Return the ids of all items."""
        return set(self._ids)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._ids)

    def close(self) -> None:
        """Drop the matrix."""
        self._matrix = self._matrix[:0]
        self._ids, self._row = [], {}


def similarities_of(matrix: Vectors, vector: Vectors, rows: Rows | None = None) -> Vectors:
    """Return the dot products of `vector` (d,) with all rows of `matrix` (n, d), or with `rows` in their order."""
    with one_thread():
        if rows is None:
            return np.asarray(matrix @ vector, dtype=np.float32)
        products = np.empty(len(rows), dtype=np.float32)
        block = np.empty((min(BLOCK, len(rows)), matrix.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), BLOCK):
            part = rows[start : start + BLOCK]
            np.take(matrix, part, axis=0, out=block[: len(part)], mode="clip")
            np.dot(block[: len(part)], vector, out=products[start : start + len(part)])
        return products


def best(scores: NDArray[np.floating], n: int) -> Rows:
    """Return the positions of the `n` greatest scores and of all that tie with the last of them, in no order."""
    if n <= 0 or len(scores) == 0:
        return np.zeros(0, dtype=np.int64)
    if n >= len(scores):
        return np.arange(len(scores))
    cut = np.partition(scores, len(scores) - n)[len(scores) - n]
    return np.flatnonzero(scores >= cut)
