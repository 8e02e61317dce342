"""Numbers in running text, in figures and in words of both languages, without what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist_tools.text import chinese, english
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.units import AMBIGUOUS, Words, unit_pattern

LIMIT = 20_000
"""Characters that are searched; nobody states a requirement after that many."""


@dataclass(frozen=True)
class Number:
    """A number and where it stands; `low` and `high` differ for 两三百, 十几 and 一百多, which are `approximate`."""

    start: int
    end: int
    text: str
    low: float
    high: float
    approximate: bool = False


_LETTERS_BEFORE = r"(?:(?<![a-z])|(?<=(?<![a-z])usd)|(?<=(?<![a-z])rmb)|(?<=(?<![a-z])eur)|(?<=(?<![a-z])cny)|(?<=(?<![a-z])gbp)|(?<=(?<![a-z])spf))"
_FIGURE = rf"""(?<![\d_/\\=@#×])(?<!\d[.,:])(?<![a-z][-.])(?<!\dx){_LETTERS_BEFORE}
    (?:(?<=[€])\ ?\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{1,2}})?(?!\d)
    |(?<=[€])\d{{1,9}},\d{{1,2}}(?!\d)
    |\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{2}})?(?=\ ?(?:€|eur))
    |\d{{1,9}},\d{{1,2}}(?=\ ?(?:€|eur))
    |\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d{{1,9}})?
    |\d{{1,15}}(?:\.\d{{1,9}})?(?!\d)
    |(?<![\w.])\.\d{{1,9}}(?!\d))"""
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}
_NUMBER = re.compile(
    rf"""(?P<chinese>{chinese.NUMERAL})
    |(?P<fraction>(?<![\d/.,])(?:1/2|1/4|3/4|1/3|2/3)(?![\d/.]))
    |(?P<figure>{_FIGURE})
    |(?P<glyph>[½¼¾⅓⅔])
    |(?P<quarters>(?<![a-z])(?:three\ quarters\ of\ an?|an?\ quarter\ of\ an?|quarter\ of\ an?|half\ an?|half)(?=[\ -](?:hour|kilo|litre|liter|pound|mile|metre|meter|inch|minute|day|year|month|gallon)(?:s|gram|grams)?(?![a-z])))
    |(?P<half>(?<!个)半(?=个?(?:小时|钟头|天|年|月|斤|公斤|升|米|公里)))
    |(?P<an>(?<![a-z])an?(?=\ (?:hour|kilo|litre|liter|kilogram|minute)(?![a-z])))
    |(?P<english>{english.NUMERAL})""",
    re.VERBOSE,
)
_NOISE = re.compile(
    rf"""https?://\S{{1,2000}}|www\.\S{{1,500}}|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.]{{1,64}}
    |(?<![\d$€£¥])\d{{1,4}}(?:([-/.])\d{{1,4}})(?:\1\d{{1,4}}){{1,4}}(?!\d)
    |(?<![\d.,])\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?(?!级)
    |(?<!\d)\d{{1,2}}月(?:\d{{1,2}}[日号])?|[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}[日号])?(?!饼)
    |(?<![\w.])\+?\d{{1,3}}[ -]?\(?\d{{3}}\)?[ -]\d{{3,4}}[ -]\d{{4}}(?!\d)|(?<!\d)1[3-9]\d{{9}}(?!\d)
    |(?<![\d.,])\d{{10,}}(?![\d.,]*\d)
    |(?<!\d)\d{{1,2}}:\d{{1,2}}(?::\d{{2}})?(?!\d)
    |(?<![\d/])\d{{1,4}}/\d{{1,4}}(?![\d/])(?<!1/2)(?<!1/4)(?<!3/4)(?<!1/3)(?<!2/3)(?<!/5)(?<!/10)
    |第\ ?[{chinese.DIGIT}{chinese.SCALE}\d]{{1,8}}|(?<![a-z\d])\d{{1,4}}(?:st|nd|rd|th)(?![a-z\d])
    |(?<![a-z])(?:no|nr)\.\ ?\d{{1,9}}|\#\ ?\d{{1,9}}
    |(?<![{chinese.DIGIT}\d几十百千])万一(?![{chinese.SCALE}])|千万(?=别|不|要|记|注意|小心)|十分(?!钟|之)|百分百|万能|百货|百搭|千篇|万用|百年老|三明治|四季|五金|七夕|八折|九折|双十一
    |一(?=些|下|样|起|直|定|般|共|边|同|律|旦|切|向|致|流|点(?![{chinese.DIGIT}]))|[统唯单同之专均某]一|两者|[{chinese.DIGIT}\d.]{{1,4}}折
    |(?<![a-z])one(?=\ of\ |\ that|\ which)|(?:this|that|which|each|every|another|no|some|any)\ one(?![a-z])""",
    re.VERBOSE,
)
_SCALE_AFTER = re.compile(
    r"(?:\ ?(?P<k>k)(?![a-z0-9])|(?P<w>w)(?=[元块])|\ (?P<word>dozen|hundred|thousand|grand|million|billion)(?![a-z])|(?P<m>(?:m|mn)(?![a-z0-9])))"
)
_MORE_CHINESE = re.compile(r"(?P<mark>[多余来]|把(?=[块元万千个]))(?P<scale>[百千万亿]?)(?![一-龥]?[色彩功样种人余])")
_AND_A_HALF = re.compile(r"\ and\ (?:a|one)[\ -]half(?![a-z])|[\ -]?½|\ 1/2(?![\d/])")
_GLUED = re.compile(r"[a-z]+\d*[a-z]*")
_GLUED_WELL = re.compile(r"(?:ish|h\d{1,2}(?:m|min)?|ft\d{1,2}(?:in)?|m\d{2}|s|plus|x)$")
_SCALE_VALUE = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def find_numbers(text: str, words: Words | None = None) -> list[Number]:
    """Return the numbers in `text`, in order and apart from each other.

    Ordinals, dates, times, telephone and model numbers, addresses and idioms (一样, 万一, "this one") are no numbers. A
    short word that could be anything (一, 半, "one", "a") counts only where a unit follows.

    Args:
        text: Any text; its first 20,000 characters are searched.
        words: Further unit words and the units they stand for, such as a schema's.
    """
    folded = fold(text[:LIMIT])
    return list(_numbers(folded, text, unit_pattern(words)))


def _numbers(folded: str, text: str, unit: re.Pattern[str]) -> Iterator[Number]:
    noise = iter([*(match.span() for match in _NOISE.finditer(folded)), (len(folded) + 1, len(folded) + 1)])
    noise_start, noise_end = next(noise)
    at = 0
    while match := _NUMBER.search(folded, at):
        start = match.start()
        while noise_end <= start:
            noise_start, noise_end = next(noise)
        if noise_start < match.end():
            at = max(noise_end, start + 1)
            continue
        at = match.end()
        for number in _read(match, folded, text, unit):
            yield number
            at = max(at, number.end)


def _read(match: re.Match[str], folded: str, text: str, unit: re.Pattern[str]) -> Iterator[Number]:
    kind, start, end = match.lastgroup, match.start(), match.end()
    while folded[start] == " ":
        start += 1
    piece = folded[start:end].strip()
    if kind == "chinese":
        yield from _chinese(piece, start, folded, text, unit)
    elif kind == "english":
        for first, last, value in english.parse_run(piece):
            if piece[first:last] == "one" and not (
                _one_of(folded, start + last, unit) or _AND_A_HALF.match(folded, start + last)
            ):
                continue
            if folded[start + last : start + last + 1] == "-" and not unit.match(folded, start + last):
                if folded[start + last + 1 : start + last + 2].isalpha():
                    continue
            yield _finish(start + first, start + last, value, folded, text)
    elif kind == "figure":
        if (value := _figure_value(piece, start, end, folded, text, unit)) is not None:
            yield _finish(start, end, value, folded, text)
    else:
        yield _finish(start, end, _special_value(kind, piece), folded, text)


def _one_of(folded: str, end: int, unit: re.Pattern[str]) -> bool:
    """Say whether a unit follows that "one" can count; "one in black" has none."""
    match = unit.match(folded, end)
    return match is not None and match["latin"] not in AMBIGUOUS


def _special_value(kind: str | None, piece: str) -> float:
    if kind == "an":
        return 1.0
    if kind == "glyph":
        return _GLYPHS[piece]
    if kind == "fraction":
        return _FRACTIONS[piece]
    return 0.75 if piece.startswith("three") else 0.25 if "quarter" in piece else 0.5


def _finish(start: int, end: int, value: float, folded: str, text: str) -> Number:
    """Return the number with what stands behind it: a scale (5k, 1.2 million), a half, or 多 (100多)."""
    if scale := _SCALE_AFTER.match(folded, end):
        factor = _western_scale(scale, start, folded, text)
        if factor:
            value, end = value * factor, scale.end()
    if half := _AND_A_HALF.match(folded, end):
        value, end = value + 0.5, half.end()
    return _with_more(start, end, value, value, folded, text)


def _western_scale(scale: re.Match[str], start: int, folded: str, text: str) -> float:
    if scale["k"]:
        # 4K and 8K are resolutions; a price is written 4k or $4K
        is_resolution = (
            text[scale.start("k")] == "K"
            and folded[start : scale.start()] in "48"
            and folded[start - 1 : start] not in "$€£¥"
        )
        return 0 if is_resolution else 1000
    if scale["w"]:
        return 10_000
    if scale["m"]:
        return 10**6 if start and folded[start - 1] in "$€£¥" else 0
    return english.SCALES[scale["word"]]


def _with_more(start: int, end: int, low: float, high: float, folded: str, text: str) -> Number:
    """Return the number with 多, 余 or 来 read: 100多 is 100 to 200, 20来 about 20, 20多万 200,000 to 300,000."""
    more = _MORE_CHINESE.match(folded, end)
    if not more or high < 10 or (more["mark"] == "来" and not (more["scale"] or _few_digits(high))):
        return Number(start, end, text[start:end], low, high, approximate=low != high)
    step = 10.0
    while high % (step * 10) == 0 and high:
        step *= 10
    scale = _SCALE_VALUE.get(more["scale"], 1)
    if more["mark"] in "来把":
        low, high = low * 0.8, high * 1.2
    else:
        high += step
    end = more.end()
    return Number(start, end, text[start:end], low * scale, high * scale, approximate=True)


def _few_digits(value: float) -> bool:
    return value % 10 == 0


def _figure_value(piece: str, start: int, end: int, folded: str, text: str, unit: re.Pattern[str]) -> float | None:
    """Return the value of figures, or None where letters around them make a model number of them."""
    glued = _GLUED.match(folded, end)
    if glued and not (unit.match(folded, end) or _SCALE_AFTER.match(folded, end) or _GLUED_WELL.match(glued.group())):
        return None
    if folded[end : end + 1] == "-" and folded[end + 1 : end + 2].isalpha() and not unit.match(folded, end):
        return None
    around = folded[max(0, start - 1) : start] + folded[end : end + 4]
    if "€" in around or "eur" in around:
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2}", piece):
            return float(piece.replace(".", "").replace(",", "."))
    return float(piece.replace(",", ""))


_WEAK = frozenset(chinese.DIGIT + "十")
_BARE_SCALES = frozenset(chinese.SCALE) - {"十"}
_UPPER = re.compile(r"[上近过][百千万亿]$")
_AFTER_WEAK = re.compile(r"[到至~\-]|左右|以[上下内]|$")
_COUNT_TAIL = re.compile(r"一(?=[个晚天次份张件位人本盒瓶只双条杯])")


def _chinese(piece: str, start: int, folded: str, text: str, unit: re.Pattern[str]) -> Iterator[Number]:
    end = start + len(piece)
    if len(piece) > 2 and piece[-1] == "一" and piece[-2] in "百千万" and _COUNT_TAIL.match(folded, end - 1):
        piece, end = piece[:-1], end - 1
    if len(piece) > 1 and piece[-1] == "两" and piece[-2] not in "百千万":
        piece, end = piece[:-1], end - 1
    follows = unit.match(folded, end) or _HALF_UNIT.match(folded, end)
    if piece in _BARE_SCALES and not _MORE_CHINESE.match(folded, end) and not (start and folded[start - 1] in "上近"):
        return
    if piece in _WEAK and not follows and not _MORE_CHINESE.match(folded, end):
        alone = folded.strip() == piece
        ranged = _AFTER_WEAK.match(folded, end) and (start == 0 or folded[start - 1] in "到至~- ")
        if not alone and not ranged and not _RANGE_AFTER.match(folded, end):
            return
    value = None if piece in "几幾" else chinese.parse(piece)
    if value is None:
        return
    number = _with_more(start, end, value[0], value[1], folded, text)
    if start and folded[start - 1] == "上" and piece in _BARE_SCALES:
        number = Number(number.start, number.end, number.text, number.low, number.high * 9, approximate=True)
    yield number


_HALF_UNIT = re.compile(r"个半|\ ?个?半")
_RANGE_AFTER = re.compile(rf"\ ?[到至~\-]\ ?[{chinese.DIGIT}{chinese.SCALE}\d]")
