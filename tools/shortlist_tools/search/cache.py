"""Vectors that were computed once, kept in the store by content hash and model, so that nothing is embedded twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
from sqlalchemy import delete, insert, select

from shortlist_tools.search.embedders import Vectors
from shortlist_tools.store import Store, tables

T = TypeVar("T")
CHUNK = 500


class VectorCache:
    """The stored vectors of one model.

    Args:
        store: Where they are kept.
        model: The embedder's name.
    """

    def __init__(self, store: Store, model: str) -> None:
        self._store = store
        self._model = model

    def known(self, hashes: Iterable[str]) -> set[str]:
        """Return those of `hashes` that have a vector."""
        column = tables.embeddings.c.hash
        found: set[str] = set()
        with self._store.read() as connection:
            for chunk in batched(hashes, CHUNK):
                query = select(column).where(tables.embeddings.c.model == self._model, column.in_(chunk))
                found.update(connection.execute(query).scalars())
        return found

    def read(self, hashes: Sequence[str], dimensions: int) -> Vectors:
        """Return the vectors of `hashes` in their order, shape `(len(hashes), dimensions)`, zeros where missing."""
        rows: dict[str, list[int]] = {}
        for row, name in enumerate(hashes):
            rows.setdefault(name, []).append(row)
        matrix = np.zeros((len(hashes), dimensions), dtype=np.float32)
        table = tables.embeddings
        with self._store.read() as connection:
            for chunk in batched(rows, CHUNK):
                query = select(table.c.hash, table.c.vector).where(
                    table.c.model == self._model, table.c.hash.in_(chunk)
                )
                for name, blob in connection.execute(query):
                    if len(blob) != 4 * dimensions:
                        continue
                    matrix[rows[name]] = np.frombuffer(blob, dtype="<f4")
        return matrix

    def write(self, hashes: Sequence[str], vectors: Vectors) -> None:
        """Store one vector a hash, replacing what was there, in one transaction."""
        blobs = {
            name: np.ascontiguousarray(vector, dtype="<f4").tobytes()
            for name, vector in zip(hashes, vectors, strict=True)
        }
        if not blobs:
            return
        table = tables.embeddings
        rows = [{"hash": name, "model": self._model, "vector": blob} for name, blob in blobs.items()]
        with self._store.write() as connection:
            for chunk in batched(blobs, CHUNK):
                connection.execute(delete(table).where(table.c.model == self._model, table.c.hash.in_(chunk)))
            connection.execute(insert(table), rows)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield `items` in lists of `size`; the last may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
