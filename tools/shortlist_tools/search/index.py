"""What every vector index does: nearest neighbours among all items or among some, with additions and removals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from shortlist_tools.search.embedders import Vectors


class Neighbour(NamedTuple):
    """An item and its cosine similarity to the query, -1 to 1."""

    id: str
    similarity: float


class VectorIndex(Protocol):
    """Unit vectors by item id. Neighbours come nearest first, equally near ones in order of their ids."""

    def query(self, vector: Vectors, n: int, allowed: Sequence[str] | None = None) -> list[Neighbour]:
        """Return at most `n` nearest items to `vector` (d,), only among `allowed` (unknown ids ignored) when given."""
        ...

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add items, or replace those already known; `vectors` has shape `(len(ids), d)`."""
        ...

    def remove(self, ids: Sequence[str]) -> None:
        """Forget items; unknown ids are ignored."""
        ...

    def ids(self) -> set[str]:
        """Return the ids of all items."""
        ...

    def count(self) -> int:
        """Return how many items there are."""
        ...

    def close(self) -> None:
        """Give back files and memory; the index must not be used afterwards."""
        ...
