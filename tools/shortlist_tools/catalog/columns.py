"""Columns: the values of one field for every item, as arrays that filters run over."""

from __future__ import annotations

from bisect import bisect_right
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


@dataclass(frozen=True, eq=False)
class TextColumn:
    """Case-folded texts of all items as one string, so that a word is looked for once and not item by item.

    `whole` holds each item's text (its languages on lines of their own) between line breaks, items parted by NUL;
    `starts` where each begins.
    """

    whole: str
    starts: Rows

    @cached_property
    def present(self) -> Bools:
        """Which items have a text."""
        ends = np.append(self.starts[1:], len(self.whole) + 1)
        found: Bools = ends - self.starts > _EMPTY
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [int(start) for start in self.starts]

    def having(self, word: str, exactly: bool = False) -> Bools:
        """Return which items have `word` somewhere in their text, or are `exactly` it in one of their languages."""
        having, starts = np.zeros(len(self.starts), dtype=np.bool_), self._starts
        wanted = " ".join(word.casefold().split())
        wanted = f"\n{wanted}\n" if exactly else wanted
        place = self.whole.find(wanted) if wanted.strip() else -1
        while place >= 0:
            row = bisect_right(starts, place) - 1
            having[row] = True
            if row + 1 == len(starts):
                break
            place = self.whole.find(wanted, starts[row + 1])
        return having


_EMPTY = len("\n\n\0")


def text_column(texts: Iterable[str | dict[str, str]]) -> TextColumn:
    """Return the column of texts, which may be localised."""
    folded = ["\n" + (text if isinstance(text, str) else "\n".join(text.values())).casefold() + "\n" for text in texts]
    lengths = np.array([len(text) + 1 for text in folded], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lengths) else lengths
    return TextColumn("\0".join(folded), starts)


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
