"""What a question about items really asks: the unit of its answer, and whether a field of theirs answers it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from shortlist_tools.catalog import Field, Item, Schema
from shortlist_tools.text import WORDS, dimension, key_of, marks, tokens

_UNMEASURED = frozenset({"money", "count", "rating", "percent", "pixels", None})
_PLAIN = frozenset(
    re.findall(
        "[a-z]+",
        "a about all also and any anything are ask at be best better big both but buy can come contain contained could "
        "do does during each easily enough even exactly far few first fit for free from get give go good got great "
        "hate have hold how i if in "
        "include is it item kind large last long look lot made make many mean much my need nice of ok okay on one or "
        "pair people possible product quite real really say second should show small so some sort still stuff suit "
        "suitable suited take tell than that the there these they thing think third this to too type use used very "
        "version instead them well what when where which will with without work would you your",
    )
)
"""Words of questions that say nothing of what is asked about."""
_PLAIN_ZH = re.compile(
    r"第[一二三四五六七八两]+[个款种双台盏瓶]?|[这那哪]+[个款种些双台盏瓶]?|怎么样?|如何|什么|多少|可以|适合|有没有|是不是|能不能|会不会|需要|"
    r"多[长久大]|几[个点号]?|每|[一有][点些]儿?|"
    r"[的了吗呢吧啊呀嘛么是有能会要很太好不用它他她我你您个含带被把和与跟或也都还再就得着过到给在]"
)
_POINTS = re.compile(
    r"\b(?:1st|2nd|3rd|4th|last|whats|hows|does|did|was|were|should|would|isn't|doesn't|don't|can't|ok|okay|just|"
    r"please|tell|me|more|about|info|details?|both|"
    r"(?:number|no\.?|option|item) ?(?:\d|one|two|three|four|five)|one|ones|him|her|his|myself|somebody|anyone|"
    r"people)\b"
    r"|(.)(?:不|没)\1|没问题|没有?人|告诉|讲讲|说说|介绍|一下|请问|有没有|刚才|好像|是否|会不会|算不算|大概|到底|一般"
)
_BETTER = re.compile(r"better|best|nicer|worse|prefer|recommend|choose|pick|buy|买|选|挑|推荐|值得")
_WHERE = re.compile(r"\bwhere\b|在哪|哪[里儿]|什么地方")
_HALF = 2
_DEGREE = 4
"""Letters by which a word of degree is known in its plain form: heavy, heavier."""
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
    if among or any(schema.by_name[name].kind == "number" for name in fields):
        return {one.name: unit for one in among}
    if dimension(unit) == "age" or fields:
        return {one.name: unit for one in fitting} if dimension(unit) == "age" else {}
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


def answering_fields(
    fields: Sequence[str], wonder: str, items: Sequence[Item], schema: Schema, message: str = ""
) -> tuple[str, ...]:
    """Return those of `fields` that answer a question: what it is about is their name, or one of their values.

    A value of a list that stands beside words which the field knows nothing of ("good for wide feet") answers only for
    items that have it; one that only describes what another word of the `message` names ("gift wrapped") answers
    nothing.
    """
    kept = [name for name in fields if not only_describes(schema.get(name), message, schema)]
    kept = [name for name in kept if not _is_a_thing(schema.get(name), message)]
    where = _WHERE.search(message.casefold()) is not None
    return tuple(
        name
        for name in kept
        if where or _is_told_apart(schema.get(name), message) or _answers(schema.get(name), kept, wonder, items, schema)
    )


def _is_told_apart(field: Field | None, message: str) -> bool:
    """Return whether both halves of a field's Chinese name stand in the message: 周边 and 景点, of 周边景点."""
    names = [name for name in _own_names(field) if len(name) == 2 * _HALF and not name.isascii()] if field else []
    return any(name[:_HALF] in message and name[_HALF:] in message for name in names)


def left_open(fields: Sequence[str], wonder: str, schema: Schema) -> bool:
    """Return whether a question names what the fields it asks for know nothing of: how long is each lesson."""
    asked = [field for field in map(schema.get, fields) if field is not None]
    return any(not any(_is_of(field, word) for field in asked) for word in _telling(wonder))


def only_describes(field: Field | None, message: str, schema: Schema) -> bool:
    """Return whether the words of a field in `message` only describe what another names: small parts, 味道大吗."""
    if field is None or any(_without(message.casefold(), word) != message.casefold() for word in _own_names(field)):
        return False
    kind = schema.role("kind")
    words = re.findall(r"[a-z'-]+", _POINTS.sub(" ", message.casefold()))
    for word, after in pairwise(words):
        if _is_of(field, word):
            named = telling_words(after) and not _is_of(field, after) and not (kind and _is_of(kind, after))
            return bool(named and not after.endswith("ly"))
    for chunk in _PLAIN_ZH.sub(" ", _COUNTS.sub(" ", message)).split():
        rest = chunk.rstrip("?？。!！")
        if len(rest) > 2 and field.kind == "number" and rest[-1] in _degrees_zh(field):
            return not (kind and _is_of(kind, rest[:-1]))
    return False


def _is_a_thing(field: Field | None, message: str) -> bool:
    """Return whether a field's word of degree names a thing in `message` that items have: does it have warm light?"""
    if field is None or field.kind not in ("number", "money"):
        return False
    last = re.search(
        r"\b(?:have|has|got|give|gives|with|make|makes|is the|the|an?) (?:\w+ ){0,2}(\w+)\W*$", message.casefold()
    )
    degrees = {word for by in (field.more, field.less) for names in by.values() for word in names}
    return last is not None and last[1] in degrees and not any(w in message.casefold() for w in _own_names(field))


def _degrees_zh(field: Field) -> set[str]:
    words = [word for by in (field.more, field.less) for word in by.get("zh", ())]
    return {char for word in words for char in word} - set("更一点些的")


def _is_of(field: Field, word: str) -> bool:
    """Return whether a word is one of a field's names, values or degrees, in any form."""
    if not word.isascii():
        return any(word in name or name in word for name in _names(field) if not name.isascii())
    degrees = [each for by in (field.more, field.less) for names in by.values() for each in names]
    flags = [each for names in field.flag_words.values() for each in names]
    plain = key_of(word)
    named = [part for each in (*_names(field), *flags) if each.isascii() for part in telling_words(each)]
    return any(part[:_DEGREE] == word[:_DEGREE] for each in degrees for part in each.casefold().split()) or any(
        key_of(part) == plain for part in named
    )


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
    bare = _PLAIN_ZH.sub(" ", _POINTS.sub(" ", message.casefold())).split()
    return " ".join(word for word in bare if telling_words(word))


def sought_words(wonder: str) -> str:
    """Return those words of a question that say what it is about, as they were written."""
    return " ".join(word for word in wondered(wonder).split() if telling_words(word) and not _BETTER.fullmatch(word))


def told_words(text: str) -> tuple[str, ...]:
    """Return the keys of the words of `text` that say what it is about, in order."""
    bare = _POINTS.sub(" ", text.casefold())
    # Words of the lexicon go before the plain ones inside them: 两个设备.
    known = [mark for mark in marks(bare) if mark.key.startswith("=") and _tells(bare[mark.start : mark.end])]
    rest = list(bare)
    for mark in known:
        rest[mark.start : mark.end] = " " * (mark.end - mark.start)
    told = _PLAIN_ZH.sub(" ", "".join(rest))
    others = [mark.key for mark in marks(told) if telling_words(told[mark.start : mark.end])]
    return tuple(dict.fromkeys([*(mark.key for mark in known), *others]))


def _tells(word: str) -> bool:
    """Return whether a word of the lexicon says what something is about; one character may, as 甜 does."""
    return bool(telling_words(word)) or (len(word) == 1 and not _PLAIN_ZH.fullmatch(word))


def telling_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about, as tokens; pairs of characters for Chinese."""
    found = []
    for word in tokens(text):
        adverb = word.isascii() and word.endswith("ly") and len(word) > 4
        if len(word) > 1 and word not in _PLAIN and not adverb and not _PLAIN_ZH.fullmatch(word):
            found.append(word)
    return found


@cache
def plain_keys() -> frozenset[str]:
    """Return the keys of the words that say nothing of what is asked about, which their other forms share: showed."""
    return frozenset(map(key_of, _PLAIN))


def _held(value: object) -> set[object]:
    return set(value) if isinstance(value, list | tuple) else {value}
