"""The indexes seen through one snapshot: scores by the snapshot's rows, whatever rows the indexes use."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.exact import similarities_of
from shortlist_tools.search.lexical import LexicalIndex
from shortlist_tools.search.nearest import Nearest

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Aligned:
    """One snapshot with the indexes as they were then; items that an index does not know score nothing by it."""

    def __init__(self, snapshot: Snapshot, lexical: LexicalIndex | None, nearest: Nearest | None) -> None:
        self._snapshot = snapshot
        self._lexical = lexical
        self._nearest = nearest
        self._total = len(snapshot.ids)
        self._words_to_rows = _places(lexical.ids, snapshot) if lexical else None
        self._vectors_to_rows = _places(nearest.built.ids, snapshot) if nearest else None
        self._rows_to_vectors = _inverse(self._vectors_to_rows, self._total)

    def fits(self, snapshot: Snapshot, lexical: LexicalIndex | None, nearest: Nearest | None) -> bool:
        """Whether this is still the view of exactly these three."""
        return self._snapshot is snapshot and self._lexical is lexical and self._nearest is nearest

    def words(self, query: str) -> tuple[Floats, Floats]:
        """Return each row's BM25 score and the share of the query it covers."""
        if self._lexical is None:
            return np.zeros(self._total, np.float32), np.zeros(self._total, np.float32)
        score, cover = self._lexical.scores(query)
        places = self._words_to_rows
        return (score, cover) if places is None else (self._moved(score, places), self._moved(cover, places))

    def nearest(self, vector: Vectors, n: int, rows: Rows | None) -> Rows:
        """Return the `n` rows nearest to `vector`, only among `rows` when given."""
        if self._nearest is None:
            return np.zeros(0, np.int64)
        if rows is not None and self._rows_to_vectors is not None:
            rows = self._rows_to_vectors[rows]
            rows = rows[rows >= 0]
        found, _ = self._nearest.search(vector, n, rows)
        if self._vectors_to_rows is not None:
            found = self._vectors_to_rows[found]
        return found[found >= 0]

    def similarities(self, vector: Vectors | None, rows: Rows) -> Floats:
        """Return the cosine similarity of each of `rows` to `vector`; NaN where there is no vector."""
        similarity = np.full(len(rows), np.nan, dtype=np.float32)
        if self._nearest is None or vector is None:
            return similarity
        places = rows if self._rows_to_vectors is None else self._rows_to_vectors[rows]
        there = places >= 0
        similarity[there] = similarities_of(self._nearest.built.matrix, vector, places[there])
        return similarity

    def centre(self, rows: Rows) -> Vectors | None:
        """Return the unit vector in the middle of `rows`, or None where none of them has a vector."""
        if self._nearest is None:
            return None
        places = rows if self._rows_to_vectors is None else self._rows_to_vectors[rows]
        total = self._nearest.built.matrix[places[places >= 0]].sum(axis=0)
        length = float(np.linalg.norm(total))
        return np.asarray(total / length, dtype=np.float32) if length > 0 else None

    def _moved(self, scores: Floats, places: Rows) -> Floats:
        moved = np.zeros(self._total, dtype=np.float32)
        moved[places[places >= 0]] = scores[places >= 0]
        return moved


def _places(ids: tuple[str, ...], snapshot: Snapshot) -> Rows | None:
    """Return the snapshot's row of each of `ids` (-1 where gone), or None when they are the same in the same order."""
    if ids == snapshot.ids:
        return None
    return np.array([snapshot.row_of.get(name, -1) for name in ids], dtype=np.int64)


def _inverse(places: Rows | None, total: int) -> Rows | None:
    if places is None:
        return None
    inverse = np.full(total, -1, dtype=np.int64)
    inverse[places[places >= 0]] = np.flatnonzero(places >= 0)
    return inverse
