"""Numbers in running text, in figures and in words of both languages, without what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shortlist_tools.text import chinese, english
from shortlist_tools.text import number_patterns as patterns
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.units import AMBIGUOUS, PREFIXES, Words, unit_pattern

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


def find_numbers(text: str, words: Words | None = None) -> list[Number]:
    """Return the numbers in `text`, in order and apart from each other.

    Ordinals, dates, times, telephone and model numbers, addresses and idioms (一样, 万一, "this one") are no numbers. A
    short word that could be anything (一, 半, "one", "a") counts only where a unit follows.

    Args:
        text: Any text; its first 20,000 characters are searched.
        words: Further unit words and the units they stand for, such as a schema's.
    """
    text = text[:LIMIT]
    return list(_Finder(text, fold(text), unit_pattern(words), frozenset(words or ())).numbers())


@dataclass(frozen=True)
class _Finder:
    """One text being searched: as it is, folded, and with the pattern and the words of its units."""

    text: str
    folded: str
    unit: re.Pattern[str]
    words: frozenset[str]

    def numbers(self) -> Iterator[Number]:
        """Yield the numbers of the text that do not touch noise."""
        beyond = (len(self.folded) + 1, len(self.folded) + 1)
        noise = iter([*(match.span() for match in patterns.NOISE.finditer(self.folded)), beyond])
        noise_start, noise_end = next(noise)
        at = 0
        while match := patterns.NUMBER.search(self.folded, at):
            while noise_end <= match.start():
                noise_start, noise_end = next(noise)
            if noise_start < match.end():
                at = max(noise_end, match.start() + 1)
                continue
            at = match.end()
            for number in self._read(match):
                yield number
                at = max(at, number.end)

    def _read(self, match: re.Match[str]) -> Iterator[Number]:
        piece = match.group().strip()
        start = match.end() - len(match.group().lstrip())
        if match.lastgroup == "chinese":
            yield from self._chinese(piece, start)
        elif match.lastgroup == "english":
            for first, last, value in english.parse_run(piece):
                if self._counts(piece[first:last], start + last):
                    yield self._widened(start + first, start + last, value)
        elif match.lastgroup == "figure":
            figure = self._figure(piece, start)
            if figure is not None:
                yield self._widened(start, start + len(piece), figure)
        else:
            yield self._widened(start, start + len(piece), _part(match.lastgroup, piece))

    def _counts(self, word: str, end: int) -> bool:
        """Say whether numeral words count something: "one in black" and "one-off" do not."""
        unit = self.unit.match(self.folded, end)
        if word == "one" and not patterns.AND_A_HALF.match(self.folded, end):
            return unit is not None and unit["latin"] not in AMBIGUOUS
        is_joined = self.folded[end : end + 1] == "-" and self.folded[end + 1 : end + 2].isalpha()
        return unit is not None or not is_joined

    def _figure(self, piece: str, start: int) -> float | None:
        """Return the value of figures, or None where letters around them make a model number of them."""
        folded, end = self.folded, start + len(piece)
        before = patterns.LETTERS_BEFORE.search(folded, max(0, start - 12), start)
        if before and before.group() not in PREFIXES and before.group() not in self.words:
            return None
        unit = self.unit.match(folded, end)
        glued = patterns.GLUED.match(folded, end)
        if glued and not (unit or patterns.SCALE_AFTER.match(folded, end) or patterns.GLUED_WELL.match(glued.group())):
            return None
        if folded[end : end + 1] == "-" and folded[end + 1 : end + 2].isalpha() and not unit:
            return None
        around = folded[max(0, start - 1) : start] + folded[end : end + 4]
        if ("€" in around or "eur" in around) and patterns.EUROPEAN.fullmatch(piece):
            return float(piece.replace(".", "").replace(",", "."))
        return float(piece.replace(",", ""))

    def _widened(self, start: int, end: int, value: float) -> Number:
        """Return the number with what stands behind it: a scale (5k, 1.2 million), a half, or 多 (100多)."""
        if (scale := patterns.SCALE_AFTER.match(self.folded, end)) and (factor := self._scale(scale, start, value)):
            value, end = value * factor, scale.end()
        if half := patterns.AND_A_HALF.match(self.folded, end):
            value, end = value + 0.5, half.end()
        return self._with_more(Number(start, end, self.text[start:end], value, value))

    def _scale(self, scale: re.Match[str], start: int, value: float) -> float:
        is_price = start > 0 and self.folded[start - 1] in "$€£¥"
        if scale["k"]:
            # 4K and 8K are resolutions; a price is written 4k or $4K
            is_resolution = self.text[scale.start("k")] == "K" and self.folded[start : scale.start()] in "48"
            return 0 if is_resolution and not is_price else 1000
        if scale["w"]:
            # 1.5w is 15,000 where money is spoken of, and a watt and a half elsewhere
            in_thousands = self.folded[scale.end()] in "元块" or value < 20
            return 10_000 if in_thousands else 0
        if scale["m"]:
            return 10**6 if is_price else 0
        return english.SCALES[scale["word"]]

    def _with_more(self, number: Number) -> Number:
        """Return the number with 多 or 来 read: 100多 is 100 to 200, 20来 about 20, 20多万 200,000 to 300,000."""
        more = patterns.MORE_CHINESE.match(self.folded, number.end)
        low, high = number.low, number.high
        if not more or high < 10 or (more["mark"] == "来" and not more["scale"] and high % 10):
            return replace(number, approximate=low != high)
        step = 10.0
        while high % (step * 10) == 0:
            step *= 10
        low, high = (low * 0.8, high * 1.2) if more["mark"] in "来把" else (low, high + step)
        scale = chinese.SCALES.get(more["scale"], 1)
        text = self.text[number.start : more.end()]
        return Number(number.start, more.end(), text, low * scale, high * scale, approximate=True)

    def _chinese(self, piece: str, start: int) -> Iterator[Number]:
        end = start + len(piece)
        if len(piece) > 2 and piece[-2] in "百千万" and patterns.ONE_OF_THINGS.match(self.folded, end - 1):
            piece, end = piece[:-1], end - 1  # 三百一晚 is 300 a night
        if len(piece) > 1 and piece[-1] == "两" and piece[-2] not in "百千万" and not self.unit.match(self.folded, end):
            piece, end = piece[:-1], end - 1  # 二两 is two liang
        value = None if piece in "几幾" else chinese.parse(piece)
        if value is None or not self._stands(piece, start, end):
            return
        number = self._with_more(Number(start, end, self.text[start:end], *value))
        if self.folded[start - 1 : start] == "上" and piece in _BARE_SCALES:
            number = replace(number, high=number.high * 9, approximate=True)  # 上千 is a thousand or thousands
        yield number

    def _stands(self, piece: str, start: int, end: int) -> bool:
        """Say whether a single character is meant as a number: by its unit, by 多, by a range, or by standing alone."""
        if patterns.MORE_CHINESE.match(self.folded, end):
            return True
        before = self.folded[start - 1 : start]
        if piece in _BARE_SCALES:
            return before in ("上", "近") or patterns.BARE_PRICE.match(self.folded, end) is not None
        if piece not in _WEAK or self.unit.match(self.folded, end) or patterns.HALF_UNIT.match(self.folded, end):
            return True
        if patterns.RANGE_AFTER.match(self.folded, end) or self.folded.strip() == piece:
            return True
        return before in ("", *"到至~- ") and patterns.RANGE_END.match(self.folded, end) is not None


_WEAK = frozenset(chinese.DIGIT + "十")
_BARE_SCALES = frozenset(chinese.SCALE) - {"十"}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}


def _part(kind: str | None, piece: str) -> float:
    """Return the value of "an", of a fraction in figures, or of "three quarters of an"."""
    if kind == "an":
        return 1.0
    if piece in _GLYPHS or piece in _FRACTIONS:
        return _GLYPHS.get(piece) or _FRACTIONS[piece]
    return 0.75 if piece.startswith("three") else 0.25 if "quarter" in piece else 0.5
