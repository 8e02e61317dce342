"""Expressions that name a day, a month, a year, a decade or a stretch of years, as spans of days."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shortlist_tools.text import chinese, english
from shortlist_tools.text.units import unit_pattern

Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Named:
    """A stretch of days and where it is named."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date


_MONTHS = {name[:3]: at for at, name in enumerate(calendar.month_name) if name for name in [name.lower()]}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?"
_TENS = {
    word: 10 * at
    for at, word in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], start=2
    )
}
_ZH = r"[零〇一二三四五六七八九十]"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(english.SMALL)}|few|couple\ of|several|{_ZH}{{1,3}}|两|几)"

_YEAR = r"(?:19|20)\d\d"
_EXPRESSIONS = re.compile(
    rf"""(?P<iso>(?<![\d.-])(?P<y1>{_YEAR})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d|[-/]\d))
    |(?P<han>(?<!\d)(?P<y2>{_YEAR}|[一二][九零〇]{_ZH}{{2}})\ ?年(?!代|级)
        (?:\ ?(?P<m2>\d{{1,2}}|{_ZH}{{1,2}})月(?:(?P<d2>\d{{1,2}}|{_ZH}{{1,3}})[日号])?)?)
    |(?P<decade_zh>(?:(?P<century>上世纪|上个世纪|(?:20|二十)世纪|本世纪|(?:21|二十一)世纪)的?)?
        (?<!\d)(?P<ten>(?:19|20)?\d0|[一二三四五六七八九]十|[〇零一]零)年代(?P<part_zh>初|中期|末|后期|早期)?)
    |(?P<century_zh>(?<!\d)(?P<c1>\d{{1,2}}|{_ZH}{{1,3}})世纪)
    |(?P<short>(?<!\d)(?P<y3>[5-9]\d|0\d)年(?!代|级|内))
    |(?P<english>(?<![a-z])(?:(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?)?(?P<m3>{_MONTH})[ ]
        (?:(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\ )?(?:of\ )?(?P<y4>{_YEAR})(?!\d))
    |(?P<decade>(?<![\w.])(?:the\ )?(?:(?P<part>early|mid|late)[\ -])?(?:the\ )?
        (?:(?P<full>(?:19|20)\d0)'?s|'?(?P<two>\d0)'?s|(?P<word>{"|".join(_TENS)}))(?![a-z\d]))
    |(?P<century_en>(?<![\d])(?P<c2>\d{{1,2}})(?:st|nd|rd|th)[\ -]century)
    |(?P<relative>(?<![a-z])(?:(?P<which>this|last|next|current|previous)[ ]
        (?P<what>year|month|week|(?<!last\ )decade)|today|yesterday)(?![a-z])
        |大前年|前年|去年|今年|明年|本月|这个月|上个月|上月|这周|本周|上周|今天|昨天|前天)
    |(?P<past>(?<![a-z])(?:(?:in|over|within|from|during)\ )?(?:the\ )?(?:last|past|previous)[ ]
        (?:(?P<n1>{_COUNT})\ |(?=decade))(?P<u1>year|month|week|day|decade)s?(?![a-z])
        |(?:最近|近|过去|这)(?P<n2>{_COUNT})(?P<u2>年|个月|周|天)(?:之?[内里间]|以来)?)
    |(?P<ago>(?<![a-z\d])(?P<n3>{_COUNT})\ (?P<u3>year|month|week|day)s?\ ago(?![a-z])
        |(?P<n4>{_COUNT})(?P<u4>年|个月|周|天)(?:以|之)?前(?![面后]))
    |(?P<year>(?<![\d.,$€£¥\#/_])(?<![a-z])(?:(?<![a-z]-)|(?<=pre-)|(?<=post-))(?<!-\d\d-)
        (?P<y5>{_YEAR})(?!\d|[.,/:]\d|[a-z]|-\d\d(?!\d)))""",
    re.VERBOSE,
)
_MONEY_BEFORE = re.compile(
    r"(?:under|below|less than|over|above|more than|at most|at least|up to|within|budget(?: of| is)?|price|costs?"
    r"|cheaper than|spend|pay|max(?:imum)?|for"
    r"|最多|不超过|低于|高于|超过|至少|预算(?:是|在)?|大概|大约|价格|rmb|usd|cny|eur|gbp)\s?$"
)
_MONEY_AFTER = re.compile(r"\s?(?:以内|以下|左右|以上|之内|上下|or less|or more|max|tops|budget|\+)")
_ROUND_BEFORE = re.compile(r"(?:around|about|roughly|approximately)\s$")
_DECADE_BEFORE = re.compile(r"(?:under|over|below|than|least|most|within|about|around)\s$")


def named_days(folded: str, today: datetime.date) -> Iterator[Named]:
    """Yield every stretch of days that `folded` (see `cleaning.fold`) names, seen from `today`."""
    for match in _EXPRESSIONS.finditer(folded):
        kind = next(name for name in _READERS if match[name] is not None)
        try:
            span = _READERS[kind](match, folded, today)
        except (ValueError, OverflowError):
            continue
        if span:
            yield Named(match.start(), match.end(), *span)


def _number(text: str) -> int:
    if text in ("few", "several", "几"):
        return 3
    if text in ("couple of", "两"):
        return 2
    if text in english.SMALL:
        return english.SMALL[text]
    if text.isascii():
        return int(text)
    value = chinese.parse(text)
    if value is None or value[0] != value[1]:
        raise ValueError(text)
    return int(value[0])


def _month(year: int, month: int) -> Span:
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _years(first: int, last: int) -> Span:
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31)


def _day(year: int, month: int, day: int) -> Span:
    return (one := datetime.date(year, month, day)), one


def _iso(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    return _day(int(match["y1"]), int(match["m1"]), int(match["d1"]))


def _han(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    year = int(
        "".join(
            char if char.isdigit() and char.isascii() else str("〇一二三四五六七八九".find(char.replace("零", "〇")))
            for char in match["y2"]
        )
    )
    if not match["m2"]:
        return _years(year, year)
    if not match["d2"]:
        return _month(year, _number(match["m2"]))
    return _day(year, _number(match["m2"]), _number(match["d2"]))


def _english(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    year, month, day = int(match["y4"]), _MONTHS[match["m3"][:3]], match["d3"] or match["d4"]
    return _day(year, month, int(day)) if day else _month(year, month)


def _short(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    two = int(match["y3"])
    return _years(*(2 * (two + (1900 if two >= 50 else 2000),)))


def _decade(match: re.Match[str], folded: str, today: datetime.date) -> Span | None:
    if match["full"]:
        first = int(match["full"])
    elif match["word"]:
        first = 1900 + _TENS[match["word"]]
    else:
        two = int(match["two"])
        sure = match.group()[0] in "t'eml"
        if not sure and (two < 50 or _DECADE_BEFORE.search(folded, max(0, match.start() - 8), match.start())):
            return None
        first = two + (1900 if two >= 30 else 2000)
    return _part(first, match["part"])


def _decade_zh(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    ten, century = match["ten"], match["century"] or ""
    two = int(ten) if ten.isascii() else "〇一二三四五六七八九".find(ten[0].replace("零", "〇")) * 10
    if two >= 1000:
        return _part(two, match["part_zh"])
    recent = "本" in century or "21" in century or "二十一" in century
    return _part(two + (2000 if recent or (not century and two < 30) else 1900), match["part_zh"])


def _part(first: int, part: str | None) -> Span:
    if part in ("early", "初", "早期"):
        return _years(first, first + 3)
    if part in ("mid", "中期"):
        return _years(first + 3, first + 6)
    if part in ("late", "末", "后期"):
        return _years(first + 6, first + 9)
    return _years(first, first + 9)


def _century(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    number = _number(match["c1"] or match["c2"])
    return _years((number - 1) * 100 + 1, number * 100)


def _relative(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    text = match.group()
    days = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
    if text in days:
        return (one := today - datetime.timedelta(days=days[text])), one
    step = (
        -1
        if match["which"] in ("last", "previous") or text[0] in "去上"
        else 1
        if match["which"] == "next" or text == "明年"
        else 0
    )
    step = {"前年": -2, "大前年": -3}.get(text, step)
    what = match["what"] or ("year" if "年" in text else "month" if "月" in text else "week")
    if what == "week":
        monday = today - datetime.timedelta(days=today.weekday()) + datetime.timedelta(weeks=step)
        return monday, monday + datetime.timedelta(days=6)
    if what == "month":
        months = today.year * 12 + today.month - 1 + step
        return _month(months // 12, months % 12 + 1)
    if what == "decade":
        return _years((first := today.year // 10 * 10 + 10 * step), first + 9)
    return _years(today.year + step, today.year + step)


def _back(today: datetime.date, count: int, unit: str) -> datetime.date:
    if unit in ("day", "天"):
        return today - datetime.timedelta(days=count)
    if unit in ("week", "周"):
        return today - datetime.timedelta(weeks=count)
    months = today.year * 12 + today.month - 1 - count * {"year": 12, "年": 12, "decade": 120}.get(unit, 1)
    last = calendar.monthrange(months // 12, months % 12 + 1)[1]
    return datetime.date(months // 12, months % 12 + 1, min(today.day, last))


def _past(match: re.Match[str], folded: str, today: datetime.date) -> Span:
    return _back(today, _number(match["n1"] or match["n2"] or "1"), match["u1"] or match["u2"]), today


def _ago(match: re.Match[str], folded: str, today: datetime.date) -> Span | None:
    unit = match["u3"] or match["u4"]
    count = _number(match["n3"] or match["n4"])
    if count > 100:
        return None
    then = _back(today, count, unit)
    if unit in ("year", "年"):
        return _years(then.year, then.year)
    return _month(then.year, then.month) if unit in ("month", "个月") else (then, then)


def _year(match: re.Match[str], folded: str, today: datetime.date) -> Span | None:
    start, end, year = match.start(), match.end(), int(match["y5"])
    window = max(0, start - 16)
    if (
        _MONEY_BEFORE.search(folded, window, start)
        or _MONEY_AFTER.match(folded, end)
        or unit_pattern().match(folded, end)
    ):
        return None
    if year % 50 == 0 and _ROUND_BEFORE.search(folded, window, start):
        return None
    return _years(year, year)


_READERS: dict[str, Callable[[re.Match[str], str, datetime.date], Span | None]] = {
    "iso": _iso,
    "han": _han,
    "decade_zh": _decade_zh,
    "century_zh": _century,
    "short": _short,
    "english": _english,
    "decade": _decade,
    "century_en": _century,
    "relative": _relative,
    "past": _past,
    "ago": _ago,
    "year": _year,
}
