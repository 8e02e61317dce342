"""Bringing columns up to date after a few items changed, without reading all the others again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shortlist_tools.catalog.columns import MISSING, CategoryColumn, Column, MultiColumn, NumberColumn
from shortlist_tools.catalog.conditions import day_number
from shortlist_tools.catalog.schema import Schema

Values = Mapping[str, Any]


def patched(schema: Schema, columns: Mapping[str, Column], changes: Mapping[int, Values | None]) -> dict[str, Column]:
    """Return `columns` with the rows of `changes` replaced by new values, or taken out where they are None."""
    gone = sorted(row for row, values in changes.items() if values is None)
    kept = {row: values for row, values in changes.items() if values is not None}
    found: dict[str, Column] = {}
    for name, column in columns.items():
        new = {row: values.get(name) for row, values in kept.items()}
        if isinstance(column, NumberColumn):
            found[name] = _numbers(column, new, gone, is_date=schema.by_name[name].kind == "date")
        elif isinstance(column, CategoryColumn):
            found[name] = _category(column, new, gone)
        else:
            found[name] = _multi(column, new, gone)
    return found


def _numbers(column: NumberColumn, new: Mapping[int, Any], gone: Sequence[int], is_date: bool) -> NumberColumn:
    values = column.values.copy()
    for row, value in new.items():
        values[row] = np.nan if value is None else day_number(value) if is_date else value
    return NumberColumn(np.delete(values, gone))


def _category(column: CategoryColumn, new: Mapping[int, Any], gone: Sequence[int]) -> CategoryColumn:
    codes = column.codes.copy()
    code_of = {value: code for code, value in enumerate(column.values)}
    for row, value in new.items():
        codes[row] = MISSING if value is None else code_of.setdefault(value, len(code_of))
    return CategoryColumn(np.delete(codes, gone), tuple(code_of))


def _multi(column: MultiColumn, new: Mapping[int, Any], gone: Sequence[int]) -> MultiColumn:
    code_of = {value: code for code, value in enumerate(column.values)}
    sizes = np.diff(column.starts)
    pieces = []
    after = 0
    for row in sorted({*new, *gone}):
        pieces.append(column.codes[column.starts[after] : column.starts[row]])
        listed = [code_of.setdefault(value, len(code_of)) for value in new.get(row) or ()]
        pieces.append(np.array(listed, dtype=np.int32))
        sizes[row] = len(listed)
        after = row + 1
    pieces.append(column.codes[column.starts[after] :])
    starts = np.concatenate(([0], np.cumsum(np.delete(sizes, gone)))).astype(np.int64)
    return MultiColumn(starts, np.concatenate(pieces), tuple(code_of))
