"""The words of a schema, made ready for the claim check: names of fields, values, flags, and words of degree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as _field
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from shortlist_tools.catalog import Field, Schema
from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.text import dimension, fold

_GAP = re.compile(r"[\s-]")
Degree = Literal["comparative", "superlative"]
Direction = Literal["more", "less", "good"]


@dataclass(frozen=True)
class Form:
    """A word of degree: how far it goes, which way, and the fields it speaks of (none: the field named beside it)."""

    degree: Degree
    direction: Direction
    fields: tuple[str, ...]


@dataclass
class Vocabulary:
    """What the words of a schema mean; keys are in lower case.

    Attributes:
        values: Word -> (field, canonical value) pairs it may stand for.
        flags: Word -> names of flag fields.
        labels: Word -> names of number, money and date fields.
        english: English comparative or superlative -> forms.
        chinese: Chinese stem (便宜, 轻) -> forms with degree left to the words around it.
        plain: All single words, so that a title's own words can be told from them.
    """

    values: dict[str, list[tuple[str, str]]] = _field(default_factory=dict)
    flags: dict[str, list[str]] = _field(default_factory=dict)
    labels: dict[str, list[str]] = _field(default_factory=dict)
    english: dict[str, list[Form]] = _field(default_factory=dict)
    chinese: dict[str, list[Form]] = _field(default_factory=dict)
    plain: set[str] = _field(default_factory=set)

    def __post_init__(self) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._keys: dict[str, dict[str, str]] = {}

    def find(self, table: Literal["values", "flags", "labels", "english"], text: str) -> list[tuple[int, int, str]]:
        """Return the words of `table` in `text` as (start, end, key of the table), the longest first at each place.

        A text may write a word with hyphens that the table has with spaces, and the other way round.
        """
        if table not in self._patterns:
            words = list(getattr(self, table))
            self._patterns[table] = any_of(words)
            self._keys[table] = {_GAP.sub(" ", word): word for word in words}
        keys = self._keys[table]
        return [
            (match.start(), match.end(), keys[_GAP.sub(" ", match.group())])
            for match in self._patterns[table].finditer(text)
        ]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of `words`; Latin ones begin and end where letters do."""
    made = []
    for word in sorted(words, key=len, reverse=True):
        head = r"(?<![a-z0-9])" if word[0].isascii() else ""
        tail = r"(?![a-z0-9])" if word[-1].isascii() else ""
        made.append(head + re.escape(word).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]") + tail)
    return re.compile("|".join(made) or r"(?!)")


T = TypeVar("T")


class Same(Generic[T]):
    """A value as a cache key by identity: schemas and sheets do not change, and do not hash."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def vocabulary(schema: Schema) -> Vocabulary:
    """Return the words of `schema`, made once for each schema."""
    return _vocabulary(Same(schema))


@lru_cache(maxsize=8)
def _vocabulary(key: Same[Schema]) -> Vocabulary:
    made = Vocabulary()
    for field in key.value.fields:
        _add_names(made, field)
        if field.kind in ("number", "money", "date"):
            _add_degrees(made, field)
    _add_general(made, key.value)
    for table in (made.values, made.flags, made.labels):
        made.plain.update(part for word in table for part in re.split(r"[\s-]+", word))
    return made


def _all(words: dict[str, list[str]]) -> list[str]:
    return [fold(word) for listed in words.values() for word in listed if word]


def _add_names(made: Vocabulary, field: Field) -> None:
    names = [fold(name) for name in (*field.label.values(), *_all(field.aliases), field.name.replace("_", " "))]
    if field.kind in ("number", "money", "date"):
        for form in {form for name in names for form in _numbers(name)}:
            made.labels.setdefault(form, []).append(field.name)
    elif field.kind == "flag":
        for word in {*_all(field.flag_words), *(fold(label) for label in field.label.values())}:
            made.flags.setdefault(word, []).append(field.name)
    for value, words in field.values.items():
        for word in {*_all(words), fold(value).replace("_", " ")}:
            for form in _numbers(word):
                made.values.setdefault(form, []).append((field.name, value))


def _numbers(word: str) -> tuple[str, ...]:
    """Return a word in singular and plural as far as an s makes them; none for a single character."""
    if len(word) < 2:
        return ()
    return (
        (word, f"{word}s") if len(word) > 2 and word.isascii() and word[-1].isalpha() and word[-1] != "s" else (word,)
    )


def _add_degrees(made: Vocabulary, field: Field) -> None:
    sides: tuple[tuple[Direction, dict[str, list[str]]], ...] = (("more", field.more), ("less", field.less))
    for direction, words in sides:
        for word in _all(words):
            if word.isascii():
                _add_english(made, word, direction, (field.name,))
            else:
                _add_chinese(made, word, direction, (field.name,))


def _add_general(made: Vocabulary, schema: Schema) -> None:
    """Add the general words of degree for the fields that they can measure."""
    for row in lexicon.load()["degrees"]:
        roles = {schema.roles.get(role) for role in row.get("roles", ())}
        dimensions = row.get("dimensions", ())
        fields = tuple(
            field.name
            for field in schema.fields
            if field.name in roles or (field.unit and field.kind == "number" and dimension(field.unit) in dimensions)
        )
        for direction in ("more", "less"):
            words = row.get(direction, {"en": [], "zh": []})
            if fields:
                for word in words["en"]:
                    _add_english(made, word, direction, fields)
                for word in words["zh"]:
                    _add_chinese(made, word, direction, fields)
    for direction, words in lexicon.load()["beside"].items():
        for word in words["en"]:
            _add_english(made, word, direction, ())
        for word in words["zh"]:
            _add_chinese(made, word, direction, ())


_IRREGULAR = {
    "good": ("better", "best"),
    "many": ("more", "most"),
    "much": ("more", "most"),
    "little": ("less", "least"),
    "well": ("better", "best"),
    "few": ("fewer", "fewest"),
}
_OPPOSITE: dict[str, Direction] = {"more": "less", "less": "more", "good": "good"}


def _add_english(made: Vocabulary, word: str, direction: Direction, fields: tuple[str, ...]) -> None:
    for form, degree, way in english_forms(word, direction):
        made.english.setdefault(form.replace("-", " "), []).append(Form(degree, way, fields))


def english_forms(word: str, direction: Direction) -> list[tuple[str, Degree, Direction]]:
    """Return the comparatives and superlatives of a word of degree, in whatever form it was given."""
    first, _, rest = word.partition(" ")
    tail = f" {rest}" if rest else ""
    if first == "too" or word.startswith("not "):
        return []
    if first in ("more", "less"):
        superlative = {"more": "most", "less": "least"}[first]
        return [(word, "comparative", direction), (f"{superlative}{tail}", "superlative", direction)]
    if first in ("most", "best", "top", "least", "higher", "better", "highest"):
        pair = {
            "most": ("more", "most"),
            "best": ("better", "best"),
            "top": ("higher", "top"),
            "least": ("less", "least"),
            "higher": ("higher", "highest"),
            "better": ("better", "best"),
            "highest": ("higher", "highest"),
        }[first]
        return [(pair[0] + tail, "comparative", direction), (pair[1] + tail, "superlative", direction)]
    if first.endswith("est") and len(first) > 4:
        return [(word, "superlative", direction), (first[:-2] + "r" + tail, "comparative", direction)]
    if first.endswith("er") and len(first) > 4:
        return [(word, "comparative", direction), (first[:-1] + "st" + tail, "superlative", direction)]
    if first in _IRREGULAR:
        comparative, superlative = _IRREGULAR[first]
        return [(comparative + tail, "comparative", direction), (superlative + tail, "superlative", direction)]
    return _inflected(first, tail, direction)


def _inflected(base: str, tail: str, direction: Direction) -> list[tuple[str, Degree, Direction]]:
    stem = (
        base[:-1] + "i"
        if base.endswith("y")
        else base + base[-1]
        if base in ("big", "thin", "dim", "hot")
        else base.removesuffix("e")
    )
    found: list[tuple[str, Degree, Direction]] = [
        (f"more {base}{tail}", "comparative", direction),
        (f"most {base}{tail}", "superlative", direction),
        (f"less {base}{tail}", "comparative", _OPPOSITE[direction]),
        (f"least {base}{tail}", "superlative", _OPPOSITE[direction]),
    ]
    if len(base) <= 6:
        found += [(f"{stem}er{tail}", "comparative", direction), (f"{stem}est{tail}", "superlative", direction)]
    return found


_DRESS = re.compile(r"^(?:更|最|比较|太)|(?:一点|一些|点|的)$")


def _add_chinese(made: Vocabulary, word: str, direction: Direction, fields: tuple[str, ...]) -> None:
    if word.startswith("太"):
        return
    stem = _DRESS.sub("", _DRESS.sub("", word))
    if stem and "更" not in stem and "最" not in stem:
        made.chinese.setdefault(stem, []).append(Form("comparative", direction, fields))
