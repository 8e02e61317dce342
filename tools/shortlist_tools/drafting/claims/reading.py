"""A sentence read for the claim check: which items it names, where, and which of them each of its words is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from shortlist_tools.catalog import Requirement, Schema
from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.drafting.claims.vocabulary import Same, Vocabulary, vocabulary
from shortlist_tools.drafting.rendering import REFERENCE, render
from shortlist_tools.drafting.sheet import FactSheet, ItemFacts
from shortlist_tools.text import find_quantities, fold

# An item named in the sentence becomes one private character, so that nothing inside its title is read as a claim.
_FIRST = 0xE000
MARK = "[\ue000-\ue0ff]"
_JOINT = r"(?:,\s?and|,\s?or|、|and|&|和|与|跟|or|或|以及|及)"
_GROUP = re.compile(rf"{MARK}(?:(?:\s*,\s*{MARK})*\s*{_JOINT}\s*{MARK})*")
_CLAUSE = re.compile(
    r"[,，;；。!！?？:：、()（）—–…]|\.(?=\s|$)|\s(?:but|while|whereas|though|although|however|and|yet|so|because|since)\s"
    r"|而且?|但是?|不过|同时|并且|却|然而|因为|所以"
)
_NOT_EN = re.compile(
    r"(?:(?<![a-z])(?:not(?! only| just)|no|never|without|lacks?|lacking|neither|nor|cannot|hardly)"
    r"|n't(?! only| just)|(?<![a-z])non-?)"
    r"(?:\s(?:a|an|the|is|are|be|have|has|any|offer|support|come|with|suitable|made|meant|for|of|in|to|as|really|very|quite|fully|actually|good|ideal)){0,4}"
    r"[\s-]?$"
)
_NOT_ZH = re.compile(
    r"(?:不(?!仅|但|只|光|错|过)|没有?|无|非|并非|未|缺少|(?<!特)别)(?:是|带|支持|含|具备|适合|太|够|属于|能|有|要|会|怎么|算|提供|配|用于)?[最更很]?$"
)
_ALL = re.compile(r"(?<![a-z])(?:both|all|each|every|they all|all of (?:them|these))(?![a-z])|都|均|全都|全部|各")
_QUESTION = re.compile(r"[?？]\s*[\"'”’）)]*\s*$|(?:吗|呢|么)[。!！?？\s]*$")


@dataclass(frozen=True)
class Group:
    """One item named in the sentence, or several joined by "and", and where they stand."""

    start: int
    end: int
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class Reading:
    """A sentence with its items marked.

    Attributes:
        text: The sentence in lower case, each named item as one private character.
        cased: The same in its own case.
        sheet: The facts it is held against.
        requirements: The active requirements.
        language: The user's language.
        groups: The items it names, in order.
        implied: Items whose facts it quotes by reference without naming them.
    """

    text: str
    cased: str
    sheet: FactSheet
    requirements: tuple[Requirement, ...]
    language: str
    groups: tuple[Group, ...]
    implied: tuple[ItemFacts, ...]

    @property
    def schema(self) -> Schema:
        """The schema of the sheet."""
        return self.sheet.schema_

    @cached_property
    def words(self) -> Vocabulary:
        """The schema's words."""
        return vocabulary(self.schema)

    @cached_property
    def is_question(self) -> bool:
        """Whether the sentence asks, and so claims nothing of its items' features."""
        return _QUESTION.search(self.text) is not None

    @cached_property
    def named(self) -> tuple[ItemFacts, ...]:
        """The items that the sentence names or quotes."""
        items = [item for group in self.groups for item in group.items] + list(self.implied)
        return tuple({item.ref: item for item in items}.values())

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Where each clause begins and ends; items joined by "and" stay in one."""
        cuts = [0]
        for match in _CLAUSE.finditer(self.text):
            if not any(group.start < match.start() < group.end for group in self.groups):
                cuts.append(match.end())
        cuts.append(len(self.text))
        return tuple((start, end) for start, end in pairwise(cuts) if end > start)

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause that holds position `at` begins and ends."""
        return next(((start, end) for start, end in self.clauses if start <= at < end), (0, len(self.text)))

    def clause_text(self, at: int) -> str:
        """Return the clause that holds position `at`."""
        start, end = self.clause(at)
        return self.text[start:end]

    def subjects(self, at: int) -> tuple[ItemFacts, ...]:
        """Return the items that the word at `at` is about: named before it, else after it; empty for none named."""
        start, end = self.clause(at)
        before = [group for group in self.groups if group.end <= at]
        inside = [group for group in before if group.start >= start]
        if inside:
            return inside[-1].items
        after = [group for group in self.groups if at <= group.start < end]
        if after:
            return after[0].items
        if before:
            if len(self.named) > 1 and _ALL.search(self.text[start:end]):
                return self.named
            # "[3] is cheaper than [1], but its battery …" goes on about what the clause before began with
            last = self.clause(before[-1].start)[0]
            return next(group for group in before if group.start >= last).items
        if self.groups:
            return self.groups[0].items
        return self.implied

    def spoken_of(self, at: int) -> tuple[tuple[ItemFacts, ...], bool]:
        """Return the items that a claim at `at` is about, and whether it must hold for all of them or for any."""
        if found := self.subjects(at):
            return found, True
        return self.sheet.items, _ALL.search(self.clause_text(at)) is not None

    @cached_property
    def labels(self) -> tuple[tuple[int, int, str], ...]:
        """Where fields of numbers, money and dates are named, as (start, end, word)."""
        return tuple(self.words.find("labels", self.text))

    def in_label(self, start: int, end: int) -> bool:
        """Say whether words are part of a field's name: 最低 in 最低年龄, 差 in 落差."""
        return any(first <= start and end <= last for first, last, _ in self.labels)

    def names_in_clause(self, at: int) -> bool:
        """Say whether an item is named in the clause that holds position `at`."""
        start, end = self.clause(at)
        return any(start <= group.start < end for group in self.groups)

    def negated(self, at: int) -> bool:
        """Say whether the word at `at` is denied in its clause."""
        start, _ = self.clause(at)
        before = self.text[max(start, at - 40) : at]
        return _NOT_EN.search(before) is not None or _NOT_ZH.search(before) is not None

    def has(self, group: str, at: int | None = None) -> bool:
        """Say whether words of a lexicon group stand in the sentence, or in the clause at `at`."""
        return lexicon.pattern(group).search(self.text if at is None else self.clause_text(at)) is not None


def read(sentence: str, sheet: FactSheet, requirements: Sequence[Requirement], language: str) -> Reading:
    """Return `sentence` read against `sheet`; references may stand as `[1]` or be rendered already."""
    implied: list[ItemFacts] = []

    def marked(match: re.Match[str]) -> str:
        if match["field"]:
            item = sheet.by_ref.get(int(match["item"]))
            if item:
                implied.append(item)
            return render(match.group(), sheet).text if match["field"] != "title" else _marks([item] if item else [])
        found = [sheet.by_ref.get(int(number)) for number in re.findall(r"\d+", match["items"])]
        return _marks([item for item in found if item])

    text = REFERENCE.sub(marked, sentence)
    for pattern, mark in _patterns(Same(sheet)):
        text = pattern.sub(mark, text)
    folded = fold(text)
    groups = tuple(
        Group(
            match.start(),
            match.end(),
            tuple(sheet.by_ref[ord(char) - _FIRST] for char in match.group() if char >= "\ue000" and char < "\ue100"),
        )
        for match in _GROUP.finditer(folded)
    )
    active = tuple(row for row in requirements if row.status == "active")
    return Reading(folded, text, sheet, active, language, groups, tuple(implied))


def _mark(item: ItemFacts) -> str:
    return chr(_FIRST + item.ref)


def _marks(items: Sequence[ItemFacts]) -> str:
    return "、".join(_mark(item) for item in items) if len(items) > 1 else "".join(_mark(item) for item in items)


def _name_pattern(name: str) -> str:
    head = r"(?<![A-Za-z0-9])(?:the\s)?" if name[0].isascii() else ""
    tail = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
    return head + re.escape(name).replace(r"\ ", r"\s+") + tail


@lru_cache(maxsize=32)
def _patterns(key: Same[FactSheet]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern and the mark for everything that an item of the sheet may be called."""
    return tuple(
        (
            re.compile(_name_pattern(name), re.IGNORECASE if is_whole else 0),
            f" {_mark(item)} " if name.isascii() else _mark(item),
        )
        for name, item, is_whole in _names(key.value)
    ) + tuple(_brands(key.value))


def _brands(sheet: FactSheet) -> list[tuple[re.Pattern[str], str]]:
    """Return patterns of "the Halden" and 哈尔登这款 for brands that one item of the sheet has."""
    brand = sheet.schema_.role("brand")
    found = []
    for item in sheet.items if brand else ():
        value = item.value(brand.name) if brand else None
        if value is None or sum(other.value(brand.name) == value for other in sheet.items if brand) > 1:
            continue
        words = {
            str(value),
            *(word for listed in (brand.values.get(str(value), {}) if brand else {}).values() for word in listed),
        }
        latin = "|".join(re.escape(word) for word in words if word.isascii())
        other = "|".join(re.escape(word) for word in words if not word.isascii())
        parts = [rf"(?<![A-Za-z])[Tt]he\s(?:{latin})(?![A-Za-z])"] if latin else []
        parts += [rf"(?:{other})的?(?:这|那)[一]?[款个台件]"] if other else []
        found.append((re.compile("|".join(parts)), f" {_mark(item)} "))
    return found


def _names(sheet: FactSheet) -> list[tuple[str, ItemFacts, bool]]:
    """Return what items may be called, the longest first: titles (True), and parts that only one item has (False)."""
    whole = {name: item for item in sheet.items for name in (*item.names, item.title)}
    parts: dict[str, set[int]] = {}
    for item in sheet.items:
        for name in item.names:
            for part in _parts(name, sheet.schema_):
                parts.setdefault(part, set()).add(item.ref)
    short = {
        part: sheet.by_ref[next(iter(refs))] for part, refs in parts.items() if len(refs) == 1 and part not in whole
    }
    return [
        (name, item, is_whole)
        for names, is_whole in ((whole, True), (short, False))
        for name, item in sorted(names.items(), key=lambda pair: -len(pair[0]))
    ]


def _parts(name: str, schema: Schema) -> set[str]:
    """Return the parts of a title that could stand for it: runs of its words that are not all words of the schema."""
    words = name.split()
    known = vocabulary(schema).plain
    found = set()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end]).strip(",.:;()")
            own = [
                word
                for word in words[start:end]
                if word.casefold().strip(",.:;()") not in known and not _is_amount(word)
            ]
            if not own or end - start == len(words) or _is_amount(part):
                continue
            proper = any(
                word[:1].isupper() or any(char.isdigit() for char in word) or not word.isascii() for word in own
            )
            if proper and len(part) >= (3 if part.isascii() else 2) and not part.isdigit():
                found.add(part)
    return found


def _is_amount(word: str) -> bool:
    """Say whether a part of a title is a figure with its unit (16升, 1 L), which is a fact and no name."""
    if not any(char.isdigit() for char in word):
        return False
    return any(found.unit is not None and found.text == word for found in find_quantities(word))
