"""Which values of the catalog a person names, in the words that the schema has for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Rows
from shortlist_tools.profile.builder.units import Units, Visit
from shortlist_tools.profile.pairs import PairIndex, pair_index

_ACTED = frozenset({"added", "bought", "liked", "shared", "joined", "followed"})
_LONGEST = 200
"""Characters of a text that are looked through."""


@dataclass(frozen=True)
class Named:
    """The words for values: one pattern for all of them, and the codes of each word."""

    pattern: re.Pattern[str] | None
    codes: Mapping[str, tuple[int, ...]]

    def of(self, text: str) -> frozenset[int]:
        """Return the codes of the values that `text` names."""
        if self.pattern is None:
            return frozenset()
        said = self.pattern.findall(text[:_LONGEST].casefold())
        return frozenset(code for word in said for code in self.codes[word])


@dataclass(frozen=True, eq=False)
class Stretches:
    """Parts of visits in which one thing is looked for: a search begins another, and so does what is acted on.

    Attributes:
        of: The number of the stretch of each unit.
        said: The codes of the values that the search of a stretch names.
    """

    of: Rows
    said: Mapping[int, frozenset[int]]


def stretches_of(visits: Sequence[Visit], units: Units, snapshot: Snapshot) -> Stretches:
    """Return the stretches of `visits` that `units` belong to; a unit belongs where its item was first met."""
    named = _named(snapshot.version, _Held(snapshot))
    numbers: dict[tuple[int, int], int] = {}
    said: dict[int, frozenset[int]] = {}
    number = 0
    for visit in visits:
        number += 1
        acted: str | None = None
        for _, _, event in visit.acts:
            if event.kind == "searched" and event.text:
                number, acted = number + 1, None
                said[number] = named.of(event.text)
            row = snapshot.row_of.get(event.item_id) if event.item_id else None
            if row is None:
                continue
            if acted is not None and event.item_id != acted:
                number, acted = number + 1, None
            numbers.setdefault((visit.number, row), number)
            if event.kind in _ACTED:
                acted = event.item_id
    places = zip(units.visits.tolist(), units.rows.tolist(), strict=True)
    return Stretches(np.array([numbers[place] for place in places], dtype=np.int64), said)


class _Held:
    """A snapshot beside its version as the key of a cache: equal to every other, so that the version alone counts."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _named(version: str, held: _Held) -> Named:
    index: PairIndex = pair_index(held.snapshot)
    words: dict[str, set[int]] = {}
    for field in held.snapshot.schema.fields:
        for value, by_language in field.values.items():
            code = index.code_of.get((field.name, value))
            if code is None:
                continue
            for word in (value.replace("_", " "), *(one for each in by_language.values() for one in each)):
                if len(word) > 1:
                    words.setdefault(word.casefold(), set()).add(code)
    if not words:
        return Named(None, {})
    ordered = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else re.escape(one) for one in ordered)
    return Named(re.compile(either), {word: tuple(sorted(codes)) for word, codes in words.items()})
