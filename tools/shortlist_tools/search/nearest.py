"""The nearest items among those that satisfy the requirements, by the cheaper of two ways."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.search.built import Built
from shortlist_tools.search.chroma import ChromaIndex
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.errors import IndexUnusableError
from shortlist_tools.search.exact import best, similarities_of
from shortlist_tools.search.probe import healthy

Rows = NDArray[np.int64]
log = logging.getLogger("shortlist_tools")

# Microseconds, measured on two cores at 512 dimensions (evals/bench/bench_search.py prints them for any machine).
ROW_IN_ORDER = 0.3
ROW_PICKED = 0.6
CHROMA_CALL = 1_800.0
CHROMA_ROW = 5.0
MARGIN = 1.5
"""How many more neighbours Chroma is asked for than should be needed, since requirements and nearness go together."""
MOST = 2_000
"""Neighbours one call to Chroma may ask for; beyond, exact products are cheaper in practice."""


class Nearest:
    """Answers queries on one built version; falls back to exact products whenever Chroma cannot serve.

    Args:
        built: The version.
        broken: Called once, in a thread of its own, when Chroma's files turn out to be damaged.
    """

    def __init__(self, built: Built, broken: Callable[[], None] = lambda: None) -> None:
        self.built = built
        self._broken = broken
        self._chroma: ChromaIndex | None = None
        self._opening: threading.Thread | None = None
        self._lock = threading.Lock()

    def search(self, vector: Vectors, n: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return at most `n` nearest of `rows` (all, when None) and their similarities, in no order."""
        total = len(self.built.ids)
        survivors = total if rows is None else len(rows)
        if survivors == 0 or n <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        wanted = wanted_of_chroma(n, survivors, total)
        if self.built.kind == "chroma" and chroma_is_cheaper(survivors, total, wanted):
            found = self.by_chroma(vector, n, rows, wanted)
            if found is not None:
                return found
        return self.exactly(vector, n, rows)

    def exactly(self, vector: Vectors, n: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return the neighbours by products with every one of `rows`."""
        total = len(self.built.ids)
        if rows is not None and len(rows) * ROW_PICKED < total * ROW_IN_ORDER:
            similarities = similarities_of(self.built.matrix, vector, rows)
        else:
            similarities = similarities_of(self.built.matrix, vector)
            similarities = similarities if rows is None else similarities[rows]
        places = best(similarities, n)
        return (places if rows is None else rows[places]), similarities[places]

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
        except IndexUnusableError:
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
        if self._opening is not None:
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
        if healthy(self.built.folder):
            try:
                self._chroma = ChromaIndex.at(self.built.chroma)
            except IndexUnusableError as error:
                log.warning("%s", error)
            else:
                return
        self._broken()


def wanted_of_chroma(n: int, survivors: int, total: int) -> int:
    """Return how many neighbours to ask Chroma for so that `n` of them probably survive."""
    if survivors >= total:
        return min(n, total)
    return min(total, int(MARGIN * n * total / max(survivors, 1)) + 10)


def chroma_is_cheaper(survivors: int, total: int, wanted: int) -> bool:
    """Whether asking Chroma for `wanted` neighbours costs less than products with all `survivors`."""
    exact = min(survivors * ROW_PICKED, total * ROW_IN_ORDER)
    return wanted <= MOST and CHROMA_CALL + wanted * CHROMA_ROW < exact
