"""Which items tell of a wish, by title, description and reviews: who says so, denies it, warns, or is another sort."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

import numpy as np

from shortlist_tools.catalog import Item, Schema, Snapshot
from shortlist_tools.text import keys, marks, simplified, words_with

from .said import MOST_READ, Passage, passages

Stance = Literal["says", "denies", "warns"]
_SORT = re.compile(
    r"(?P<of>[a-z]{2,})[- ](?P<head>(?!(?:free|proof|resistant|friendly|safe|like|ready|lasting|made)$)[a-z]{2,})"
    r"|(?P<zh>[\u3400-\u9fff]{1,4}?)(?P<style>[式型款])?"
)
"""A sort of thing: over-ear, of those that something-ear names; 头戴式, of those that end in 式."""
_LEAST = 2
_CLAUSE = re.compile(r"[^,.;:!?，。；：！？]+")
_DENIED = re.compile(
    r"\b(?:no|not|without|never|nor|neither|none|nothing|nobody|zero|lacks?|cannot|\w+n't|"
    r"(?:free|kept|keeps) (?:of|from))(?:\W+[\w'-]+){0,4}\W*$"
    r"|(?:不(?![怕错仅只过但])|没(?!想到)|无(?!论|线)|非(?!常)|未|零)[^，。；！？]{0,6}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(r"^(?:[- ]free\b|[^，。；！？]{0,3}(?:没有|不行|不了|不能|没了|为零))", re.IGNORECASE)
_WARNED = re.compile(
    r"\b(?:not|never|isn't|aren't|unsuitable|avoid|beware|nothing|don't)\b[^.;!?]{0,30}"
    r"\b(?:for|by|if|during|when|while|with)\b[^.;!?]{0,25}$|(?:不适合|不宜|不建议|不推荐|忌|避免|慎)[^，。；]{0,8}$",
    re.IGNORECASE,
)
_WARNED_AFTER = re.compile(
    r"^[^.;!?，。；]{0,30}\b(?:should(?:n't| not)|must(?:n't| not)|avoid|beware|may not)\b"
    r"|^[^，。；]{0,8}(?:别[用碰喝吃买戴穿选来]|勿|慎用|不宜|不能用|不要用|不适合|忌)",
    re.IGNORECASE,
)


def stance(text: str, wanted: Iterable[str]) -> Stance:
    """Return whether a text that speaks of what is wanted says so, denies it, or warns those whom it concerns."""
    keys_wanted = set(wanted)
    here = [mark for mark in marks(text) if mark.key in keys_wanted]
    found: set[Stance] = set()
    for clause in _CLAUSE.finditer(text):
        for mark in here:
            if clause.start() <= mark.start < clause.end():
                before, after = text[clause.start() : mark.start], text[mark.end : clause.end()]
                if _WARNED.search(before) or _WARNED_AFTER.search(after):
                    return "warns"
                found.add("denies" if _DENIED.search(before) or _DENIED_AFTER.search(after) else "says")
    return "denies" if "denies" in found else "says"


@lru_cache(maxsize=64)
def tellers(snapshot: Snapshot, wanted: frozenset[str], language: str) -> Mapping[int, tuple[Passage, Stance]]:
    """Return the rows whose texts speak of all that is wanted, each with the passage that does and what it says.

    The description goes before reviews and both before the title, and a warning before everything. Of a large catalog
    only titles and descriptions are read.
    """
    found = {}
    rows = _rows_with(snapshot, wanted)
    for row, item in zip(rows, snapshot.items(rows), strict=True):
        said = [(one, stance(one.text, wanted)) for one in _texts_of(item, snapshot.schema, language)]
        said = [(one, how) for one, how in said if any(wanted <= keys(part) for part in _CLAUSE.findall(one.text))]
        warned = [each for each in said if each[1] == "warns"]
        if said:
            found[row] = (warned or said)[0]
    return found


@lru_cache(maxsize=64)
def sorted_out(snapshot: Snapshot, words: str, language: str) -> Mapping[int, tuple[Passage, bool]] | None:
    """Return the rows whose texts name the sort that `words` do, or another one: in-ear, not over-ear.

    Each comes with the passage and whether it is the same sort; None where the words name none. Sorts are known by what
    they share: the head of a compound written with a hyphen, in Chinese the character that ends a sort. No review
    tells one, which compares with what somebody had before.
    """
    own, other = own_sort(words), other_sort(words)
    if own is None or other is None or len(snapshot) > MOST_READ:
        return None
    found: dict[int, tuple[Passage, bool]] = {}
    for row, item in enumerate(snapshot.items(range(len(snapshot)))):
        told = [one for one in _texts_of(item, snapshot.schema, language) if one.source != "review"]
        # One character with the end of a sort is told by titles alone: 这款 is no sort.
        apart = [one for one in told if one.source == "title" or len(words) > _LEAST]
        same = next((one for one in told if own.search(one.text)), None)
        unlike = next((one for one in apart if other.search(one.text)), None)
        if same or unlike:
            found[row] = (same, True) if same else (unlike, False)  # type: ignore[assignment]
    # Two words with a space between are a sort where somebody writes them with a hyphen: over ear, no hidden pocket.
    written = words.casefold().replace(" ", "-")
    known = written == words.casefold() or any(same and written in one.text.casefold() for one, same in found.values())
    return found if known else None


@lru_cache(maxsize=64)
def entitled(snapshot: Snapshot, words: tuple[str, ...]) -> frozenset[int]:
    """Return the rows whose title has one of `words`, in any language; single characters say too little."""
    title = snapshot.schema.roles.get("title")
    if title is None:
        return frozenset()
    column, found = snapshot.texts(title), set()
    for word in (simplified(one).casefold() for one in words if len(one) > 1):
        named = re.compile(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word))
        rows = np.flatnonzero(column.having(word)).tolist()
        found |= {row for row in rows if named.search(" ".join(_titles(snapshot.text(title)[row])).casefold())}
    return frozenset(found)


def _titles(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value)]


def own_sort(words: str) -> re.Pattern[str] | None:
    """Return what finds the sort that is named, written in one way or another; None where a word names no sort."""
    sort = _named_sort(words)
    if sort is None:
        return None
    return re.compile(rf"\b{sort['of']}[- ]{sort['head']}s?\b" if sort["head"] else words, re.IGNORECASE)


def other_sort(words: str) -> re.Pattern[str] | None:
    """Return what finds the sorts that are another than the one named; None where a word names no sort."""
    sort = _named_sort(words)
    if sort is None:
        return None
    if head := sort["head"]:
        return re.compile(rf"\b(?!{sort['of']}\b)[a-z]+-{head}s?\b", re.IGNORECASE)
    own = sort["zh"]
    return re.compile(rf"(?!{own})[\u3400-\u9fff]{{{len(own)}}}{sort['style']}")


def _named_sort(words: str) -> re.Match[str] | None:
    sort = _SORT.fullmatch(words.casefold())
    return sort if sort is not None and (sort["head"] or sort["style"]) else None


def _texts_of(item: Item, schema: Schema, language: str) -> Iterator[Passage]:
    yield from passages(item, schema, language)
    if title := item.text(schema.roles.get("title", ""), language):
        yield Passage("title", title)


def _rows_with(snapshot: Snapshot, wanted: frozenset[str]) -> list[int]:
    described = snapshot.schema.roles.get("description")
    if described is None or not wanted:
        return []
    if len(snapshot) <= MOST_READ:
        return list(range(len(snapshot)))
    columns = [snapshot.texts(name) for name in (described, snapshot.schema.roles.get("title")) if name]
    having = [
        np.logical_or.reduce([column.having(word) for column in columns for word in words_with(key)]) for key in wanted
    ]
    return [int(row) for row in np.flatnonzero(np.logical_and.reduce(having))[:MOST_READ]]
