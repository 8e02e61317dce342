"""Which of some candidates have a value, asked for many values at once: each field is gathered once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import CategoryColumn, Column, MultiColumn
from shortlist_tools.ranking.signals.arrays import Rows, gathered


class Holding:
    """The category values of `rows` of one snapshot."""

    def __init__(self, snapshot: Snapshot, rows: Rows) -> None:
        self._snapshot = snapshot
        self._rows = rows
        self._fields: dict[str, tuple[Rows, NDArray[np.int32]]] = {}

    def having(self, field: str, value: str) -> NDArray[np.bool_]:
        """Return which rows have `value` of the category `field`, shape (n,); none where it is no category."""
        found = np.zeros(len(self._rows), dtype=np.bool_)
        column = self._snapshot.columns.get(field)
        if not isinstance(column, CategoryColumn | MultiColumn):
            return found
        code = column.code_of.get(value, column.code_of.get(value.casefold()))
        if code is None:
            return found
        if field not in self._fields:
            self._fields[field] = self._gathered(column)
        owner, codes = self._fields[field]
        found[owner[codes == code]] = True
        return found

    def _gathered(self, column: Column) -> tuple[Rows, NDArray[np.int32]]:
        if isinstance(column, CategoryColumn):
            return np.arange(len(self._rows)), column.codes[self._rows]
        if not isinstance(column, MultiColumn):
            raise TypeError("only categories are gathered")
        owner, places = gathered(column.starts, self._rows)
        return owner, column.codes[places]
