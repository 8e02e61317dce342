"""Numbers of no narrow form, told by the words before them: what kind they are of, or that they are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from shortlist_prompts.word_files import load_words
from shortlist_tools.masking.spans import Kind, Personal

_SMALL_WORDS = (
    "is|are|was|at|on|to|me|us|my|our|his|her|the|a|new|own|old|number|numbers|no|nr|num|id|it|its|it's|'s|for|of|with|"
    "by|code|in|and|card|account|using|use|handle|name|user|add|under|him|them|mom|mum|dad|back|work|home|cell|phone|"
    "mobile|or|one|called|here|there|please|that|which|amex|visa|mastercard|debit|credit"
)
_BRIDGE = rf"(?:(?:{_SMALL_WORDS})(?![A-Za-z])|[\s:=,.\"'#()/-]|[\u4e00-\u9fff]){{0,12}}?"
"""What may stand between words that announce a number and the number: small words, signs, a few Chinese characters."""
_IMPERSONAL = re.compile(
    r"(?:订单|单号|快递单|快递号|运单|物流单|物流号|型号|编号|条码|货号|款号|批号|优惠码|优惠券|兑换码|积分|"
    r"会员分|序列号|版本|库存|规格|尺码|"
    r"(?<![A-Za-z])(?:orders?|models?|sku|items?|tracking|isbn|serial|part|ref|reference|coupon|promo|"
    r"(?<!security )(?<!card )(?<!verification )code|"
    r"invoice|"
    r"barcode|upc|ean|points|version|firmware|batch|lot|case|ticket|asin|style|catalog(?:ue)?|product|s/n)(?![A-Za-z]))"
    r"(?:\s|[:#.,]|号码?|是|为|(?:number|no|nr|id|is|was|code|the)(?![A-Za-z])|[\u4e00-\u9fff]){0,5}$",
    re.IGNORECASE,
)
_WINDOW = 40
_NAMING = re.compile(r"[:@号是叫]|(?<![A-Za-z])(?:is|id|handle|username|user name|name)(?![A-Za-z])|'s", re.IGNORECASE)
_WHOSE = re.compile(r"(?:my|his|her|our|their|我|他|她|咱|本人)[^.!?,。,;]{0,10}$", re.IGNORECASE)
_ORDINARY = frozenset(
    [
        "fine",
        "better",
        "best",
        "good",
        "okay",
        "easier",
        "broken",
        "down",
        "full",
        "slow",
        "great",
        "ready",
        "here",
        "there",
        "same",
        "different",
        "also",
        "just",
        "only",
        "what",
        "where",
        "when",
        "why",
        "how",
        "this",
        "that",
        "your",
        "available",
        "working",
        "blocked",
        "banned",
        "hacked",
        "free",
        "gone",
        "better",
        "linked",
        "verified",
        "private",
        "public",
        "new",
        "old",
        "not",
        "the",
        "this",
    ]
)
_SPOKEN = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_NO_WORD = re.compile(r"[\d_@#]|\w[.\-]\w")


def impersonal(text: str, start: int) -> bool:
    """Return whether the words right before `start` say that a number is of a thing, such as an order or a model."""
    return _IMPERSONAL.search(text[max(0, start - _WINDOW) : start]) is not None


def find_announced(text: str) -> Iterator[Personal]:
    """Yield the numbers and ids that the words before them announce."""
    for cue, pattern in _cues():
        for match in pattern.finditer(text):
            start, end = match.span("it")
            said = match["it"]
            if sum(character.isdigit() or character in _SPOKEN for character in said) < cue["digits"] or impersonal(
                text, start
            ):
                continue
            if cue.get("named") and not (_NO_WORD.search(said) or _named(text, match)):
                continue
            near = cue.get("needs_near")
            if near and not re.search(near, text[max(0, match.start() - _WINDOW) : end + 12], re.IGNORECASE):
                continue
            kind: Kind = cue["kind"]
            yield Personal(start, end, kind)


def near_a_network(text: str, start: int, end: int) -> bool:
    """Return whether a network where people have names is named near what stands from `start` to `end`."""
    return _networks().search(text[max(0, start - _WINDOW) : end + _WINDOW]) is not None


@cache
def _networks() -> re.Pattern[str]:
    return re.compile("|".join(before for cue, before in _announcing() if cue.get("named")), re.IGNORECASE)


def _named(text: str, match: re.Match[str]) -> bool:
    """Return whether words without a digit are said to be an id: after a colon or "id", or by whose it is."""
    if match["it"].lower() in _ORDINARY:
        return False
    naming = _NAMING.search(match["bridge"])
    plainly = naming is not None and naming.group().lower() not in ("is", "'s", "是", "叫")
    return plainly or (
        naming is not None and _WHOSE.search(text[max(0, match.start() - 16) : match.start()]) is not None
    )


@cache
def _cues() -> list[tuple[Mapping[str, Any], re.Pattern[str]]]:
    found = []
    for cue, before in _announcing():
        word = rf"(?!(?:{_SMALL_WORDS})(?![0-9A-Za-z_]))" if cue.get("named") else ""
        after = rf"(?!{cue['not_after']})" if "not_after" in cue else ""
        pattern = rf"(?:{before})(?P<bridge>{_BRIDGE})(?P<it>{word}{cue['number']})(?![0-9A-Za-z]){after}"
        found.append((cue, re.compile(pattern, re.IGNORECASE)))
    return found


@cache
def _announcing() -> list[tuple[Mapping[str, Any], str]]:
    """Return the cues, each with the pattern of the words that announce its numbers."""
    text = resources.files("shortlist_tools.masking").joinpath("numbers.yaml").read_text("utf-8")
    found = []
    for cue in load_words(text):
        latin = "|".join(words for words in cue["before"] if words.isascii())
        han = "|".join(words for words in cue["before"] if not words.isascii())
        before = "|".join(part for part in (f"(?<![A-Za-z])(?:{latin})(?![A-Za-z])" if latin else "", han) if part)
        found.append((cue, before))
    return found
