"""Columns: the values of one field for every item, as arrays that filters run over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Rows = NDArray[np.int64]

MISSING = -1


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """Numbers, money, days since 1970-01-01, or flags as 0 and 1; NaN where an item has none."""

    values: Floats

    @cached_property
    def present(self) -> Bools:
        """Which items have a value."""
        found: Bools = ~np.isnan(self.values)
        return found


@dataclass(frozen=True, eq=False)
class CategoryColumn:
    """One of `values` for each item, by its code; -1 where an item has none."""

    codes: Codes
    values: tuple[str, ...]

    @cached_property
    def present(self) -> Bools:
        """Which items have a value."""
        found: Bools = self.codes >= 0
        return found

    @cached_property
    def code_of(self) -> dict[str, int]:
        """Code of each value, and of its case-folded form."""
        return _codes(self.values)


@dataclass(frozen=True, eq=False)
class MultiColumn:
    """Any of `values` for each item: item `i` has `codes[starts[i]:starts[i + 1]]`."""

    starts: Rows
    codes: Codes
    values: tuple[str, ...]

    @cached_property
    def present(self) -> Bools:
        """Which items have at least one value."""
        found: Bools = np.diff(self.starts) > 0
        return found

    @cached_property
    def code_of(self) -> dict[str, int]:
        """Code of each value, and of its case-folded form."""
        return _codes(self.values)

    @cached_property
    def _inverted(self) -> tuple[Rows, Rows]:
        order = np.argsort(self.codes, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))[order]
        bounds = np.searchsorted(self.codes[order], np.arange(len(self.values) + 1))
        return rows, bounds

    def rows_with(self, code: int) -> Rows:
        """Return the items that have the value of `code`, ascending."""
        rows, bounds = self._inverted
        return rows[bounds[code] : bounds[code + 1]]

    def of(self, row: int) -> list[str]:
        """Return the values of one item."""
        return [self.values[code] for code in self.codes[self.starts[row] : self.starts[row + 1]]]


Column = NumberColumn | CategoryColumn | MultiColumn


def category_column(values: Iterable[str | None]) -> CategoryColumn:
    """Return the column of `values`, its values in order of first appearance."""
    codes: dict[str, int] = {}
    coded = [MISSING if value is None else codes.setdefault(value, len(codes)) for value in values]
    return CategoryColumn(np.array(coded, dtype=np.int32), tuple(codes))


def multi_column(values: Iterable[Sequence[str]]) -> MultiColumn:
    """Return the column of lists of values, its values in order of first appearance."""
    codes: dict[str, int] = {}
    coded: list[int] = []
    starts = [0]
    for row in values:
        coded.extend(codes.setdefault(value, len(codes)) for value in row)
        starts.append(len(coded))
    return MultiColumn(np.array(starts, dtype=np.int64), np.array(coded, dtype=np.int32), tuple(codes))


def number_column(values: Iterable[Any]) -> NumberColumn:
    """Return the column of numbers, None becoming NaN."""
    return NumberColumn(np.array([np.nan if value is None else value for value in values], dtype=np.float64))


def _codes(values: tuple[str, ...]) -> dict[str, int]:
    folded: dict[str, int] = {}
    for code, value in enumerate(values):
        folded.setdefault(value.casefold(), code)
    return folded | {value: code for code, value in enumerate(values)}
