"""Reads what a message asks of the conversation, the shop or its advice; only where whole sentences ask just that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from shortlist.inquiry.asking import points_at_one
from shortlist_prompts.word_files import load_words
from shortlist_tools.text import find_numbers

Inquiry = Literal[
    "abilities", "my_name",
    "who", "wellbeing", "asked", "shown", "stock", "left", "total", "why_not", "why", "drop", "pick", "opinions",
    "pay", "returns", "shipping", "warranty", "cart", "discount", "staff", "complaint", "paid", "promoted", "based",
    "promise", "margin", "rude", "made", "privacy", "privacy_guest", "mood", "browsing", "english", "chinese",
]  # fmt: skip
SERVICES: dict[Inquiry, tuple[str, ...]] = {
    "pay": ("pay", "付款", "支付"),
    "returns": ("return", "refund", "退"),
    "shipping": ("ship", "deliver", "配送", "送货", "发货", "包邮"),
    "warranty": ("warrant", "guarantee", "保修", "质保"),
    "cart": (),
    "discount": ("discount", "coupon", "折扣", "优惠"),
    "staff": ("opening", "hours", "address", "phone", "营业", "地址", "电话"),
}
"""What belongs to the shop rather than to the catalog, with the beginnings of words by which a field knows of it."""
_MOST = 99
_NUMBER = r"(two|three|four|five|six|ten|\d{1,2})\b"
_OF_ONE = r"(?: (?!of\b)[a-z]+)? of (?:the (?:first|second|third|last)(?: one)?|them|it|those|these|this|that)\b"
_TIMES = re.compile(
    rf"how much (?:for|are|is|would|will|do)(?: be)? (?:buying |getting )?{_NUMBER}(?:{_OF_ONE}|(?: (?:be|cost))?\W*$)"
    rf"|^\W*(?:and )?{_NUMBER}{_OF_ONE}\W+(?:how much|what (?:would|does|do|will))\b"
    r"|(?<!第)(?<![\d百千万])([两二三四五六七八九十]|\d{1,2})[个款双副台件种盏瓶本份张包盒套](?:第.[个款]|它|这个|这款|那个)?的?(?:一共|总共|要|得|是)?多少钱"
    r"|(?:来|要|买|拿|订)(?:上|个)?([两二三四五六七八九十]|\d{1,2})[个款双副台件种盏瓶本份张包盒套](?!人).{0,8}(?:多少钱|总价|一共|总共|几块|多少)"
    r"|(?:if i|i'll|i will|i'd|let me|give me|can i|want to|we) ?(?:take|get|buy|order|have|want)?"
    r" (two|three|four|five|six|ten|\d{1,2})(?: of (?:them|it|those|these|the \w+))?\b"
    r".{0,12}\b(?:how much|what does it cost|total|price)"
    r"|(?:what|how much)(?:'s| is| would| do| does| will)? (?:would |do |the price (?:of|for) )?"
    r"(two|three|four|five|six|ten|\d{1,2})(?: of (?:them|it|those|these|the \w+))? (?:cost|be|come to)\b"
)
_OF_IT = re.compile(r"^(?:(?:这|那|该)[个款件本双台瓶]|它|第[一二三四五\d][个款件本双台瓶]?)(?=.)")
_CLIPPED = re.compile(r"\b(what|how|where|who|when|that|it)s\b(?! (?:name|own|\w+ing\b))")
_THE_ONE = re.compile(r"\b(?:it|this|that)\b|[这那][个款]|它(?!们)")
_PARTS = ("before", "after", "better", "until_now", "lowest", "highest", "beside")
_SENTENCE = re.compile(r"[.!?。！？;；~～…\n]+(?=\s|$|[\u4e00-\u9fff])|[。！？；～…]+")


@lru_cache(maxsize=8)
def read_inquiry(message: str) -> Inquiry | None:
    """Return what `message` asks of this kind; None where any sentence of it asks or says anything else."""
    found: Inquiry | None = None
    for sentence in _sentences(message):
        kinds = [] if _joined("beside").fullmatch(sentence) else [_kind(sentence)]
        if kinds == [None]:
            parts = [part.strip() for part in re.split("[,，、]", sentence) if part.strip()]
            kinds = [_kind(part) for part in parts if not _joined("beside").fullmatch(part)]
            if None in kinds and any(kind in SERVICES for kind in kinds):
                # Who says which one it is, and then how to order it, asks just that.
                kinds = [kind for kind, part in zip(kinds, parts, strict=False) if kind or not points_at_one(part)]
        if None in kinds:
            return None
        for kind in kinds:
            found = kind if found in (None, "wellbeing") else found
    return found


def asked_language(message: str) -> Literal["en", "zh"] | None:
    """Return the language that `message` asks to go on in, and nothing else: "let's speak English", 请说中文."""
    kind = read_inquiry(message)
    return "en" if kind == "english" else "zh" if kind == "chinese" else None


def asks_for_the_better(message: str) -> bool:
    """Return whether `message` asks which of items that it names is the better one."""
    return _joined("better").search(message.casefold()) is not None


def how_many_of_one(message: str) -> int | None:
    """Return how many of one item `message` asks the price of: "how much for two of the first?", 三份多少钱."""
    found = _TIMES.search(message.casefold())
    if found is None:
        return None
    word = next(group for group in found.groups() if group)
    number = find_numbers(word)
    return int(number[0].low) if number and 1 < number[0].low <= _MOST else None


def speaks_of_the_one(message: str) -> bool:
    """Return whether `message` points at a single thing without saying which: "why that one?", 为什么推荐它."""
    return _THE_ONE.search(message.casefold()) is not None


def speaks_of_shown(message: str) -> bool:
    """Return whether `message` speaks of what was shown until now."""
    return _joined("until_now").search(message.casefold().replace("’", "'")) is not None


def bare_extreme(message: str) -> Literal["lowest", "highest"] | None:
    """Return the end that `message` asks for where it asks for nothing but the utmost figure: "what's the highest?"."""
    (sentence, *more) = [*_sentences(message)] or [""]
    for end in ("lowest", "highest"):
        if not more and _joined(end).fullmatch(sentence):
            return end
    return None


def _sentences(message: str) -> Iterator[str]:
    """Yield the sentences that say something, in lower case, without the words that only lead in or out."""
    text = _CLIPPED.sub(r"\1's", message.casefold().replace("’", "'"))
    for part in _SENTENCE.split(text):
        kept = part.strip(" ,，、:：'\"“”")
        while kept and (lead := _joined("before").match(kept)):
            kept = kept[lead.end() :]
        if kept:
            yield kept


def _kind(sentence: str) -> Inquiry | None:
    shorter = _joined("after").sub("", sentence).strip(" ,，")
    for words in dict.fromkeys((sentence, shorter, _joined("after").sub("", shorter).strip(" ,，"))):
        for name in _entries():
            if name not in _PARTS and words and _joined(name).fullmatch(words):
                return name  # type: ignore[return-value]
    # What the shop does is asked of an item as well: "how soon does it get here".
    rest = _OF_IT.sub("", shorter)
    if rest == shorter:
        return None
    return next((name for name in SERVICES if _joined(name).fullmatch(rest)), None)


@cache
def _joined(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _entries()[name]))


@cache
def _entries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = load_words(files(__package__).joinpath("forms.yaml").read_text("utf-8"))
    return found
