"""Words by what they say: forms of one word, and words that say the same by a small general lexicon, zh and en."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from shortlist_prompts.word_files import load_words
from shortlist_tools.text.scripts import simplified

_RUN = re.compile(r"[a-z0-9][a-z0-9.']*|[\u3400-\u9fff]+")
_LETTERS = 6
"""Letters by which two forms of an English word are known for the same."""
_ENDINGS = ("ingly", "able", "ings", "ing", "ied", "ies", "ed", "ly", "es", "'s", "s", "e")
_LEAST = 3
"""Letters that an ending leaves of a word."""


class Mark(NamedTuple):
    """A word of a text: where it stands, and the key that other words which say the same have, too."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=4096)
def marks(text: str) -> tuple[Mark, ...]:
    """Return the words of `text` in order; Chinese as words of the lexicon, and elsewhere as pairs of characters."""
    folded = simplified(text).casefold().replace("’", "'")
    found: list[Mark] = []
    at = 0
    for match in _phrases().finditer(folded):
        found += _between(folded, at, match.start())
        found += [Mark(match.start(), match.end(), key) for key in _groups()[match.group()]]
        at = match.end()
    return (*found, *_between(folded, at, len(folded)))


def keys(text: str) -> frozenset[str]:
    """Return the keys of the words of `text`."""
    return frozenset(mark.key for mark in marks(text))


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """Return the key of one word in lower case: its group in the lexicon, else what its forms have in common."""
    groups = _groups()
    if word in groups or not word.replace("'", "").isalpha():
        return groups.get(word, (word,))[0]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            stem = word[: -len(ending)]
            stem = stem[:-1] if len(stem) > _LEAST and stem[-1] == stem[-2] else stem
            return (groups.get(stem) or groups.get(stem + "e") or (stem[:_LETTERS],))[0]
    return word[:_LETTERS]


def words_with(key: str) -> tuple[str, ...]:
    """Return the words of a key as they may begin in a text in lower case: those of its group, else itself."""
    return tuple(word for word, groups in _groups().items() if key in groups) or (key,)


def _between(text: str, start: int, end: int) -> Iterator[Mark]:
    for run in _RUN.finditer(text, start, end):
        word, at = run.group(), run.start()
        if word.isascii():
            yield Mark(at, run.end(), key_of(word.rstrip(".'")))
        elif len(word) == 1:
            yield Mark(at, run.end(), word)
        else:
            yield from (Mark(at + n, at + n + 2, one + two) for n, (one, two) in enumerate(pairwise(word)))


@cache
def _phrases() -> re.Pattern[str]:
    """Return what finds the words of the lexicon that no space bounds, or that have one inside."""
    words = sorted((word for word in _groups() if not word.isalnum() or not word.isascii()), key=lambda w: -len(w))
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words))


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("alike.yaml").read_text("utf-8")
    found: dict[str, list[str]] = load_words(text, as_written=True)
    groups: dict[str, tuple[str, ...]] = {}
    for name, words in found.items():
        groups |= {word: (*groups.get(word, ()), f"={name}") for word in words}
    return groups
