"""Names narrower than a kind: a grinder that is refused, or that somebody has, leaves the other coffee gear."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import fold, general_words, is_chinese, plural, singular
from shortlist_tools.catalog import Field, Op, Requirement, Schema

_PART = 0.5
"""A name of at most so many of a kind's items is narrower than the kind."""
_TOPIC = 3
"""A word that so many names of one kind begin with tells what the kind is about."""
_PREFIX = 2
"""Characters by which Chinese names begin alike."""
_OWNED = re.compile(
    r"\b(?:(?:already (?:has|have|got|owns?|bought)|(?:has|have|'s|'ve) (?:already )?got|owns|(?:has|have|'s|'ve|got)"
    r"(?= (?:enough|plenty|too many|more than|loads|lots|tons|many|a lot)\b))"
    r"(?: (?:more than )?enough| (?:a lot|lots|loads|plenty|tons) of| (?:so |too |very )?many)?)\s+"
    r"|(?:已经|早就|早|都|家里|家里都)有(?:了|一?[个款双副台件盏把只支瓶])?(?:很多|好多|不少|一堆|一大堆|太多|好几[个款双副台件盏把只支瓶])?"
    r"|有(?:很多|好多|不少|一堆|一大堆|太多)|不缺|有的是|买过|(?<![没还])有(?=[^,。!?;]{1,8}了)"
)
_PLENTY_AFTER = re.compile(r"(?:已经|都|也|真的)?(?:太多|很多|好多|不少|够多|多得很|一大?堆|多的是|不缺)[了啊呢]?\W*$")
_DETERMINED = re.compile(
    r"\s*(?:(?:the|an?|any|more|another|those|these|that|this|of|some|his|her|their|my|own|good)\b\s*)*"
)
_REFUSED_EN = re.compile(
    r"\W*(?:(?:an?|any|anything|something|for|about|of|in|with|on|to do with|related to|her|his|their|my|the)\s+)*"
    r"(?P<word>[a-z]{4,})(?:[- ](?:stuff|things?|products?|items?|ones?|related|gear|either|please|too|again|any ?more|"
    r"for once|this time|though))*\W*$"
)
_REFUSED_ZH = re.compile(
    r"(?:[要是想买送推荐给]|什么|任何|跟|和|关于)*(?P<word>[^\W\d_a-z]{2,4}?)(?:相关|有关|用|类|一类|品|产品|东西|的|之类|了|吧|啊|呀)*\W*$"
)
_NOUN = re.compile(r"(?!first|second|third|fourth|last|other|next)[a-z]{3,}\b")


class Narrower:
    """What stands in the titles of some items of a kind only, and what its names are about.

    Args:
        schema: The catalog's schema.
        snapshot: The catalog's items; without them nothing is known to be narrower.
    """

    def __init__(self, schema: Schema, snapshot: Any = None) -> None:
        kind, title = schema.role("kind"), schema.role("title")
        self._snapshot = snapshot if title is not None and kind is not None and kind.kind == "category" else None
        self.title = title.name if title else ""
        self._kind = kind
        listed = kind.values.items() if kind else ()
        first = [fold(words[0]) for _, by in listed for words in by.values() if words]
        self._schema = schema
        self._plain = {form for name in first for form in _forms(name)} | {name.split()[-1] for name in first}

    @cached_property
    def topics(self) -> dict[str, str]:
        """The words that several names of one kind alone begin with, and that kind: coffee for coffee gear."""
        heads: Counter[tuple[str, str]] = Counter()
        named = self._kind.values.items() if self._kind else ()
        for value, by in named:
            for word in dict.fromkeys(fold(word) for words in by.values() for word in words):
                if " " in word or (is_chinese(word) and len(word) > _PREFIX):
                    heads[word[:_PREFIX] if is_chinese(word) else word.split()[0], value] += 1
        kinds = Counter(head for head, _ in heads)
        return {head: value for (head, value), count in heads.items() if count >= _TOPIC and kinds[head] == 1}

    def part_of(self, word: str) -> str | None:
        """Return the one kind whose plain name begins with `word`: skincare for skin, not headphones for over-ear."""
        word = fold(word)
        named = self._kind.values.items() if self._kind and self._snapshot is not None else ()
        plain = [(value, fold(words[0])) for value, by in named for words in by.values() if words]
        known = {value for value, name in plain if name.startswith(word) and name != word}
        return next(iter(known)) if len(known) == 1 else None

    def name(self, phrase: str, kind: str | None = None) -> str | None:
        """Return the form of `phrase` that stands in titles of some items of `kind`, or of any kind; else None."""
        phrase = fold(phrase)
        if self._snapshot is None or phrase in self._plain or self._shortens(phrase, kind):
            return None
        column = self._snapshot.texts(self.title)
        among = np.ones(len(self._snapshot), dtype=np.bool_)
        if kind is not None and self._kind is not None:
            codes, values = self._snapshot.codes(self._kind.name)
            among = codes == list(values).index(kind) if kind in list(values) else ~among
        for form in sorted(_forms(phrase), key=len):
            found = column.having(form) & among
            if 0 < found.sum() <= _PART * max(1, among.sum()):
                return form
        return None

    def _shortens(self, phrase: str, kind: str | None) -> bool:
        """Say whether a Chinese word is the plain name of its kind in short: 课, of 课程."""
        listed = self._kind.values.get(kind, {}).values() if self._kind and kind and is_chinese(phrase) else ()
        return any(phrase in fold(words[0]) for words in listed if words)

    def value(self, phrase: str, kind: str, *, loosely: bool = False) -> tuple[Field, str] | None:
        """Return the field and the value that the first part of a kind's name is of: red, of "red wine" and 红酒.

        Taken `loosely`, the last word of a name is enough: party, of "party game". A French press is of no country.
        """
        phrase = fold(phrase)
        if self._snapshot is None or self._kind is None:
            return None
        listed = self._kind.values.get(kind, {}).values()
        names = {form for words in listed for word in words for form in _forms(fold(word))}
        tails = {name.rpartition(" ")[2] for name in names} if loosely else set()
        for at in range(1, len(phrase)):
            head, rest = phrase[:at].strip(), phrase[at:]
            if rest not in names | tails or not (is_chinese(phrase) or phrase[at - 1] == " "):
                continue
            about = [one for one in self._schema.fields if rest in names or one.kind == "multi_category"]
            for field in about if head else ():
                found = next((w for w in (head, head + "色") if field.canonical(w) in field.values), None)
                if field == self._kind or found is None or (value := field.canonical(found)) is None:
                    continue
                if self.rows(field, value, kind).any():
                    return field, value
        return None

    def rows(self, field: Field, value: str, kind: str) -> NDArray[np.bool_]:
        """Return which items are of `kind` and have `value`, shape (n,)."""
        of_kind = Requirement(field=self._kind.name if self._kind else "", op="==", value=kind)
        wanted = [Requirement(field=field.name, op=field.has, value=value), of_kind]
        return np.asarray(self._snapshot.mask(wanted) if self._snapshot is not None else (), dtype=np.bool_)


def read_narrower(context: Context, narrower: Narrower) -> list[Draft]:
    """Return what titles must not hold: narrower names that are refused, and those of what somebody has already."""
    if not narrower.title:
        return []
    found: dict[str, Draft] = {}
    kind, wanted = context.lexicon.kind, context.named_kinds()
    for mention in context.scene.live():
        values = [s.value for s in mention.having("value") if s.field == kind]
        word = context.scene.folded[mention.start : mention.end]
        if not mention.negated or not values or (wanted and values[0] not in wanted):
            continue
        if (inner := narrower.value(word, str(values[0]), loosely=True)) is not None:
            field, value = inner
            mention.dead = True
            op: Op = "not_contains" if field.kind == "multi_category" else "!="
            found[word] = Draft(field.name, op, value, mention.start, mention.end, hard=not mention.soft)
        elif (name := narrower.name(word, values[0])) is not None:
            mention.dead = True
            found[name] = Draft(narrower.title, "not_contains", name, mention.start, mention.end)
    for marker in context.scene.marked("not"):
        if not context.is_dead(marker.start):
            _take(context, narrower, marker.end, found, hard=True)
    for match in _OWNED.finditer(context.scene.folded):
        _take(context, narrower, match.end(), found, hard=False)
    for mention in context.scene.mentions:
        values = [s.value for s in mention.having("value") if s.field == kind]
        if values and _PLENTY_AFTER.match(context.scene.folded, mention.end):
            _owned_kind(context, mention, str(values[0]), found)
    kinds = _refused_kinds(context, narrower)
    return [*kinds, *(one for one in found.values() if all(one.start != other.start for other in kinds))]


def _refused_kinds(context: Context, narrower: Narrower) -> list[Draft]:
    """Return the kind that a refused word is a part of the name of: "nothing for skin" refuses skincare."""
    scene, kind = context.scene, context.lexicon.kind
    found: dict[str, Draft] = {}
    for marker in scene.marked("not"):
        end = scene.clauses[scene.clause_at(marker.start)].end
        rest = scene.folded[marker.end : end]
        match = (_REFUSED_ZH if is_chinese(rest) else _REFUSED_EN).match(rest)
        if kind is None or match is None or context.is_dead(marker.start):
            continue
        start, stop = (marker.end + at for at in match.span("word"))
        value = narrower.part_of(match["word"])
        if value and value not in context.kinds() and not any(m.start < stop and start < m.end for m in scene.mentions):
            found.setdefault(value, Draft(kind, "!=", value, start, stop))
    return list(found.values())


def _take(context: Context, narrower: Narrower, at: int, found: dict[str, Draft], *, hard: bool) -> None:
    """Add the name that stands at a place to `found`, where it is one."""
    text, kind = context.scene.folded, context.lexicon.kind
    lead = _DETERMINED.match(text, at)
    start = lead.end() if lead else at
    for mention in context.scene.mentions:
        if mention.start == start and mention.wanted:
            values = [s.value for s in mention.having("value") if s.field == kind]
            name = narrower.name(text[mention.start : mention.end], values[0]) if values and not hard else None
            if name is not None:
                found.setdefault(
                    name, Draft(narrower.title, "not_contains", name, mention.start, mention.end, hard=hard)
                )
            elif values and not hard:
                _owned_kind(context, mention, str(values[0]), found)
            return
    noun = _NOUN.match(text, start)
    word = noun.group() if noun else ""
    if (
        not word
        or word in general_words().words()
        or any(start <= one < noun.end() for one, _, _ in context.references if noun)
    ):
        return
    kinds = context.kinds()
    name = narrower.name(word, kinds[0] if len(kinds) == 1 else None)
    if name is not None and noun is not None:
        found.setdefault(name, Draft(narrower.title, "not_contains", name, start, noun.end(), hard=hard))


def _owned_kind(context: Context, mention: Mention, value: str, found: dict[str, Draft]) -> None:
    """Add a whole kind to what is not wanted, of which somebody has enough, unless it is what is being sought."""
    kind = context.lexicon.kind
    sought = any(row.field == kind and row.op in ("==", "in") and value in str(row.value) for row in context.ledger)
    if kind is not None and not sought:
        mention.dead = True
        found.setdefault(value, Draft(kind, "!=", value, mention.start, mention.end))


def read_topic(context: Context, narrower: Narrower, drafts: list[Draft]) -> list[Draft]:
    """Return a wish for the kind that the words are about, where none is named: "a gift, he loves his coffee"."""
    kind = context.lexicon.kind
    held = any(row.field == kind and row.op in ("==", "in") for row in context.ledger)
    if kind is None or held or any(d.field == kind for d in drafts):
        return []
    for topic, value in narrower.topics.items():
        match = re.search(topic if is_chinese(topic) else rf"\b{re.escape(topic)}\b", context.scene.folded)
        inside = match and any(start <= match.start() < end for start, end in context.scene.quoted)
        if match and not inside and not any(q.start <= match.start() < q.end for q in context.questions):
            return [Draft(kind, "==", value, match.start(), match.end(), hard=False)]
    return []


def _forms(name: str) -> set[str]:
    """Return a folded name in the singular, or as it is where it has none."""
    if is_chinese(name):
        return {name}
    head, space, last = name.rpartition(" ")
    one = singular(last) or last
    return {head + space + one, head + space + plural(one)} if name.isascii() else {name}
