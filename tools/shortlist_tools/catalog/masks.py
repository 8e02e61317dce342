"""Masks over all items of a snapshot, kept while it serves: what many ask for is evaluated once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from shortlist_tools.catalog.columns import Bools

MOST_BYTES = 8_000_000
LEAST_KEPT = 8


class Masks:
    """The masks asked for last, read-only, up to some megabytes of them. Safe to share by threads.

    Args:
        items: Items of the snapshot: a mask holds one byte each.
    """

    def __init__(self, items: int) -> None:
        self._most = max(LEAST_KEPT, MOST_BYTES // max(1, items))
        self._kept: OrderedDict[Hashable, Bools] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Hashable, evaluate: Callable[[], Bools]) -> Bools:
        """Return the mask kept for `asked`, or what `evaluate` gives, shape `(items,)`; it cannot be written to."""
        with self._lock:
            if (kept := self._kept.get(asked)) is not None:
                self._kept.move_to_end(asked)
                return kept
        found = evaluate()
        found.flags.writeable = False
        with self._lock:
            self._kept[asked] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
