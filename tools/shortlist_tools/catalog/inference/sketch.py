"""A sketch of a file: the values that its first rows have at each path, and simple figures of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from functools import cached_property
from itertools import islice
from typing import Any

from shortlist_tools.catalog.values import is_localised, is_missing, tidy

_LISTS = (list, tuple)
_NO_FIGURES = (bool, list, dict)
_WIDE = re.compile("[\u3400-\U0010ffff]")
_FIGURE = re.compile(r"[-+]?(?:\d[\d,]*)?\.?\d+(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class PathSketch:
    """What stands at one path: `values` are those that say something, of `rows` rows looked at."""

    path: str
    values: list[Any]
    rows: int

    @property
    def coverage(self) -> float:
        """Share of rows that have a value, 0 to 1."""
        return len(self.values) / max(1, self.rows)

    @cached_property
    def types(self) -> set[type]:
        """Types of the values; a text by language counts as `Mapping`."""
        found = set(map(type, self.values))
        if dict not in found:
            return found
        return {Mapping if is_localised(value) else type(value) for value in self.values}

    @cached_property
    def is_text(self) -> bool:
        """Whether every value is a string."""
        return self.types == {str}

    @cached_property
    def strings(self) -> list[str]:
        """The values as strings (of a text by language, the first), tidied; lists are left out."""
        return self.first_strings(len(self.values))

    def first_strings(self, most: int) -> list[str]:
        """Return the first `most` of `strings`, without tidying the rest."""
        if self.is_text:
            tidied = {value: tidy(value) for value in set(self.values[:most])}
            return [tidied[value] for value in self.values[:most]]
        plain = (value for value in self.values if not isinstance(value, _LISTS))
        found = (next(iter(value.values()), "") if isinstance(value, dict) else value for value in plain)
        return [tidy(str(each)) for each in islice(found, most)]

    @cached_property
    def numbers(self) -> list[float]:
        """The figure that each value is or begins with; values without one are left out."""
        found = (_FIGURE.search(str(value)) for value in self.values if not isinstance(value, _NO_FIGURES))
        return [float(each[0].replace(",", "")) for each in found if each is not None]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each string occurs."""
        return Counter(self.strings)

    @cached_property
    def mean_length(self) -> float:
        """Mean length of the strings; a Chinese character counts as two and a half."""
        strings = self.strings
        wide = sum(len(_WIDE.findall(each)) for each in strings if not each.isascii())
        return (sum(map(len, strings)) + 1.5 * wide) / max(1, len(strings))

    @property
    def distinct(self) -> float:
        """Share of strings that are different from each other, 0 to 1."""
        return len(self.counts) / max(1, len(self.strings))

    @cached_property
    def elements(self) -> list[Any]:
        """The elements of all values that are lists."""
        if not self.types & {*_LISTS}:
            return []
        lists = (value for value in self.values if isinstance(value, _LISTS))
        return [each for value in lists for each in value if not is_missing(each)]


@dataclass
class Sketch:
    """What the first rows of the files look like."""

    rows: int = 0
    columns: dict[str, list[Any]] = _field(default_factory=dict)
    _paths: list[PathSketch] = _field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Sketch:
        """Return the sketch of `rows`, which are flattened."""
        sketch = cls()
        columns = sketch.columns
        for row in rows:
            sketch.rows += 1
            for path, value in row.items():
                listed = columns.get(path)
                if listed is None:
                    columns[path] = [value]
                else:
                    listed.append(value)
        sketch.columns = {path: _said(values) for path, values in columns.items()}
        return sketch

    def paths(self) -> list[PathSketch]:
        """Return the sketch of each path that has a value, in the order of the file."""
        if not self._paths:  # each keeps what it has worked out
            self._paths = [PathSketch(path, values, self.rows) for path, values in self.columns.items() if values]
        return self._paths


def _said(values: list[Any]) -> list[Any]:
    """Return the values that say something; texts repeat, so each is looked at once."""
    if set(map(type, values)) != {str}:
        return [value for value in values if not is_missing(value)]
    silent = {text for text in set(values) if is_missing(text)}
    return [text for text in values if text not in silent] if silent else values
