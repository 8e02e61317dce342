"""Telling the unit of a number from what the items' own texts say of the same figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from shortlist_tools.catalog.inference.lexicon import lexicon

ENOUGH = 12
"""Items whose text must say a figure with the unit before it counts."""

_FIGURES = (int, float)
_SHARE = 0.7
_DIFFERENT = 3


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((word for listed in lexicon().written_units.values() for word in listed), key=len, reverse=True)
    return re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?)\s?(" + "|".join(map(re.escape, words)) + r")(?![A-Za-z])")


@cache
def _unit_of() -> dict[str, str]:
    return {word: unit for unit, words in lexicon().written_units.items() for word in words}


def figures_in(text: str) -> dict[float, set[str]]:
    """Return the figures in a text that a unit follows, with those units."""
    found: dict[float, set[str]] = {}
    for figure, word in _pattern().findall(text):
        found.setdefault(float(figure), set()).add(_unit_of()[word])
    return found


def units_by_text(rows: Iterable[tuple[str, Mapping[str, Any]]], fields: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Return the unit of each field that texts agree on, with the number of items that say so.

    Only figures from 10 on and those that are not whole count: a small whole number stands in a text by chance.

    A unit is taken when at least `ENOUGH` items, of at least three different figures, name their figure in their text
    with a unit behind it, and seven in ten of them with this one.

    Args:
        rows: Each item's text, and its values by field.
        fields: Names of number fields without a unit.
    """
    votes: dict[str, Counter[str]] = {name: Counter() for name in fields}
    figures: dict[tuple[str, str], set[float]] = {}
    for text, values in rows:
        said: dict[float, set[str]] | None = None
        for name in values.keys() & votes.keys():
            value = values[name]
            if not isinstance(value, _FIGURES) or isinstance(value, bool) or not _distinctive(value):
                continue
            if said is None:
                said = figures_in(text)
            units = said.get(float(value), set())
            if len(units) == 1:
                unit = next(iter(units))
                votes[name][unit] += 1
                figures.setdefault((name, unit), set()).add(float(value))
    found = {}
    for name, counts in votes.items():
        unit, number = counts.most_common(1)[0] if counts else ("", 0)
        if number >= ENOUGH and number >= _SHARE * counts.total() and len(figures[name, unit]) >= _DIFFERENT:
            found[name] = (unit, number)
    return found


def _distinctive(value: float) -> bool:
    return value >= 10 or (value > 0 and not float(value).is_integer())
