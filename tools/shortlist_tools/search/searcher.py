"""The one door to search: keeps the indexes in step with the catalog and answers queries inside exact requirements."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from shortlist_tools.search.cache import VectorCache
from shortlist_tools.search.embedders import BuiltInEmbedder, Embedder, Vectors
from shortlist_tools.search.exact import best, similarities_of
from shortlist_tools.search.fusion import fuse
from shortlist_tools.search.lexical import LexicalIndex
from shortlist_tools.store import Store

if TYPE_CHECKING:
    from shortlist_tools.catalog import Catalog, Requirement, Snapshot

Kind = Literal["chroma", "exact"]
Progress = Callable[[str, int, int], None]
POOL = 300
BATCH = 256


class Hit(NamedTuple):
    """A found item: its id, its row in the catalog's snapshot, its score, and the two scores behind it.

    `lexical` is a BM25 score, 0 where no word matched; `vector` a cosine similarity, NaN where the item has no vector.
    """

    id: str
    row: int
    score: float
    lexical: float
    vector: float


class Searcher:
    """Hybrid search over one catalog.

    Args:
        catalog: What is searched.
        store: Where vectors are cached.
        directory: Where the indexes live; everything in it can be rebuilt.
        embedder: The model of meaning; None for the built-in one.
        kind: Which vector index serves queries that leave many items.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        directory: str | Path,
        embedder: Embedder | None = None,
        kind: Kind = "chroma",
    ) -> None:
        self.catalog = catalog
        self.directory = Path(directory)
        self.embedder: Embedder = embedder or BuiltInEmbedder()
        self.kind = kind
        self._cache = VectorCache(store, self.embedder.name)
        self._lexical: LexicalIndex | None = None
        self._vectors: tuple[tuple[str, ...], Vectors] | None = None
        self._lock = threading.Lock()

    def prepare(self, progress: Progress | None = None) -> None:
        """Build what is missing or stale: first the lexical index, then the vectors; goes on where a kill stopped it."""
        tell = progress or (lambda _stage, _done, _total: None)
        documents = list(self.catalog.documents())
        ids = tuple(document.id for document in documents)
        self._lexical = LexicalIndex.build(ids, [document.text for document in documents])
        tell("lexical", len(ids), len(ids))
        known = self._cache.known({document.hash for document in documents})
        missing = {document.hash: document.text for document in documents if document.hash not in known}
        names = list(missing)
        for start in range(0, len(names), BATCH):
            part = names[start : start + BATCH]
            self._cache.write(part, self.embedder.embed([missing[name] for name in part]))
            tell("vectors", start + len(part), len(names))
        matrix, _ = self._cache.read([document.hash for document in documents], self.embedder.dimensions)
        self._vectors = (ids, matrix)

    def search(self, query: str, requirements: Sequence[Requirement] = (), n: int = 10) -> list[Hit]:
        """Return at most `n` items that satisfy every hard requirement, best first."""
        snapshot = self.catalog.snapshot()
        mask = snapshot.mask(requirements)
        total = len(snapshot.ids)
        lexical, cover = np.zeros(total, np.float32), np.zeros(total, np.float32)
        similarity = np.full(total, np.nan, np.float32)
        if self._lexical is not None:
            rows = _rows(snapshot, self._lexical.ids)
            score, share = self._lexical.scores(query)
            lexical[rows[rows >= 0]], cover[rows[rows >= 0]] = score[rows >= 0], share[rows >= 0]
        if self._vectors is not None and query.strip():
            ids, matrix = self._vectors
            rows = _rows(snapshot, ids)
            found = similarities_of(matrix, self.embedder.embed([query])[0])
            similarity[rows[rows >= 0]] = found[rows >= 0]
        allowed = np.flatnonzero(mask)
        fused = fuse(lexical[allowed], cover[allowed], similarity[allowed])
        chosen = best(fused, n)
        hits = [
            Hit(
                snapshot.ids[allowed[k]],
                int(allowed[k]),
                float(fused[k]),
                float(lexical[allowed[k]]),
                float(similarity[allowed[k]]),
            )
            for k in chosen
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[: max(n, 0)]

    def close(self) -> None:
        """Give back memory and files."""
        self._lexical, self._vectors = None, None


def _rows(snapshot: Snapshot, ids: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([snapshot.row_of.get(i, -1) for i in ids], dtype=np.int64)
