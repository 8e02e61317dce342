"""The nearest items among those that satisfy the requirements, by the cheapest of three ways."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.search.blas import one_thread
from shortlist_tools.search.built import Built
from shortlist_tools.search.chroma import ChromaIndex
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.errors import IndexUnusableError, VectorServerError
from shortlist_tools.search.exact import best, similarities_of
from shortlist_tools.search.probe import examine, healthy

Rows = NDArray[np.int64]
Way = Literal["exact", "sketch", "chroma"]
log = logging.getLogger("shortlist_tools")

# Microseconds, measured on two cores at 512 dimensions (evals/bench/bench_search.py prints them for any machine).
ROW_IN_ORDER = 0.2
ROW_PICKED = 0.33
CHROMA_CALL = 6_000.0
CHROMA_ROW = 8.0
SKETCHED = 0.4
"""Cost of a product with a sketch, to one with a vector."""
MARGIN = 1.5
"""How many more neighbours Chroma is asked for than should be needed, since requirements and nearness go together."""
MOST = 2_000
"""Neighbours one call to Chroma may ask for; beyond, exact products are cheaper in practice."""


class Nearest:
    """Answers queries on one built version; falls back to exact products whenever Chroma cannot serve.

    Args:
        built: The version.
        broken: Called once, in a thread of its own, when Chroma's files turn out to be damaged.
        url: The Chroma server that holds the vectors instead of files, if any.
    """

    def __init__(self, built: Built, broken: Callable[[], None] = lambda: None, url: str | None = None) -> None:
        self.built = built
        self._broken = broken
        self._url = url
        self._chroma: ChromaIndex | None = None
        self._opening: threading.Thread | None = None
        self._lock = threading.Lock()

    def search(self, vector: Vectors, n: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return at most `n` nearest of `rows` (all, when None) and their similarities, in no order."""
        total = len(self.built.ids)
        survivors = total if rows is None else len(rows)
        if survivors == 0 or n <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        has_sketch = self.built.sketch is not None
        way = cheapest(n, survivors, total, chroma=self.built.kind == "chroma", sketch=has_sketch)
        if way == "chroma":
            found = self.by_chroma(vector, n, rows)
            if found is not None:
                return found
            way = "sketch" if has_sketch else "exact"
        return self.by_sketch(vector, n, rows) if way == "sketch" else self.exactly(vector, n, rows)

    def exactly(self, vector: Vectors, n: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return the neighbours by products with every one of `rows`."""
        similarities = _products(self.built.matrix, vector, rows)
        places = best(similarities, n)
        return (places if rows is None else rows[places]), similarities[places]

    def by_sketch(self, vector: Vectors, n: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return the neighbours by products with the best candidates of the sketch; exactly where there is none."""
        if self.built.sketch is None or self.built.basis is None:
            return self.exactly(vector, n, rows)
        with one_thread():
            sketched = vector @ self.built.basis
        rough = _products(self.built.sketch, sketched, rows)
        places = best(rough, candidates_of_sketch(n))
        return self.exactly(vector, n, places if rows is None else rows[places])

    def by_chroma(
        self, vector: Vectors, n: int, rows: Rows | None = None, wanted: int | None = None
    ) -> tuple[Rows, Vectors] | None:
        """Return the neighbours by asking Chroma for `wanted` of all; None if it cannot serve or too few survive."""
        index = self._open()
        if index is None:
            return None
        total = len(self.built.ids)
        try:
            answer = index.query(vector, wanted or wanted_of_chroma(n, total if rows is None else len(rows), total))
        except (IndexUnusableError, VectorServerError):
            log.warning("Chroma failed on a query; answering exactly")
            return None
        row_of = self.built.row_of
        found = np.array([row_of[neighbour.id] for neighbour in answer if neighbour.id in row_of], dtype=np.int64)
        if rows is not None:
            among = np.zeros(total, dtype=bool)
            among[rows] = True
            found = found[among[found]]
        if len(found) < min(n, total if rows is None else len(rows)):
            return None
        return self.exactly(vector, n, found)

    def wait(self) -> bool:
        """Wait until Chroma is open, and return whether it is."""
        self._open()
        if self._opening is not None:
            self._opening.join()
        return self._chroma is not None

    def close(self) -> None:
        """Close Chroma; searches that still run are answered exactly."""
        if self._opening is not None and self._opening is not threading.current_thread():
            self._opening.join()
        with self._lock:
            index, self._chroma = self._chroma, None
        if index is not None:
            index.close()

    def _open(self) -> ChromaIndex | None:
        """Return Chroma when it is open; the first call probes and opens it in the background."""
        if self._chroma is None and self._opening is None and self.built.kind == "chroma":
            with self._lock:
                if self._opening is None:
                    self._opening = threading.Thread(target=self._probe_and_open, name="shortlist-chroma", daemon=True)
                    self._opening.start()
        return self._chroma

    def _probe_and_open(self) -> None:
        try:
            if self._url is None:
                wrong = "" if healthy(self.built.folder) else "its probe failed"
            else:
                wrong = examine(self.built.folder, self._url)
            if not wrong:
                self._chroma = ChromaIndex.of_version(self.built.folder, self._url)
                return
        except VectorServerError as error:  # it may come back; until the next start answers are exact
            log.warning("%s; answering exactly", error)
            return
        except IndexUnusableError as error:
            wrong = str(error)
        log.warning("the vector index %s cannot be used: %s", self.built.folder.name, wrong)
        self._broken()


def wanted_of_chroma(n: int, survivors: int, total: int) -> int:
    """Return how many neighbours to ask Chroma for so that `n` of them probably survive."""
    if survivors >= total:
        return min(n, total)
    return min(total, int(MARGIN * n * total / max(survivors, 1)) + 10)


def candidates_of_sketch(n: int) -> int:
    """Return how many candidates a sketch must give so that the `n` nearest are among them."""
    return 5 * n + 100


def cheapest(n: int, survivors: int, total: int, *, chroma: bool = True, sketch: bool = True) -> Way:
    """Return the cheapest way to the `n` nearest of `survivors` among `total` items, of those that there are."""
    products = min(survivors * ROW_PICKED, total * ROW_IN_ORDER)
    costs: dict[Way, float] = {"exact": products}
    if sketch:
        costs["sketch"] = products * SKETCHED + candidates_of_sketch(n) * ROW_PICKED
    wanted = wanted_of_chroma(n, survivors, total)
    if chroma and wanted <= MOST:
        costs["chroma"] = CHROMA_CALL + wanted * CHROMA_ROW
    return min(costs, key=lambda way: costs[way])


def _products(matrix: Vectors, vector: Vectors, rows: Rows | None) -> Vectors:
    """Return products with `rows` of the matrix, in their order, picking rows only where that is cheaper than all."""
    if rows is None:
        return similarities_of(matrix, vector)
    if len(rows) * ROW_PICKED < len(matrix) * ROW_IN_ORDER:
        return similarities_of(matrix, vector, rows)
    return np.asarray(similarities_of(matrix, vector)[rows], dtype=np.float32)
