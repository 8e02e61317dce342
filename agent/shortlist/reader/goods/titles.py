"""Titles of items in a message: whole ones of the catalog, and telling parts of those shown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from shortlist.reader.figures import Neighbours
from shortlist.reader.vocabulary import (
    MOST_ITEMS,
    Found,
    Lexicon,
    Names,
    Phrases,
    fold,
    general_words,
    is_cjk,
    longest,
    starts_word,
)
from shortlist_tools.catalog import Item, Schema

_SIZE = re.compile(r"\s*\d+[\u4e00-\u9fff]$")
"""How many pieces of it there are, behind a Chinese title: 面膜10片."""
_LEAST_ZH = 4
"""Chinese characters of a title that is known without quotes: shorter ones are words."""
_SMALL = 4
"""Letters of a word that may stand in a title without a capital: of, with."""
_CITED = re.compile(r"\b(?:the|that|this|your)\s+$")
_COMMON = re.compile(r"\b(?:an?|any|some|another)\s+$")
"""What stands before a word that is meant as such, and not as the part of a title that it is too: not a stick."""


class Titles:
    """The titles of a catalog, to find in messages.

    Args:
        schema: The catalog's schema; without a title role there is nothing to find.
        snapshot: The catalog's items; without one only titles of shown items are found.
        values: Values that occur in the catalog, by field: some fields name other items.
    """

    def __init__(self, schema: Schema, snapshot: Any = None, values: Mapping[str, Sequence[str]] | None = None) -> None:
        field = schema.role("title")
        self._field = field.name if field else None
        self._phrases: Phrases[str] = Phrases()
        self.neighbours = Neighbours({}, frozenset())
        self._names = Names((), (), ())
        self._cited_by = lru_cache(maxsize=1_000)(_cited_by)
        if snapshot is None or self._field is None:
            return
        said = [_languages(text) for text in snapshot.text(self._field)]
        group = schema.roles.get("variant_group")
        if len(said) <= MOST_ITEMS:
            groups = [snapshot.value(row, group) if group else None for row in range(len(said))]
            self._names = Names(said, snapshot.ids, groups)
        for name, titles in zip(snapshot.ids, said, strict=True):
            for title in titles:
                for form in _forms(title):
                    if self._phrases.get(form) is None:
                        self._phrases.put(form, name)
        self.neighbours = Neighbours(values or {}, frozenset(self._phrases))

    def variants(self, row: int | None) -> list[int]:
        """Return the rows of the other variants of a row's item."""
        return [] if row is None else self._names.variants(row)

    def find(
        self, text: str, folded: str, shown: Sequence[Item], lexicon: Lexicon, quoted: Iterable[tuple[int, int]]
    ) -> list[Found[str]]:
        """Return the items that a message names by title, as spans with the item's id.

        A title of the catalog counts when it is long or written as a name; those of shown items always do.
        """
        found = self._of_shown(folded, shown, lexicon)
        inside = [(start, end) for start, end in quoted]
        for one in self._phrases.scan(folded):
            in_quotes = any(start <= one.start and one.end <= end for start, end in inside)
            free = lexicon.phrases.get(folded[one.start : one.end]) is None
            if (
                in_quotes
                or (free and _is_name(text[one.start : one.end]))
                or self.neighbours.names_an_item(folded, one.start, one.end, lexicon)
            ):
                found.append(one)
        preferred = [item.id for item in shown]
        found += self._names.find(text, folded, lexicon, preferred)
        found = [one for one in longest(found) if not _is_common(text, folded, one.start, one.end)]
        asked = self._names.asked(folded, lexicon, preferred)
        return found + [one for one in asked if not any(one.start < two.end and two.start < one.end for two in found)]

    def cited(self, text: str, lexicon: Lexicon, quoted: Iterable[tuple[int, int]]) -> list[Found[str]]:
        """Return the titles that stand whole in a text: in quotes, in Chinese, or as two words or more in capitals."""
        inside = list(quoted)
        return [
            one
            for one in longest(self._phrases.scan(fold(text)))
            if any(start <= one.start and one.end <= end for start, end in inside)
            or (lexicon.phrases.get(fold(text[one.start : one.end])) is None and _is_cited(text[one.start : one.end]))
        ]

    def _of_shown(self, folded: str, shown: Sequence[Item], lexicon: Lexicon) -> list[Found[str]]:
        if self._field is None or not shown:
            return []
        local: Phrases[str] = Phrases()
        telling: dict[str, set[str]] = {}
        for item in shown:
            for title in _languages(item.values.get(self._field, "")):
                forms, tails, words = self._cited_by(title, lexicon)
                for form in forms:
                    local.put(form, item.id)
                for form in tails:
                    if _CITED.search(folded[: max(0, folded.find(form))]):
                        local.put(form, item.id)
                for word in words:
                    telling.setdefault(word, set()).add(item.id)
        for word, ids in telling.items():
            if len(ids) == 1 and local.get(word) is None:
                local.put(word, next(iter(ids)))
        return local.scan(folded) if len(local) else []


def _is_common(text: str, folded: str, start: int, end: int) -> bool:
    """Say whether a word of a title stands for itself: "not a stick", or as a part of another word (clip-on)."""
    plain = folded[start:end].isalpha() and folded[start:end].isascii()
    return text[end : end + 1] == "-" or (plain and _COMMON.search(folded[:start]) is not None)


def _cited_by(title: str, lexicon: Lexicon) -> tuple[list[str], list[str], list[str]]:
    """Return what may stand for a title once it is shown: its forms that mean nothing else, its ends, its own words."""
    forms = [form for form in _forms(title) if lexicon.phrases.get(form) is None]
    return forms, _tails(fold(title).partition(",")[0]), _telling(fold(title), lexicon)


def _tails(title: str) -> list[str]:
    """Return the last words of an English title, three or more but not all: "glass pour over set"."""
    words = title.split()
    return [" ".join(words[at:]) for at in range(1, len(words) - 2)] if title.isascii() else []


def _languages(text: Any) -> list[str]:
    return list(text.values()) if isinstance(text, dict) else [text] if isinstance(text, str) else []


def _forms(title: str) -> set[str]:
    """Return the forms a title is cited in: whole, without its part after a comma, without spaces in Chinese."""
    folded = fold(title).strip()
    forms = {folded}
    for separator in (",", "·", " - ", "(", "("):
        head = folded.partition(separator)[0].strip()
        if len(head) >= 4:
            forms.add(head)
    if any(is_cjk(c) for c in folded) and len(plain := _SIZE.sub("", folded)) >= 4:
        forms.add(plain)
    forms.update(form.replace(" ", "") for form in tuple(forms) if any(is_cjk(c) for c in form))
    return forms


def _is_name(written: str) -> bool:
    """Say whether words of a message are plausibly a title: long, or written with capitals."""
    if any(is_cjk(char) for char in written):
        return len(written) >= 4
    words = written.split()
    return len(words) >= 3 or (len(words) == 2 and all(word[:1].isupper() or word[:1].isdigit() for word in words))


def _is_cited(written: str) -> bool:
    """Say whether words of prose are written as a title: the first and last of them, and all long ones, in capitals."""
    if any(is_cjk(char) for char in written):
        return len(written) >= _LEAST_ZH
    words = written.split()
    capital = [word[:1].isupper() or word[:1].isdigit() for word in words]
    return (
        len(words) > 1
        and capital[0]
        and capital[-1]
        and all(one or len(word) <= _SMALL for one, word in zip(capital, words, strict=True))
    )


def _telling(title: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a title that nothing else uses: names and model numbers, two of them joined as well."""
    named = lexicon.phrases.scan(title)
    words: list[tuple[int, str]] = []
    for word in title.replace(",", " ").replace("·", " ").split():
        at = title.find(word)
        latin = not any(is_cjk(char) for char in word)
        taken = any(f.start <= at < f.end for f in named) or word in general_words().stop_en or word in lexicon.heads
        if latin and not taken and starts_word(title, at):
            words.append((at, word))
    telling = [word for _, word in words if len(word) >= 4 and not word.isdigit() and word.isascii()]
    telling += [f"{a} {b}" for (_, a), (_, b) in itertools.pairwise(words) if a.isalpha()]
    return telling
