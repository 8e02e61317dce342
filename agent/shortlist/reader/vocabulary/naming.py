"""Items named by a part of their title that tells them apart ("the Drip 10", 潮汐Drybag 25), shown or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from .lexicon import Lexicon
from .phrases import Found, fold, is_cjk, is_word, starts_word
from .words import general_words

MOST_ITEMS = 20_000
"""In larger catalogs a part of a title hardly ever tells one item apart, and ordinary words are parts of titles."""
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:['.][^\W_\u3400-\u9fff]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_BETWEEN = re.compile(r"(?:[ ·-]|\bin\b|\bthe\b|的|那款|款)*")
_LEAD = re.compile(
    r"(?:\b(?:the|that|this|your|my|than|vs\.?|versus|compare|about|little)\s+|[比和跟与买过欢爱那这款个推]\s*)$"
)
_POINTS = re.compile(r"[那这该]一?[款个盏双副台件本瓶]?$|(?:买过|喜欢|推荐过|讲讲|说说|看看|介绍)$")
_BESIDE = re.compile(r"\s*(?:vs\b|versus\b|和|跟|与|比|怎么样|好不好|多少|有)")
_ONE = re.compile(r"\s+(?:one|ones)\b")
_ENDS = re.compile(r"\s*(?:[,，?？!！。.]|呢|吗|的|$)")
_ASKING = re.compile(
    r"\b(?:compare|comparison|differences?|versus|vs|better|reviews? (?:of|for|on)|price of|tell me about)\b"
    r"|^\W*(?:(?:and|so|ok|hi|hello|hey)\W+)*"
    r"(?:how|what|who|when|where|why|is|are|does|do|can|has)\b(?! (?:you|i|we)\b)"
    r"|多少|几[个人岁天本]|怎么样|好不好|评价|口碑|哪[个款]|区别|不同|对比|比较|比一比|如何|什么时候|[好贵重大][玩用看喝]?[吗么]|值[吗么不得]|贵不贵|介绍一下|讲讲"
)
"""How people ask about what they name."""
_BOTH = re.compile(r"\b(?:two|both)\s+$|[两俩][个款种台]?$")
_NEAR = 24
"""Characters that are looked back at."""
_NAMES = 3
"""Chinese characters that a name has at least, where nothing else goes with it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of the message that stands in titles, and the rows of those titles."""

    start: int
    end: int
    rows: frozenset[int]


class Names:
    """Parts of titles of a catalog; the index is built when the first message is read.

    Args:
        titles: Titles by row, in each of their languages.
        ids: Item ids by row.
        groups: Variant group by row; None for an item on its own.
    """

    def __init__(self, titles: Sequence[Sequence[str]], ids: Sequence[str], groups: Sequence[Any]) -> None:
        self._titles = [[fold(title) for title in said] for said in titles]
        self._ids, self._groups = ids, groups

    def variants(self, row: int) -> list[int]:
        """Return the rows of the other variants of a row's item."""
        group = self._groups[row] if row < len(self._groups) else None
        return [] if group is None else [at for at, one in enumerate(self._groups) if one == group and at != row]

    def find(self, text: str, folded: str, lexicon: Lexicon, preferred: Sequence[str]) -> list[Found[str]]:
        """Return the items named in part, as spans with the item's id; of variants, those of `preferred` first."""
        runs = list(self._runs(folded))
        taken = bytearray(len(folded))
        spans = [(one.start, one.end) for one in lexicon.phrases.scan(folded)] if runs else []
        spans += [(one.start, one.end) for one in general_words().stop_zh.scan(folded)] if runs else []
        for start, end in spans:
            taken[start:end] = b"\x01" * (end - start)
        found = []
        for run in runs:
            own = [part for part in run if not _is_taken(part, folded, taken, lexicon)]
            if not own or not _is_meant(text, folded, run, own) or _is_described(folded, run, lexicon):
                continue
            rows = frozenset.intersection(*(part.rows for part in run))
            row = self._chosen(rows, run, folded, preferred)
            if row is not None:
                found.append(Found(run[0].start, run[-1].end, self._ids[row]))
        return found

    def asked(self, folded: str, lexicon: Lexicon, preferred: Sequence[str]) -> list[Found[str]]:
        """Return the items that a question or comparison names: by a whole title, or by two words of just one.

        Who asks about something names it, so that such words need no capitals; "the two …" are both of two variants.
        """
        if not _ASKING.search(folded):
            return []
        found: list[Found[str]] = []
        runs = list(self._runs(folded))
        taken = bytearray(len(folded))
        for one in lexicon.phrases.scan(folded) if runs else ():
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
        for run in runs:
            rows = frozenset.intersection(*(part.rows for part in run))
            start, end = run[0].start, run[-1].end
            whole = {row for row in rows if _squeezed(folded[start:end]) in map(_squeezed, self._titles[row])}
            own = [part for part in run if not _is_taken(part, folded, taken, lexicon)]
            said = [part for part in run if folded[part.start : part.end] not in general_words().stop_en]
            named = len(said) > 1 and bool(own) and (not is_cjk(folded[start]) or end - start > _NAMES)
            if not own or not (whole or named):
                continue
            if len(rows) == 2 and _BOTH.search(folded[max(0, start - _NEAR) : start]):
                found += [Found(start, end, self._ids[row]) for row in sorted(rows)]
                continue
            row = min(whole) if len(whole) == 1 else self._chosen(rows, run, folded, preferred)
            if row is not None:
                found.append(Found(start, end, self._ids[row]))
        return found

    def _runs(self, folded: str) -> Iterator[list[_Part]]:
        at = 0
        while at < len(folded):
            first = self._at(folded, at, None)
            if first is None:
                at += 1
                continue
            run, rows = [first], first.rows
            while part := self._at(folded, _after(folded, run[-1].end), rows):
                run.append(part)
                rows &= part.rows
            yield run
            at = run[-1].end

    def _at(self, folded: str, at: int, rows: frozenset[int] | None) -> _Part | None:
        """Return the longest part of a title that stands at `at`, of the given rows only."""
        if at >= len(folded):
            return None
        if is_cjk(folded[at]):
            end, kept = at + 2, self._with(folded[at : at + 2], rows)
            while kept and end < len(folded) and is_cjk(folded[end]):
                longer = frozenset(row for row in kept if any(folded[at : end + 1] in t for t in self._titles[row]))
                if not longer:
                    break
                end, kept = end + 1, longer
            return _Part(at, end, kept) if kept else None
        word = _WORD.match(folded, at) if is_word(folded[at]) and starts_word(folded, at) else None
        kept = self._with(word.group(), rows) if word else frozenset()
        return _Part(at, word.end(), kept) if word and kept else None

    def _with(self, key: str, rows: frozenset[int] | None) -> frozenset[int]:
        found = self._index.get(key, frozenset())
        return found if rows is None else found & rows

    @cached_property
    def _index(self) -> dict[str, frozenset[int]]:
        """Rows by each word of their titles, and by each two Chinese characters."""
        found: dict[str, set[int]] = {}
        for row, said in enumerate(self._titles):
            for key in {key for title in said for key in _keys(title)}:
                found.setdefault(key, set()).add(row)
        return {key: frozenset(rows) for key, rows in found.items()}

    def _chosen(self, rows: frozenset[int], run: Sequence[_Part], folded: str, preferred: Sequence[str]) -> int | None:
        """Return the one row meant: of variants the one shown, else the one with the least that was not said."""
        said = {folded[part.start : part.end] for part in run}
        missing = {row: self._missing(row, said) for row in rows}
        least = min(missing.values(), default=0)
        groups = {self._groups[row] if self._groups[row] is not None else row for row in rows}
        if len(groups) > 1:
            rows = frozenset(row for row in rows if self._ids[row] in preferred) or rows
            rows = rows if len(rows) == 1 else frozenset(row for row in rows if missing[row] == least == 0)
            return next(iter(rows)) if len(rows) == 1 else None
        order = {name: place for place, name in enumerate(preferred)}
        return min(rows, key=lambda row: (missing[row] > least, order.get(self._ids[row], len(order)), row))

    def _missing(self, row: int, said: set[str]) -> int:
        """Return how many words of the row's title were not said, the least over its languages."""
        return min(sum(not any(key in one for one in said) for key in _keys(title)) for title in self._titles[row])


def _after(folded: str, at: int) -> int:
    between = _BETWEEN.match(folded, at)
    return between.end() if between else at


def _squeezed(title: str) -> str:
    return title.replace(" ", "")


def _keys(title: str) -> Iterator[str]:
    yield from _WORD.findall(title)
    for run in _CHINESE.findall(title):
        yield from (run[place : place + 2] for place in range(len(run) - 1))


@cache
def _common() -> frozenset[str]:
    """Return the words of requests in general."""
    return frozenset(general_words().words())


def _is_taken(part: _Part, folded: str, taken: bytearray, lexicon: Lexicon) -> bool:
    """Say whether a part is a word of the schema, a figure or a word without meaning, and so no name by itself."""
    word = folded[part.start : part.end]
    stem = word.rstrip("0123456789.")
    if (
        not stem
        or (stem != word and lexicon.phrases.get(stem) is not None)
        or word in _common()
        or word in lexicon.heads
    ):
        return True
    covered = sum(taken[part.start : part.end])
    return part.end - part.start - covered < 2 if is_cjk(word[0]) else covered > 0


def _is_meant(text: str, folded: str, run: Sequence[_Part], own: Sequence[_Part]) -> bool:
    """Say whether parts of a title name the item: written as a name, and led up to as one where there is one alone."""
    start, end = run[0].start, run[-1].end
    led = bool(_LEAD.search(folded[max(0, start - _NEAR) : start]))
    beside = bool(_BESIDE.match(folded, end))
    if is_cjk(folded[own[0].start]):
        said = sum(part.end - part.start for part in run)
        alone = said >= _NAMES and (led or start == 0) and (beside or bool(_ENDS.match(folded, end)))
        return (said > _NAMES and len(run) > 1) or alone
    mixed = any(is_cjk(char) for char in folded)
    capital = all(text[part.start].isupper() or text[part.start].isdigit() for part in own)
    if _goes_on(text, start, end) or not any(part.end - part.start >= 3 for part in own):
        return False
    if len(run) > 1:
        return capital or (led and len(own) > 1) or mixed
    return ((capital or mixed) and (led or beside)) or (led and bool(_ONE.match(folded, end)))


def _is_described(folded: str, run: Sequence[_Part], lexicon: Lexicon) -> bool:
    """Say whether Chinese words describe what is sought, by a kind: there is no brand, and nobody asks about it."""
    start, end = run[0].start, run[-1].end
    said = folded[start:end]
    if not all(map(is_cjk, said.replace(" ", ""))) or _ASKING.search(folded) or _BESIDE.match(folded, end):
        return False
    if _POINTS.search(folded[max(0, start - _NEAR) : start]):
        return False
    known = [one for one in lexicon.phrases.scan(said) if any(sense.part == "value" for sense in one.payload)]
    kinds = [one for one in known if any(sense.field == lexicon.kind for sense in one.payload)]
    brand = lexicon.schema.roles.get("brand")
    named = any(sense.field == brand for one in known for sense in one.payload)
    return not named and any(one.end == len(said) for one in kinds)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether capitalised words that stand in no title go on right after a name, or go before it."""
    after = re.match(r" ([A-Z][a-z]+)", text[end:])
    before = re.search(r"(?<![.!?]) ([A-Z][a-z]+) $", text[max(0, start - _NEAR) : start])
    return bool(after) or bool(before)
