"""Chinese numerals: 一千二, 两三百, 十几, 1万5, 三点五."""

from __future__ import annotations

import re

Range = tuple[float, float]

_DIGITS = {char: value for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)}
_DIGITS |= {"两": 2, "兩": 2, "俩": 2, "仨": 3, "貳": 2, "參": 3, "陸": 6}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SOME = "几幾"

DIGIT = "".join(_DIGITS)
SCALES = {**_SMALL, **_BIG}
SCALE = "".join(SCALES)
_BEFORE_ARABIC = "百千万亿萬億佰仟"

NUMERAL = (
    rf"(?:(?<![\d.])\d{{1,12}}(?:\.\d{{1,6}})?\ ?(?=[{_BEFORE_ARABIC}])|[{DIGIT}{SCALE}{_SOME}])"
    rf"(?:[{DIGIT}{SCALE}{_SOME}]|(?<!\d)\d{{1,4}}(?=[{_BEFORE_ARABIC}])|(?<=[{_BEFORE_ARABIC}])\d(?![\d.])){{0,30}}"
    rf"(?:点[{DIGIT}]{{1,6}})?"
)
"""A regular expression (verbose-safe) for everything that `parse` may understand."""

_PART = re.compile(r"\d+(?:\.\d+)?|\S")

Part = tuple[str, float]


def parse(text: str) -> Range | None:
    """Return the lowest and highest value that the numeral `text` may mean, or None if it is no numeral.

    两百五 is 250 and 一万二 is 12,000: a last digit counts tenths of the scale before it. 三四百 is 300 to 400, 几百
    200 to 900, 十几 11 to 19. Digits without a scale are read by position (二〇二四), except two that rise: 三四 is 3
    to 4.
    """
    whole, point, decimals = text.partition("点")
    parts = [_part(match.group()) for match in _PART.finditer(whole)]
    if not parts:
        return None
    value = _by_position(parts) if all(kind == "digit" for kind, _ in parts) else _value(parts)
    if value is None or not point:
        return value
    fraction = sum(_DIGITS[char] * 10.0**-place for place, char in enumerate(decimals, start=1))
    return (value[0] + fraction, value[1] + fraction)


def _part(piece: str) -> Part:
    if piece in _DIGITS:
        return "digit", _DIGITS[piece]
    if piece in _SMALL:
        return "small", _SMALL[piece]
    if piece in _BIG:
        return "big", _BIG[piece]
    if piece in _SOME:
        return "some", 0
    return "arabic", float(piece)


def _by_position(parts: list[Part]) -> Range:
    digits = [value for _, value in parts]
    if len(digits) == 2 and 0 < digits[0] < digits[1] <= digits[0] + 2:
        return digits[0], digits[1]
    value = 0.0
    for digit in digits:
        value = value * 10 + digit
    return value, value


def _value(parts: list[Part]) -> Range | None:
    for big in (10**8, 10**4):
        places = [at for at, part in enumerate(parts) if part == ("big", big)]
        if places:
            return _around(parts, places[-1], big)
    return _below_ten_thousand(parts)


def _around(parts: list[Part], place: int, scale: float) -> Range | None:
    """Return the value of parts split by the scale at `place`: so many of it, and the rest."""
    count = _value(parts[:place]) if place else (1.0, 1.0)
    rest = parts[place + 1 :]
    if count is None:
        return None
    tail = _tail(rest, scale)
    if tail is None:
        return None
    return count[0] * scale + tail[0], count[1] * scale + tail[1]


def _tail(rest: list[Part], scale: float) -> Range | None:
    """Return the value of what follows `scale`: a lone digit counts tenths of it (一万二), as do two (一百二三)."""
    if not rest:
        return 0.0, 0.0
    if all(kind in ("digit", "arabic") and value for kind, value in rest) and len(rest) <= 2 and scale > 10:
        low, high = rest[0][1], rest[-1][1]
        return (low * scale / 10, high * scale / 10) if low <= high < 10 else None
    return _value(rest)


def _below_ten_thousand(parts: list[Part]) -> Range | None:
    low = high = 0.0
    limit, at = 10**4, 0
    while at < len(parts):
        while at < len(parts) and parts[at] == ("digit", 0):
            at += 1
        count, taken = _count(parts[at:])
        at += taken
        if at == len(parts):
            return (low + count[0], high + count[1]) if taken and limit > 1 else ((low, high) if not taken else None)
        kind, scale = parts[at]
        if kind != "small" or scale >= limit:
            return None
        if not taken:
            count = (1.0, 1.0)
        low, high, limit, at = low + count[0] * scale, high + count[1] * scale, int(scale), at + 1
        rest = parts[at:]
        if scale > 10 and rest and all(kind in ("digit", "arabic") and value for kind, value in rest):
            tail = _tail(rest, scale)
            return None if tail is None else (low + tail[0], high + tail[1])
    return low, high


def _count(parts: list[Part]) -> tuple[Range, int]:
    """Return how many of a scale the first parts say, and how many parts that took: 三, 三四, 几, 3.5 or nothing."""
    if not parts or parts[0][0] in ("small", "big"):
        return (0.0, 0.0), 0
    if parts[0][0] == "some":
        # 十几 is 11 to 19; 几十 is 20 to 90
        return ((2.0, 9.0), 1) if len(parts) > 1 else ((1.0, 9.0), 1)
    first = parts[0][1]
    if len(parts) > 1 and parts[0][0] == parts[1][0] == "digit" and 0 < first < parts[1][1]:
        return (first, parts[1][1]), 2
    return (first, first), 1
