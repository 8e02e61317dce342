"""Words that nothing bears out: what stands neither on the sheet nor in the items' texts nor in what the user said.

The other checks hold what they understand against the sheet. This one catches what they do not: "the weather is sunny",
"0美元的床铺".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.drafting.claims.problem import Problem
from shortlist_tools.drafting.claims.reading import MARK, Reading
from shortlist_tools.drafting.claims.vocabulary import Same, Vocabulary
from shortlist_tools.text import find_quantities, fold

_WORD = re.compile(r"[a-z]+(?:n't)?")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 8
"""Characters of a Chinese word at most."""
_ENDINGS = (
    "ings",
    "ing",
    "edly",
    "ed",
    "ies",
    "ily",
    "iest",
    "ier",
    "es",
    "s",
    "ly",
    "est",
    "er",
    "ness",
    "ity",
    "e",
    "y",
)
_SHORTEST = 3
"""Letters that are left of a word at least when its ending goes."""


def support_problems(reading: Reading, known: str) -> Iterator[Problem]:
    """Yield a problem for each word that neither `known` nor the schema has, and that is no neutral word of prose.

    `known` are the texts of the sheet and of its items and what the user said, in any language.
    """
    text = re.sub(MARK, ",", reading.text)
    for figure in reversed(find_quantities(text)):  # their numbers and units are held against the sheet elsewhere
        text = f"{text[: figure.start]},{text[figure.end :]}"
    stems = _stems_of(fold(known)) | _schema_stems(Same(reading.words))
    for match in _WORD.finditer(text):
        if not _forms(match.group()) & stems:
            yield Problem(kind="unsupported", span=match.group(), why="nothing on the sheet says so")
    chinese = fold(known)
    words = _chinese_words(Same(reading.words))
    for match in _HAN.finditer(text):
        for left in _left_over(match.group(), chinese, words):
            yield Problem(kind="unsupported", span=left, why="nothing on the sheet says so")


def _left_over(run: str, known: str, words: frozenset[str]) -> Iterator[str]:
    """Yield the parts of a run of Chinese characters that no known word covers, the fewest there can be."""
    # The best cover of run[:end] is the one with the fewest characters left over.
    best = [0] + [len(run) + 1] * len(run)
    step = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        best[end], step[end] = best[end - 1] + 1, 0
        for length in range(1, min(_LONGEST, end) + 1):
            part = run[end - length : end]
            if (part in words or (length > 1 and part in known)) and best[end - length] < best[end]:
                best[end], step[end] = best[end - length], length
    end, left = len(run), []
    while end:
        if not step[end]:
            left.append(end - 1)
        end -= step[end] or 1
    at = 0
    places = sorted(left)
    while at < len(places):
        stop = at
        while stop + 1 < len(places) and places[stop + 1] == places[stop] + 1:
            stop += 1
        yield run[places[at] : places[stop] + 1]
        at = stop + 1


def _forms(word: str) -> frozenset[str]:
    """Return a word, and what is left of it without each ending it may have."""
    short = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    found = {word, word.removesuffix("n't")} | {form for form in short if len(form) >= _SHORTEST}
    return frozenset(found | {form[:-1] for form in found if len(form) > _SHORTEST and form[-2:-1] == form[-1]})


@lru_cache(maxsize=32)
def _stems_of(text: str) -> frozenset[str]:
    """Return the words of a folded text in all their forms, the neutral ones of the lexicon with them."""
    return frozenset(form for word in set(_WORD.findall(text)) for form in _forms(word)) | _neutral()


@cache
def _neutral() -> frozenset[str]:
    return frozenset(form for word in lexicon.load()["neutral"]["en"] for form in _forms(word))


@lru_cache(maxsize=8)
def _schema_stems(key: Same[Vocabulary]) -> frozenset[str]:
    """Return the English words of the schema, whose claims the other checks hold against the sheet."""
    made = key.value
    named = " ".join([*made.values, *made.flags, *made.labels, *made.english])
    return frozenset(form for word in set(_WORD.findall(named)) for form in _forms(word))


@lru_cache(maxsize=8)
def _chinese_words(key: Same[Vocabulary]) -> frozenset[str]:
    """Return the schema's Chinese words and the neutral ones."""
    made = key.value
    named = [*made.values, *made.flags, *made.labels, *made.chinese]
    return frozenset([*(word for word in named if _HAN.search(word)), *map(str, lexicon.load()["neutral"]["zh"])])
