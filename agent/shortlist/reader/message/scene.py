"""One message taken apart: clauses, the catalog's words in it, general words, quantities and dates."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Any

from shortlist.reader.vocabulary import (
    Found,
    Lexicon,
    Sense,
    beside_a_name,
    fold,
    general_words,
    grades,
    is_cjk,
    is_word,
    longest,
)
from shortlist_tools.text import DateSpan, Quantity

from .clauses import Clause, settled_ends, split_clauses
from .slips import behind_slips

_ANY_BUT = re.compile(
    r"\b(?:any|every|whatever|all) (?:other )?[a-z]+ (?:but|except|bar|other than|apart from)\b(?! not)"
)
# Whom something is not for, and the language to answer in: neither refuses or asks for anything.
_NOT_WHOM = re.compile(
    r"\bnot (?:for )?(?:me|us|you|him|her|them|(?:my|our|your|him|her|them)sel(?:f|ves)|"
    r"(?:my|our|his|her|their) (?:own )?[a-z]+)(?=\s*(?:[:：,.;!]|$))"
)
_IN_A_LANGUAGE = re.compile(
    r"\b(?:in|speak|switch to|talk|write) "
    r"(?:chinese|mandarin|cantonese|english|french|german|italian|spanish|japanese|korean)"
    r"(?=\W*$|\W+(?:please|from now|now|instead|only)\b)"
)
_QUOTED = re.compile(r"《[^》]{1,80}》|“[^”]{1,80}”|「[^」]{1,80}」|\"[^\"]{1,80}\"|『[^』]{1,80}』")
_SUPPORT_AFTER = frozenset(
    "色的款质好学当,。!?、;: /和或还也吗呢吧了,;不别要有是就都可能给在最太更很用价预以送为加各摆"
    "一两二三四五六七八九十几什"
)
_SUPPORT_BEFORE = frozenset(
    "的要是想买喝除个款件双副台瓶只盏把种些点类非不别纯全看找选和或与跟,。!?、;: /有无给支杯套节门堂上学好新老深浅来爱"
    "换"
)
_WEAK_SUPPORT = frozenset({"for", "at", "in", "my", "our", "on", "to", "by", "with", "starring", "featuring"})


@dataclass(slots=True)
class Mention:
    """Words of the message that name something of the catalog, and what the stages decided about them.

    Attributes:
        start: First character.
        end: One past the last character.
        senses: What the words may mean, none of them ruled out yet.
        negated: The words are excluded, not wanted.
        soft: The words are wished for only.
        dead: The words ask for nothing (part of a question, a title, a statement about the speaker …).
        scope: What part of the slate they concern, as in a requirement.
        group: The branch of alternatives they belong to, as in a requirement.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]
    negated: bool = False
    soft: bool = False
    dead: bool = False
    scope: str | None = None
    group: str | None = None

    def having(self, *parts: str) -> tuple[Sense, ...]:
        """Return the senses of the given parts."""
        return tuple(sense for sense in self.senses if sense.part in parts)

    @property
    def wanted(self) -> bool:
        """Say whether the mention names a value or a flag."""
        return any(sense.part in ("value", "flag") for sense in self.senses)


@dataclass(frozen=True, slots=True)
class Marker:
    """General words of the message and the classes they belong to."""

    start: int
    end: int
    classes: frozenset[str]


@dataclass
class Scene:
    """A message and everything found in it, for the stages to work on."""

    text: str
    folded: str
    language: str
    clauses: list[Clause]
    mentions: list[Mention]
    markers: list[Marker]
    quantities: list[Quantity]
    dates: list[DateSpan]
    quoted: list[tuple[int, int]] = _field(default_factory=list)

    def clause_at(self, at: int) -> int:
        """Return the number of the clause that position `at` lies in."""
        for number, clause in enumerate(self.clauses):
            if at < clause.end:
                return number
        return len(self.clauses) - 1

    def marked(self, *classes: str, start: int = 0, end: int | None = None) -> Iterator[Marker]:
        """Yield the markers of any of `classes` between two positions."""
        stop = len(self.text) if end is None else end
        for at in range(bisect.bisect_left(self.markers, start, key=lambda m: m.start), len(self.markers)):
            marker = self.markers[at]
            if marker.start >= stop:
                return
            if marker.end <= stop and not marker.classes.isdisjoint(classes):
                yield marker

    def has(self, *classes: str, start: int = 0, end: int | None = None) -> bool:
        """Say whether a marker of any of `classes` stands between two positions."""
        return any(True for _ in self.marked(*classes, start=start, end=end))

    def has_around(self, name: str, start: int, end: int) -> bool:
        """Say whether a stretch lies inside a longer marker of a class."""
        return any(
            name in m.classes and m.start <= start and end <= m.end and m.end - m.start > end - start
            for m in self.markers
        )

    def live(self) -> Iterator[Mention]:
        """Yield the mentions that no stage ruled out."""
        return (mention for mention in self.mentions if not mention.dead)

    def between(self, start: int, end: int) -> str:
        """Return the folded text between two positions, stripped."""
        return self.folded[start:end].strip()


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a message in quotation marks: titles and other people's words."""
    return [(m.start(), m.end()) for m in _QUOTED.finditer(text)]


def read_scene(
    text: str,
    language: str,
    lexicon: Lexicon,
    quantities: Sequence[Quantity],
    dates: Sequence[DateSpan],
    titles: Sequence[tuple[int, int]] = (),
) -> Scene:
    """Return a cleaned message taken apart; `titles` are stretches that name items."""
    folded = fold(text)
    closed = [*quoted_spans(text), *titles]
    settled = settled_ends(folded)
    markers = longest(
        [
            *(m for m in general_words().markers.scan(folded) if m.start not in settled),
            *(Found(m.start(), m.end(), frozenset({"not"})) for m in _ANY_BUT.finditer(folded)),
            *(
                Found(m.start(), m.end(), frozenset({"absorb"}))
                for p in (_NOT_WHOM, _IN_A_LANGUAGE)
                for m in p.finditer(folded)
            ),
        ]
    )
    absorbed = [(m.start, m.end) for m in markers if "absorb" in m.payload]
    found = lexicon.phrases.scan(folded)
    found += behind_slips(folded, lexicon, [*((one.start, one.end) for one in found), *closed])
    found = [f for f in found if not _swallowed(f, absorbed) and not _cuts(f, closed)]
    found = _supported(text, folded, found)
    found = [
        f
        for f in found
        if not any(m.start <= f.start and f.end <= m.end and m.end - m.start > f.end - f.start for m in markers)
    ]
    values = longest([f for f in found if any(s.part != "field" for s in f.payload)])
    names = longest([f for f in found if any(s.part == "field" for s in f.payload)])
    values = [
        v
        for v in values
        if not any(n.start <= v.start and v.end <= n.end and n.end - n.start > v.end - v.start for n in names)
    ]
    mentions = [Mention(f.start, f.end, f.payload) for f in values]
    mentions += [
        Mention(f.start, f.end, tuple(s for s in f.payload if s.part == "field"))
        for f in names
        if not any(v.start <= f.start and f.end <= v.end for v in values)
    ]
    mentions.sort(key=lambda m: (m.start, m.end))
    spans = [(m.start, m.end) for m in mentions if m.having("value", "flag", "more", "less")]
    return Scene(
        text=text,
        folded=folded,
        language=language,
        clauses=split_clauses(folded, [*closed, *((m.start, m.end) for m in markers)]),
        mentions=mentions,
        markers=[
            Marker(m.start, m.end, m.payload)
            for m in markers
            if not any(start <= m.start and m.end <= end and (start, end) != (m.start, m.end) for start, end in spans)
        ],
        quantities=[q for q in quantities if not _cuts(q, closed) and not _within_name(q, mentions)],
        dates=[d for d in dates if not _cuts(d, closed)],
        quoted=closed,
    )


def _cuts(found: Found[Any] | Quantity | DateSpan, spans: Sequence[tuple[int, int]]) -> bool:
    return any(found.start < end and start < found.end for start, end in spans)


def _swallowed(found: Found[Any], spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a phrase is only part of a longer general word, or cuts one in two."""
    return any(
        found.start < end
        and start < found.end
        and not (found.start <= start and end <= found.end and found.end - found.start >= end - start)
        and not (found.start < start - 1 and found.end - found.start > end - start)
        for start, end in spans
    )


def _within_name(quantity: Quantity, mentions: Sequence[Mention]) -> bool:
    """Say whether a figure is part of a name, such as the 5 of a model number."""
    return any(m.start <= quantity.start and quantity.end <= m.end and m.wanted for m in mentions)


def _supported(text: str, folded: str, found: list[Found[tuple[Sense, ...]]]) -> list[Found[tuple[Sense, ...]]]:
    """Return `found` without weak readings that nothing beside them supports."""
    graded = grades(text, folded, found)
    strong_starts = {f.start for f in found if f.end - f.start > 1}
    strong_ends = {f.end for f in found if f.end - f.start > 1}
    for one, other in itertools.pairwise([f for f in found if f.end - f.start == 1 and is_cjk(folded[f.start])]):
        if one.end == other.start and {s.field for s in one.payload if s.part == "value"} & {
            s.field for s in other.payload
        }:
            strong_starts.add(other.start)
            strong_ends.add(one.end)
    kept: list[Found[tuple[Sense, ...]]] = []
    for one in found:
        if not any(s.weak for s in one.payload):
            kept.append(one)
            continue
        senses = tuple(
            s
            for s in one.payload
            if not s.weak
            or s.part in ("more", "less")
            or (one.start, s.field) in graded
            or _supports(folded, one, strong_starts, strong_ends)
        )
        if senses:
            kept.append(Found(one.start, one.end, senses))
    return kept


def _supports(folded: str, one: Found[tuple[Sense, ...]], starts: set[int], ends: set[int]) -> bool:
    before = folded[one.start - 1] if one.start else ""
    after = folded[one.end] if one.end < len(folded) else ""
    if not is_cjk(folded[one.start]):
        lead = folded[: one.start].split()[-1:]
        if one.end - one.start == 1:
            return beside_a_name(folded, one)
        return lead != [] and lead[0] in _WEAK_SUPPORT
    left = (
        not before
        or before in _SUPPORT_BEFORE
        or folded[: one.start].endswith("除了")
        or one.start in ends
        or is_word(before)
    )
    right = not after or after in _SUPPORT_AFTER or one.end in starts or is_word(after)
    if left and right:
        return True
    # A head noun at the end of a compound: the last character of a longer word names the kind of thing.
    compound = (
        one.start >= 2
        and is_cjk(before)
        and is_cjk(folded[one.start - 2])
        and folded[one.start - 2] not in _SUPPORT_BEFORE
    )
    return right and compound and any(s.part == "value" for s in one.payload) and not left
