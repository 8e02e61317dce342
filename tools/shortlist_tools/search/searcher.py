"""The one door to search: keeps the indexes in step with the catalog and answers queries inside exact requirements."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Catalog, Requirement, Snapshot
from shortlist_tools.search.aligned import Aligned, Floats, Rows
from shortlist_tools.search.blas import one_thread
from shortlist_tools.search.building import Progress
from shortlist_tools.search.embedders import BuiltInEmbedder, Embedder, Vectors, meanings
from shortlist_tools.search.errors import EmbeddingError, IndexUnusableError
from shortlist_tools.search.exact import best
from shortlist_tools.search.fusion import Candidates, fuse, word_score
from shortlist_tools.search.nearest import Nearest
from shortlist_tools.search.preparing import Indexes, prepare
from shortlist_tools.store import Store

Kind = Literal["chroma", "exact"]
By = Literal["both", "words", "meaning"]
Mask = NDArray[np.bool_] | None
log = logging.getLogger("shortlist_tools")

BY_WORDS = 200
"""Candidates that words nominate, at least."""
BY_MEANING = 60
"""Candidates that meaning nominates, at least; each costs a neighbour more to find. The union is scored by both."""
QUERIES_CACHED = 1_024


class Hit(NamedTuple):
    """A found item: its id, its row in the catalog's snapshot, its score, and the two scores behind it.

    `score` orders the hits of one query and means nothing across queries. `lexical` is a BM25 score, 0 where no word
    matched; `vector` a cosine similarity, NaN where there is no vector.
    """

    id: str
    row: int
    score: float
    lexical: float
    vector: float


class Status(NamedTuple):
    """What search can do at the moment.

    Attributes:
        items: Items in the catalog.
        lexical: Items that can be found by words.
        vectors: Items that can be found by meaning.
        kind: `chroma` or `exact`.
        model: Name of the embedder.
        stale: Whether the catalog has changed since the indexes were checked against it.
        writer: Process id of another process that is building, or None.
    """

    items: int
    lexical: int
    vectors: int
    kind: str
    model: str
    stale: bool
    writer: int | None


class Searcher:
    """Hybrid search over one catalog. Safe to share by threads; other processes' builds are picked up by themselves.

    Requirements are always evaluated on the catalog as it is now. What is known of the items' words and meaning is as
    of the last `prepare`, so a changed price filters at once and a changed description is found after `prepare`.

    Args:
        catalog: What is searched.
        store: Where vectors are cached.
        directory: Where the indexes live; everything in it can be rebuilt from the store.
        embedder: The model of meaning; None for the built-in one.
        kind: Which vector index serves queries that leave many items.
        chroma_url: Address of a Chroma server to use instead of files in `directory`.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        directory: str | Path,
        embedder: Embedder | None = None,
        kind: Kind = "chroma",
        *,
        chroma_url: str | None = None,
    ) -> None:
        self.catalog = catalog
        self.embedder: Embedder = embedder or BuiltInEmbedder()
        self._indexes = Indexes(Path(directory), kind, self.embedder.name, store, chroma_url)
        self._aligned: Aligned | None = None
        self._lock = threading.Lock()
        self._embedded = lru_cache(maxsize=QUERIES_CACHED)(self._embed)

    def prepare(self, progress: Progress | None = None, wait: float = 0.0) -> Status:
        """Build what is missing, stale or damaged: first words, then meaning. Goes on where a kill stopped it.

        Search works meanwhile, with what there is. Does nothing but check when everything is there. If another process
        is building, returns at once with its process id in `writer`.

        Args:
            progress: Called with the stage (`lexical`, `vectors`, `index`), how much of it is done, and the whole.
            wait: Seconds to wait for another process that is building.

        Raises:
            EmbeddingError: If the embedding service fails; what was embedded is kept, and search by words works.
            IndexUnusableError: If an index cannot be written.
        """
        try:
            writer = prepare(self._indexes, self.catalog, self.embedder, progress or _quiet, wait)
        except OSError as error:
            raise IndexUnusableError(f"cannot write the indexes in {self._indexes.directory}: {error}") from error
        return self.status()._replace(writer=writer)

    def search(
        self, query: str, requirements: Sequence[Requirement] = (), n: int = 10, *, by: By = "both"
    ) -> list[Hit]:
        """Return at most `n` items that satisfy every hard requirement, best first; ties in order of ids.

        Without a query the items come most popular first, if the schema says which field that is. If the embedding
        service fails, words alone decide.

        Args:
            query: What is looked for, in any language the model of meaning knows.
            requirements: Active hard ones filter; all others change nothing here.
            n: Hits at most.
            by: What nominates and scores: words, meaning or both.

        Raises:
            RequirementError: If a requirement does not fit the schema.
        """
        snapshot = self.catalog.snapshot()
        if n <= 0:
            return []
        if not query.strip():
            return _by_popularity(snapshot, snapshot.mask(requirements), n)
        found = self._candidates(snapshot, query, requirements, n, by)
        return _hits(snapshot, found, fuse(found), n)

    def candidates(
        self, query: str, requirements: Sequence[Requirement] = (), n: int = 10, *, by: By = "both"
    ) -> Candidates:
        """Return what `search` would score for the `n` best, with every signal; for measuring and tuning."""
        return self._candidates(self.catalog.snapshot(), query, requirements, n, by)

    def _candidates(
        self, snapshot: Snapshot, query: str, requirements: Sequence[Requirement], n: int, by: By
    ) -> Candidates:
        mask = snapshot.mask(requirements) if requirements else None
        aligned = self._align(snapshot)
        lexical, cover = aligned.words(query if by != "meaning" else "")
        vector = self._query_vector(query) if by != "words" else None
        pool = best_rows(word_score(lexical, cover), mask, max(BY_WORDS, 2 * n))
        with one_thread():  # once around all products: to set the limit costs as much as a small product
            if vector is not None:
                rows = None if mask is None else np.flatnonzero(mask)
                pool = np.union1d(pool, aligned.nearest(vector, max(BY_MEANING, 2 * n), rows))
            return Candidates(pool, lexical[pool], cover[pool], aligned.similarities(vector, pool))

    def similar(self, ids: Sequence[str], n: int = 10, requirements: Sequence[Requirement] = ()) -> list[Hit]:
        """Return at most `n` items nearest in meaning to the items `ids` together, those themselves left out.

        Raises:
            UnknownItemError: If an id is not in the catalog.
            RequirementError: If a requirement does not fit the schema.
        """
        snapshot = self.catalog.snapshot()
        own = snapshot.rows(ids)
        mask = snapshot.mask(requirements)
        mask[own] = False
        aligned = self._align(snapshot)
        vector = aligned.centre(own)
        if vector is None or n <= 0:
            return []
        pool = np.sort(aligned.nearest(vector, n, np.flatnonzero(mask)))
        similarity = aligned.similarities(vector, pool)
        none = np.zeros(len(pool), np.float32)
        return _hits(snapshot, Candidates(pool, none, none, similarity), similarity, n)

    def compare(self, word: str, others: Sequence[str]) -> list[float]:
        """Return how near each of `others` is to `word` in meaning, 1 for the same; 0 where that cannot be told."""
        try:
            near = meanings(self.embedder, (word, *others))
        except EmbeddingError:
            return [0.0 for _ in others]
        return [float(one) for one in near[1:] @ near[0]]

    def status(self) -> Status:
        """Return what search can do at the moment."""
        snapshot = self.catalog.snapshot()
        lexical, nearest = self._indexes.lexical(), self._indexes.nearest()
        return Status(
            items=len(snapshot.ids),
            lexical=len(lexical.ids) if lexical else 0,
            vectors=len(nearest.built.ids) if nearest else 0,
            kind=self._indexes.kind,
            model=self.embedder.name,
            stale=not self._indexes.is_checked(snapshot.version),
            writer=None,
        )

    def nearest(self) -> Nearest | None:
        """Return the vector index behind this searcher, for measuring it; None while there is none."""
        return self._indexes.nearest()

    def forget_queries(self) -> None:
        """Hold no words of anybody in memory any more."""
        self._embedded.cache_clear()

    def close(self) -> None:
        """Give back memory and files; the searcher must not be used afterwards."""
        self._aligned = None
        self._indexes.close()

    def _align(self, snapshot: Snapshot) -> Aligned:
        lexical, nearest = self._indexes.lexical(), self._indexes.nearest()
        aligned = self._aligned
        if aligned is None or not aligned.fits(snapshot, lexical, nearest):
            with self._lock:
                aligned = Aligned(snapshot, lexical, nearest)
                self._aligned = aligned
        return aligned

    def _query_vector(self, query: str) -> Vectors | None:
        if self._indexes.nearest() is None:
            return None
        try:
            return self._embedded(query)
        except EmbeddingError as error:
            log.warning("searching by words alone: %s", error)
            return None

    def _embed(self, query: str) -> Vectors:
        vectors: Vectors = self.embedder.embed([query])
        return np.asarray(vectors[0], dtype=np.float32)


def best_rows(scores: Floats, mask: Mask, n: int) -> Rows:
    """Return the rows of the `n` greatest scores above zero (and of their ties) among those in `mask`."""
    rows = np.flatnonzero((scores > 0) if mask is None else (scores > 0) & mask)
    chosen: Rows = rows[best(scores[rows], n)]
    return chosen


def _hits(snapshot: Snapshot, found: Candidates, scores: Floats, n: int) -> list[Hit]:
    # Rows ascend as ids do, so that a stable order breaks ties in the order of ids.
    places = np.sort(best(scores, n))
    places = places[np.argsort(-scores[places], kind="stable")][:n]
    columns = [column[places].tolist() for column in (found.rows, scores, found.lexical, found.similarity)]
    return [Hit(snapshot.ids[row], row, *signals) for row, *signals in zip(*columns, strict=True)]


def _by_popularity(snapshot: Snapshot, mask: Mask, n: int) -> list[Hit]:
    rows = np.arange(len(snapshot.ids)) if mask is None else np.flatnonzero(mask)
    field = snapshot.schema.role("popularity")
    popular = np.zeros(len(snapshot.ids), np.float32)
    if field is not None and field.kind in ("number", "money"):
        popular = np.nan_to_num(snapshot.numbers(field.name), nan=0.0).astype(np.float32)
    order = rows[np.argsort(-popular[rows], kind="stable")][:n]
    return [Hit(snapshot.ids[row], int(row), 0.0, 0.0, float("nan")) for row in order]


def _quiet(_stage: str, _done: int, _total: int) -> None:
    pass
