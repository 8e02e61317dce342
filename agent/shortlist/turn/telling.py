"""What a question about items really asks: the unit of its answer, and whether a field of theirs answers it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from shortlist_tools.catalog import Field, Item, Schema
from shortlist_tools.text import WORDS, dimension, tokens

_UNMEASURED = frozenset({"money", "count", "rating", "age", "percent", "pixels", None})
_PLAIN = frozenset(
    re.findall(
        "[a-z]+",
        "a about all also and any anything are ask at be best better big both but buy can come contain contained could "
        "do does easily enough even exactly far few first fit for from get go good got great have hold how i if in "
        "include is it item kind large last long look lot made make many mean much my need nice of ok okay on one or "
        "pair people possible product quite real really say second should small so some sort still suit suitable "
        "suited take tell than that the there these they thing think third this to too type use used very well what "
        "when where which will with without work would you your",
    )
)
"""Words of questions that say nothing of what is asked about."""
_PLAIN_ZH = re.compile(
    r"第[一二三四五六七八两]+[个款种双台盏瓶]?|[这那哪]+[个款种些双台盏瓶]?|怎么样?|如何|什么|多少|可以|适合|有没有|是不是|能不能|会不会|需要|"
    r"[的了吗呢吧啊呀嘛么是有能会要很太好不用它他她我你您个含带被把和与跟或也都还再就得着过到给在]"
)
_POINTS = re.compile(
    r"\b(?:1st|2nd|3rd|4th|last|whats|hows|does|did|was|were|should|would|isn't|doesn't|don't|can't|ok|okay|just|"
    r"please|tell|me|more|about|info|details?|both|one|ones|him|her|his|myself|somebody|anyone|people)\b"
    r"|(.)(?:不|没)\1|没问题|没有?人|告诉|讲讲|说说|介绍|一下|请问|有没有|刚才|好像|是否|会不会|算不算|大概|到底|一般"
)
_COUNTS = re.compile(
    r"\b(?:the|this|that)? ?(?:first|second|third|last|1st|2nd|3rd)(?: (?:one|item|option))?\b"
    r"|(?:刚才)?(?:第[一二三四五六\d]|[这那])[个款双副台件盏瓶本篇门]的?",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\b(?:for|in|of|by|from|with|to|at|on)$|^[适产属用]")
"""Names of fields that read on into their values."""


def asked_units(message: str, fields: Sequence[str], items: Iterable[Item], schema: Schema) -> dict[str, str]:
    """Return by field the unit that an answer is wanted in: "how many ml", "in pounds", 多少毫升.

    Where no field of such a measure is among `fields`, it is the one that most of `items` have.
    """
    text = message.casefold()
    unit = next((unit for word, unit in _measures().items() if _pattern(word).search(text)), None)
    if unit is None:
        return {}
    fitting = [one for one in schema.fields if one.shown and one.unit and dimension(one.unit) == dimension(unit)]
    among = [one for one in fitting if one.name in fields]
    if among or fields:
        return {one.name: unit for one in among}
    counts = {one.name: sum(one.name in item.values for item in items) for one in fitting}
    best = max(counts, key=lambda name: counts[name], default=None)
    return {best: unit} if best is not None and counts[best] else {}


@cache
def _measures() -> dict[str, str]:
    found = {word: unit for word, unit in WORDS.items() if dimension(unit) not in _UNMEASURED}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    if word.isascii():
        return re.compile(rf"\b(?:how many|in|into|number of)\s+{re.escape(word)}\b")
    return re.compile(rf"(?:多少|几|合|按|用|以|是){re.escape(word)}")


def answering_fields(fields: Sequence[str], wonder: str, items: Sequence[Item], schema: Schema) -> tuple[str, ...]:
    """Return those of `fields` that answer a question: what it is about is their name, or one of their values.

    A value of a list that stands beside words which the field knows nothing of ("good for wide feet") answers only for
    items that have it.
    """
    return tuple(name for name in fields if _answers(schema.get(name), fields, wonder, items, schema))


def _answers(field: Field | None, fields: Sequence[str], wonder: str, items: Sequence[Item], schema: Schema) -> bool:
    if field is None or field.kind not in ("category", "multi_category"):
        return True
    left = wonder.casefold()
    if any(_without(left, word) != left for word in _own_names(field)):
        return True
    named = [word for one in map(schema.get, fields) if one is not None for word in _names(one)]
    for word in sorted(named, key=len, reverse=True):
        left = _without(left, word)
    if not _telling(left):
        return True
    asked = wonder.casefold()
    said = {
        value
        for value, by in field.values.items()
        if any(_without(asked, word) != asked for words in by.values() for word in words)
    }
    return any(said & _held(item.values.get(field.name)) for item in items)


def _own_names(field: Field) -> list[str]:
    """Return the field's names that say what it is of themselves: none that only leads to a value (good for, 适合)."""
    words = [*field.label.values(), *(word for names in field.aliases.values() for word in names)]
    return [word for word in words if not _LEADS.search(word)]


def _names(field: Field) -> list[str]:
    words = [*field.label.values(), *(word for names in field.aliases.values() for word in names)]
    return [*words, *(word for by in field.values.values() for names in by.values() for word in names)]


def _without(text: str, word: str) -> str:
    word = word.casefold()
    if word.isascii():
        return re.sub(rf"\b{re.escape(word)}(?:s|es|ed|ing)?\b", " ", text)
    return text.replace(word, " ")


def _telling(words: str) -> list[str]:
    """Return the words that say what a question is about."""
    return telling_words(_PLAIN_ZH.sub(" ", words))


def named_fields(message: str, schema: Schema) -> tuple[str, ...]:
    """Return the fields whose names stand in a question, single Chinese characters not counted."""
    text = message.casefold()
    found = []
    for field in schema.fields:
        flags = [word for words in field.flag_words.values() for word in words]
        words = [word for word in (*_own_names(field), *flags) if len(word) > 1]
        if field.shown and any(_without(text, word) != text for word in words):
            found.append(field.name)
    return tuple(found)


def without_pointers(message: str) -> str:
    """Return a question without the words that say which of the items shown it is about."""
    return _COUNTS.sub(" ", message).strip() or message


def wondered(message: str) -> str:
    """Return the words of a question that say what it is about, those that only point at an item left out."""
    return " ".join(telling_words(_PLAIN_ZH.sub(" ", _POINTS.sub(" ", message.casefold()))))


def telling_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about, as tokens; pairs of characters for Chinese."""
    found = []
    for word in tokens(text):
        adverb = word.isascii() and word.endswith("ly") and len(word) > 4
        if len(word) > 1 and word not in _PLAIN and not adverb and not _PLAIN_ZH.fullmatch(word):
            found.append(word)
    return found


def _held(value: object) -> set[object]:
    return set(value) if isinstance(value, list | tuple) else {value}
