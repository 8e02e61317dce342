"""How people say amounts in passing, put into the plain words that quantities are read from."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from shortlist_tools.text import Quantity, find_quantities

from .spelling import Spelling, one_wrong
from .words import general_words

_AMOUNT = (
    r"(?:[$€£¥]|\d|an?\b|half\b|one\b|two\b|three\b|four\b|five\b|six\b|eight\b|ten\b|twelve\b|twenty\b|"
    r"thirty\b|forty\b|fifty\b|the )"
)

_PLAIN = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b(?:just |a (?:bit|little|tad|touch) |slightly )?(?:south|shy|short) of (?=" + _AMOUNT + ")", "under "),
        (r"\b(?:just |a (?:bit|little|tad|touch) |slightly |comfortably |well |safely )(?=(?:under|below|less|over|"
            r"above|more)\b)", ""),
        (r"\bsub[- ]?(?=[$€£¥]?\d)", "under "),
        (r"\b(?:go|goes|going|run|runs|running|get|gets|last|lasts|stretch|stretches|drag|drags|take|takes|creep|"
            r"creeps)"
         r"(?: me| us| on| out| much| any| way)* (?:past|beyond|north of) (?=" + _AMOUNT + ")", "go over "),
        (r"\b(?:cost|costs|set|sets|run|runs|come to|comes to)(?: (?:me|us|him|her|"
            r"them))?(?: back)? (?=(?:any )?(?:more|less|over|under|above|below)\b)",
         "cost "),
        (r"\b(?:stretch|go|push|extend|climb|rise|tops? out|max(?:es)? out|goes|bump (?:it|that)|raise (?:it|that))"
         r"(?: it| myself| up| as high as| as far as)* (?:to|at|as high as|as far as) (?=[$€£¥]?\d)", "up to "),
        (r"\b(?:rais(?:e|ed|ing)|increase|bump|lift|extend|lower|reduce|cut|change|move|up)\b[^.,;:!?\d]{1,24}\bfrom "
         r"[$€£¥]?\d[\d.]*\s?(?:dollars|bucks|euros?|pounds?|quid|usd|eur)? to (?=[$€£¥]?\d)", "up to "),
        (r"(?:从|(?<=预算)由?)[\d.一二两三四五六七八九十百千万]+(?:美元|欧元|英镑|块|元|刀)?钱?"
         r"(?:提[高升]?|[上下]调|[增追]加|降低?|放宽|调整?|涨|加|升|减|改)(?:到|至|成|为)"
         r"(?=[\d一二两三四五六七八九十百千])", "不超过"),
        (r"\b(?:or )?(?:somewhere |anywhere |something )?(?:in the (?:ballpark|vicinity|neighbou?rhood|area|"
            r"region) of|on the order of|in or around|"
         r"anywhere near|there ?abouts) (?=" + _AMOUNT + ")", "around "),
        (r"(?<=\d)\s?[*★☆](?![\d*])", " stars"),
        (r"\bhalf a grand\b", "500 dollars"),
        (r"\b(?:a )?tenner\b", "10 quid"),
        (r"\b(?:a )?fiver\b", "5 quid"),
        (r"\bin the (\d)00s\b", r"between \g<1>00 and \g<1>99"),
        (r"(?<=\d)[- ]?(?:odd|(?:and )?something)\b|(?<=hundred)[- ](?:odd|(?:and )?something)\b", "多"),
        (r"(?<![零〇一二两三四五六七八九十\d])百(?:来|十来)(?=块|元)", "100左右"),
        (r"(?<=[们咱我你])俩(?:个?人)?", "2个人"),
        (r"(?<=[们咱])仨(?:个?人)?", "3个人"),
        (r"双人(?![床间房份])", "2人"),
        (r"\b(?:just |only )?the two of us\b", "2 people"),
        (r"(?:别|不|勿|莫)(?:要|能|会|想|可)?[超过](?=[\d一二两三四五六七八九十百千])", "不超过"),
        (r"要不要(?:付|花|收)?(?:钱|费)|(?<![不免])(?:要|收)(?:付|花)?(?:钱|费)(?=[吗么嘛?？])", "多少钱"),
        (r"(?:块|元)?(?:钱)?(?:就)?(?:顶天了?|到头了?|打住|封顶了)", "元以内"),
    )
]  # fmt: skip
_SECOND_SIGN = re.compile(r"(?<=\d)\s?[-–~]\s?[$€£¥](?=\d)")


_CLIPPED = re.compile(
    r"\b(?:(?P<not>do|does|did|is|are|was|were|has|have|had|would|could|should|wo|ca)nt"
    r"|(?P<us>what|that|who|where|how|there|here|let|he|she)s|(?P<im>i)m|(?P<ve>i|you|we|they)ve|(?P<re>you|they)re"
    r"|(?P<ll>you|they)ll)\b",
    re.IGNORECASE,
)
_ENDINGS = {"not": "n't", "us": "'s", "im": "'m", "ve": "'ve", "re": "'re", "ll": "'ll"}


def with_apostrophes(text: str) -> tuple[str, dict[str, str]]:
    """Return a message with the apostrophes that its contractions leave out, and how each of them was written."""
    written: dict[str, str] = {}

    def mended(match: re.Match[str]) -> str:
        name = match.lastgroup or ""
        full = match[name] + _ENDINGS[name]
        written[full] = match.group()
        return full

    return _CLIPPED.sub(mended, text), written


_PLAIN_WORDS = (
    "under", "above", "around", "between", "without", "dollar", "dollars", "euros", "budget",
    "cheap", "cheaper", "cheapest", "first", "second", "third", "difference", "differences", "maximum", "minimum",
    "lighter", "smaller", "bigger", "recommend", "suggest", "something", "looking", "searching", "interested",
    "friends",
)  # fmt: skip
"""Words that bound and compare and are no slip away from other common ones, as "below" is from "blow"."""
_SHORTEST = 5
_BOUNDS = ("under", "above", "below", "about", "around", "within")
_BEFORE_AMOUNT = re.compile(r"\b[a-z]{5,6}(?= [$€£¥]?\d)", re.IGNORECASE)


@cache
def _spelling() -> Spelling:
    return Spelling(_PLAIN_WORDS, general_words().words(), _SHORTEST)


def with_plain_words(text: str) -> tuple[str, dict[str, str]]:
    """Return a message with slips in its words of comparison mended ("undr 100 dolars"), and how each was written."""
    text, slips = _with_bounds(text)
    return _mended(text, slips) if text.isascii() else (text, slips)


def _with_bounds(text: str) -> tuple[str, dict[str, str]]:
    """Return a message with words of comparison before amounts put right, one letter being wrong ("unter 2 kg")."""
    written: dict[str, str] = {}

    def right(match: re.Match[str]) -> str:
        word = match.group().lower()
        meant = [one for one in _BOUNDS if one_wrong(word, one)]
        if len(meant) != 1 or word in general_words().words():
            return match.group()
        written[meant[0]] = match.group()
        return meant[0]

    return _BEFORE_AMOUNT.sub(right, text), written


def _mended(text: str, written: dict[str, str]) -> tuple[str, dict[str, str]]:
    mended = _spelling().corrected(text.lower())
    if mended is None:
        return text, written
    new, places = mended
    parts: list[str] = []
    for match in re.finditer(r"[a-z]+|[^a-z]+", new):
        own = text[places[match.start()] : places[match.end() - 1] + 1]
        if own.lower() != match.group():
            written[match.group()] = own
        parts.append(match.group() if own.lower() != match.group() else own)
    return "".join(parts), written


def spoken_quantities(text: str, words: dict[str, str]) -> list[Quantity]:
    """Return the quantities of a message, at their places in it, colloquial ones included.

    Args:
        text: The message.
        words: Further unit words and the units they stand for.
    """
    plain, places = _plainly(text)
    if plain == text:
        return find_quantities(text, words)
    found = []
    for quantity in find_quantities(plain, words):
        start, end = places[quantity.start], places[quantity.end - 1] + 1
        found.append(replace(quantity, start=start, end=max(end, start + 1), text=text[start : max(end, start + 1)]))
    return found


def _plainly(text: str) -> tuple[str, list[int]]:
    """Return `text` in plain words, and for each of its characters where it stands in `text`."""
    plain, places = text, list(range(len(text)))
    for pattern, words in ((_SECOND_SIGN, " - "), *_PLAIN):
        at = 0
        while match := pattern.search(plain.lower() if plain.isascii() else plain, at):
            new = match.expand(words)
            start, end = match.span()
            old = places[start:end]
            last = len(old) - 1
            spread = [old[min(i * (last + 1) // max(1, len(new)), last)] for i in range(len(new))]
            if spread:
                spread[-1] = old[-1]
            plain = plain[:start] + new + plain[end:]
            places[start:end] = spread
            at = start + max(1, len(new))
    return plain, places
