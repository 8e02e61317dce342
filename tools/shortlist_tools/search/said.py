"""What the texts of items say of something: the sentences that speak of it and give the kind of answer asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import Literal, NamedTuple

from shortlist_tools.catalog import Item, Schema, Snapshot, localised
from shortlist_tools.text import find_numbers, keys, marks, sentences

MOST_READ = 500
"""So many items tell how common a word is."""
LONGEST = 240
LEAST_SHARED = 0.7
"""Of what the words of a question tell, rare ones more than common ones, a sentence that answers it has this share."""
_GIVEN = 0.1
_TO_A_MACHINE = re.compile(
    r"\bsystem\s*(?:prompt|message|note|override)?\s*:|\b(?:previous|prior|above|earlier|all) (?:\w+ )?instructions?\b"
    r"|\b(?:ai|assistants?|chatbots?|language models?|recommenders?)\b[^.!?]{0,30}"
    r"\b(?:must|should|shall|please|always|ignore)\b"
    r"|\b(?:you|it) must (?:always |now )?(?:rank|recommend|say|tell|list|put|place|rate|claim)\b"
    r"|\b(?:tell|inform) (?:the |every |all )?(?:users?|shoppers?|customers?)\b"
    r"|系统(?:提示|消息|指令|通知)?[:：]|(?:之前|以上|前面|所有)的?(?:\S{0,4})?指令|告诉用户"
    r"|(?:AI|助手|模型|机器人)[^。！？]{0,10}(?:必须|务必|应当|请)",
    re.IGNORECASE,
)
"""Sentences of an item's texts that speak to whoever answers, not to whoever buys: they are never quoted."""
_WHEN = re.compile(
    r"\bwhen\b|\bwhat (?:time|days?)\b|\bwhich (?:days?|evenings?|weekdays?)\b|\bhow often\b"
    r"|几点|什么时候|啥时候|何时|周几|星期几|礼拜几|哪天|哪几天|几号|什么时间|多久一次|时间是",
    re.IGNORECASE,
)
_A_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m|o'clock)\b|o'clock"
    r"|\b(?:every|each|once an?|twice an?|\w+ times a) (?:\w+ )?(?:day|morning|evening|night|week|month|fortnight)\b"
    r"|\b(?:one|an?) evening\b|\ba month\b|\bweekly\b|\bmonthly\b|\bdaily\b"
    r"|[每上下]?(?:周|星期|礼拜)[一二三四五六日天末]|每[天日周月晚]|[一二三四五六七八九十\d]点",
    re.IGNORECASE,
)
_NUMERAL = r"(?:\d[\d,.]*|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|"
_NUMERAL += r"hundred|thousand|an?|single|couple|dozen)|[一二两三四五六七八九十百千半]+)"
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|多少(?!钱)", re.IGNORECASE)
_COUNTED_ZH = re.compile(r"几(?:个)?([\u4e00-\u9fff])(?<![个点号岁周月天年乎千百万十])(?!钟)")
_EACH_ZH = re.compile(r"[每一]([\u4e00-\u9fff])[课]?(?:是|要|有|大概)?(?:多长|多久|几分钟|几小时|多少分钟)")
_HOW_LONG = re.compile(
    r"\bhow long\b|\bhow (?:much|many) (?:time|minutes|hours)\b|多长|多久(?!一次)|几(?:分钟|小时|个小时)"
)
_EACH_PRICE = re.compile(
    r"\b(?:price|cost|costs|much|pay|is (?:it|that))\b[^,.;!?]{0,24}?"
    r"\b(?:per|each|for (?:one|each|a single|every)|an?) ([a-z]+)\b"
    r"|^\W*(?:and )?(?:what's |what is )?(?:the )?(?:price )?per ([a-z]+)\b"
    r"|(?:多少钱|几块钱?|什么价|多贵)[一每]([\u4e00-\u9fff])"
    r"|(?:(?<!第)一|每|单|平均每?)([\u4e00-\u9fff])(?:课|面膜)?(?:是|要|得|合)?(?:多少钱|几块|什么价)",
    re.IGNORECASE,
)
_A_LENGTH = re.compile(
    rf"{_NUMERAL}[- ]?(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|seconds?)\b"
    rf"|{_NUMERAL}(?:个)?(?:分钟|小时|天|周|月|年|秒)",
    re.IGNORECASE,
)


class Asked(NamedTuple):
    """The kind of answer that a question wants, and in Chinese the measure that it asks the number or length of."""

    kind: Literal["", "when", "how_many", "how_long"] = ""
    measure: str = ""


ANYTHING = Asked()


class Passage(NamedTuple):
    """A title, a sentence of a description, or a review."""

    source: Literal["title", "description", "review"]
    text: str


def passages(item: Item, schema: Schema, language: str) -> tuple[Passage, ...]:
    """Return what may be quoted of an item: the sentences that describe it, then its reviews."""
    return tuple(_passages(item, schema, language))


def _passages(item: Item, schema: Schema, language: str) -> Iterator[Passage]:
    for text in sentences(item.text(schema.roles.get("description", ""), language)):
        if not speaks_to_a_machine(text):
            yield Passage("description", _short(text))
    for review in item.reviews:
        if not any(speaks_to_a_machine(text) for text in _texts(review.text)):
            yield Passage("review", _short(localised(review.text, language)))


def speaks_to_a_machine(text: str) -> bool:
    """Return whether a text gives orders to whoever answers."""
    return _TO_A_MACHINE.search(text) is not None


def asked_of(message: str) -> Asked:
    """Return the kind of answer that a question wants: a time, a figure, or a length."""
    if _WHEN.search(message):
        return Asked("when")
    counted, each = _COUNTED_ZH.search(message), _EACH_ZH.search(message)
    if counted:
        return Asked("how_many", counted[1])
    if _HOW_LONG.search(message):
        return Asked("how_long", each[1] if each else "")
    return Asked("how_many") if _HOW_MANY.search(message) else Asked()


def speaking(
    item: Item, schema: Schema, language: str, wanted: Mapping[str, float], asked: Asked = ANYTHING
) -> list[Passage]:
    """Return the passages of an item that speak of what is wanted and give the kind of answer asked for, best first.

    Args:
        item: The item.
        schema: The catalog's schema.
        language: The language to quote in, where the item has it.
        wanted: How much each word of the question tells, by its key; see `told_by`.
        asked: The kind of answer.
    """
    name = keys(" ".join(_texts(item.values.get(schema.roles.get("title", ""), ""))))
    # Words of the title only name the item, unless nothing else is asked about.
    # A figure is asked about, and need not be the one that is told: a 13 inch laptop, in a bag for 16 inches.
    telling = {key: tells for key, tells in wanted.items() if key not in name and not key[:1].isdigit()} or wanted
    found = []
    for place, one in enumerate(passages(item, schema, language)):
        here = keys(one.text)
        given = _gives(asked, one.text, wanted)
        if asked.kind and not given:
            continue
        shared = sum(weight for key, weight in telling.items() if key in here)
        # A weekday tells when it is, and 八节 how many there are, whatever other words the sentence has.
        plain = (asked.kind == "when" or asked.measure) and one.source == "description"
        if (shared and shared >= LEAST_SHARED * sum(telling.values())) or plain:
            found.append((-shared - _GIVEN * given, place, one))
    found.sort(key=lambda each: each[:2])
    return [one for score, _, one in found if score <= LEAST_SHARED * found[0][0]]


def _gives(asked: Asked, text: str, wanted: Mapping[str, float]) -> int:
    """Return how many answers of the kind that is asked for a text gives."""
    if asked.kind == "when":
        return len(_A_TIME.findall(text))
    if asked.kind == "how_long":
        each = f"[每一]{asked.measure}" if asked.measure else ""
        return len(_A_LENGTH.findall(text)) if re.search(each, text) else 0
    if asked.measure:
        return len(re.findall(rf"{_NUMERAL}(?:个|多)?{asked.measure}", text))
    here = [mark for mark in marks(text) if mark.key in wanted]
    counted = rf"{_NUMERAL}(?:[ -][\w-]+){{0,2}}[ -]?$"
    return sum(re.search(counted, text[: mark.start], re.IGNORECASE) is not None for mark in here)


def priced_by(message: str) -> str:
    """Return what a price is asked for one of: "per lesson", 多少钱一片; nothing where it is not."""
    found = _EACH_PRICE.search(message)
    return next(word for word in found.groups() if word) if found else ""


def count_of(item: Item, schema: Schema, language: str, unit: str) -> float | None:
    """Return how many of `unit` an item is, as its title or its description plainly counts them: Ten cloth masks."""
    title = item.text(schema.roles.get("title", ""), language)
    for text in (title, *(one.text for one in passages(item, schema, language) if one.source == "description")):
        if unit.isascii():
            ends = [mark.start for mark in marks(text) if mark.key in keys(unit)]
            before = [re.search(rf"({_NUMERAL})(?:[ -][\w-]+){{0,2}}[ -]?$", text[:end], re.IGNORECASE) for end in ends]
        else:
            before = [re.search(rf"({_NUMERAL})(?:个|多)?{unit}", text)]
        counted = [find_numbers(match[1]) for match in before if match is not None]
        found = [numbers[0].low for numbers in counted if numbers and numbers[0].low > 1]
        if found:
            return found[0]
    return None


def told_by(words: Iterable[str], snapshot: Snapshot) -> dict[str, float]:
    """Return how much each word tells, by its key: rare ones of the catalog more than common ones.

    A pair of Chinese characters that no item has, beside one that some have, is no word but the joint of two.
    """
    common, size = _common(snapshot)
    wanted = set(words)
    met = {word for word in wanted if common[word]}
    joints = {
        word
        for word in wanted - met
        if len(word) == 2 and not word.isascii() and any(word[0] in one or word[-1] in one for one in met)
    }
    return {word: log(1.0 + size / (common[word] + 0.5)) for word in wanted - joints}


def known(words: Iterable[str], snapshot: Snapshot) -> frozenset[str]:
    """Return those of the keys that a text of the catalog has."""
    common, _ = _common(snapshot)
    return frozenset(word for word in words if common[word])


@lru_cache(maxsize=2)
def _common(snapshot: Snapshot) -> tuple[Counter[str], int]:
    rows = range(min(len(snapshot), MOST_READ))
    return Counter(word for item in snapshot.items(rows) for word in _words_of(item, snapshot.schema)), max(
        1, len(rows)
    )


def _words_of(item: Item, schema: Schema) -> frozenset[str]:
    named = (schema.roles.get(role, "") for role in ("title", "description"))
    texts = [text for name in named for text in _texts(item.values.get(name, ""))]
    texts += [text for review in item.reviews for text in _texts(review.text)]
    return frozenset().union(*map(keys, texts))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _texts(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value)]
