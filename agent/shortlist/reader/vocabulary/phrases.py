"""Finding many thousands of phrases in a message, whole words only, longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from shortlist_tools.text import simplified

T = TypeVar("T")

MAX_PHRASE = 60
"""Longest phrase that is looked for, in characters; longer names are found by the title search instead."""
_SPECIAL = {
    "’": "'",
    "‘": "'",
    "`": "'",
    "_": " ",
    "‐": " ",
    "‑": " ",
    "–": "-",
    "—": "-",
    "\t": " ",
    "\n": " ",
    "\r": " ",
}

_SPECIAL_ASCII = str.maketrans({sign: plain for sign, plain in _SPECIAL.items() if sign.isascii()})
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z0-9])")


def is_cjk(char: str) -> bool:
    """Say whether `char` is a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    folded = unicodedata.normalize("NFKC", char) if ord(char) > 127 and not is_cjk(char) else char
    if len(folded) != 1:
        folded = char
    lower = folded.lower()
    return lower if len(lower) == 1 else folded


def fold(text: str) -> str:
    """Return `text` in the form phrases are compared in; it keeps its length, so positions stay valid.

    Lower case, full-width forms narrowed, hyphens inside words as spaces, traditional characters as simplified ones.
    """
    if text.isascii():
        return _HYPHEN.sub(" ", text.translate(_SPECIAL_ASCII).lower())
    chars = [_fold_char(char) for char in simplified(text)]
    last = len(chars) - 1
    for i, char in enumerate(chars):
        if char == "-" and 0 < i < last and chars[i - 1].isalpha() and chars[i + 1].isalnum():
            chars[i] = " "
    return "".join(chars)


def is_word(char: str) -> bool:
    """Say whether `char` is part of a word written with letters or digits (Chinese characters stand alone)."""
    return char.isalnum() and not is_cjk(char)


def starts_word(text: str, at: int) -> bool:
    """Say whether a phrase may start at `at`: it does not cut a word of letters or a number in two."""
    return at == 0 or not (is_word(text[at]) and is_word(text[at - 1]))


def ends_word(text: str, at: int) -> bool:
    """Say whether a phrase may end before `at`."""
    return at >= len(text) or not (is_word(text[at]) and is_word(text[at - 1]))


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found in a text: where, and what it stands for."""

    start: int
    end: int
    payload: T


class Phrases(Generic[T]):
    """A set of phrases with a payload each, found in time linear in the text."""

    def __init__(self) -> None:
        self._payloads: dict[str, T] = {}
        self._lengths: dict[str, set[int]] = {}
        self._sorted: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._payloads)

    def __iter__(self) -> Iterator[str]:
        return iter(self._payloads)

    def get(self, phrase: str) -> T | None:
        """Return the payload of a folded phrase."""
        return self._payloads.get(phrase)

    def put(self, phrase: str, payload: T) -> None:
        """Add a folded phrase, replacing its payload."""
        if not phrase or len(phrase) > MAX_PHRASE:
            return
        self._payloads[phrase] = payload
        self._lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._sorted.pop(phrase[:2], None)

    def at(self, text: str, start: int) -> Iterator[Found[T]]:
        """Yield the phrases that start at `start` of a folded text, longest first."""
        for key in (text[start : start + 2], text[start]):
            lengths = self._sorted.get(key)
            if lengths is None:
                lengths = self._sorted[key] = tuple(sorted(self._lengths.get(key, ()), reverse=True))
            for length in lengths:
                end = start + length
                if end > len(text):
                    continue
                payload = self._payloads.get(text[start:end])
                if payload is not None and ends_word(text, end):
                    yield Found(start, end, payload)
            if len(key) == 1:
                return

    def scan(self, text: str) -> list[Found[T]]:
        """Return every phrase in a folded text, overlaps included, by start and then longest first."""
        begun = self._lengths
        return [
            found
            for start, char in enumerate(text)
            if (char in begun or text[start : start + 2] in begun) and char != " " and starts_word(text, start)
            for found in self.at(text, start)
        ]


def longest(found: list[Found[T]]) -> list[Found[T]]:
    """Return `found` without overlaps: longer phrases win, then earlier ones."""
    taken: list[Found[T]] = []
    covered = bytearray(max((one.end for one in found), default=0))
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(covered[one.start : one.end]):
            covered[one.start : one.end] = b"\x01" * (one.end - one.start)
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)
