"""Dates in running text: days, years and decades, since when and until when, in both languages."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from shortlist_tools.text.calendars import Named, named_days
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.numbers import LIMIT

DateOp = Literal["==", "between", "<", "<=", ">", ">="]
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class DateSpan:
    """A span of days that a text speaks of.

    Attributes:
        start: Where it begins in the text, words like "since" included.
        end: Where it ends.
        text: The words between them.
        low: First day, ISO, included; None when it has no beginning.
        high: Last day, ISO, included; None when it has no end.
        op: The comparison as it was said: "after 2023" is `>`, "since 2024" `>=`, "in 2020" `between`.
    """

    start: int
    end: int
    text: str
    low: str | None
    high: str | None
    op: DateOp = "between"

    @property
    def value(self) -> str | list[str]:
        """The day that `op` compares with (the last of 2023 for "after 2023"); `[low, high]` for `between`."""
        if self.op == "between":
            return [self.low or "", self.high or ""]
        if self.op == ">":
            return (datetime.date.fromisoformat(self.low or "") - _DAY).isoformat()
        if self.op == "<":
            return (datetime.date.fromisoformat(self.high or "") + _DAY).isoformat()
        return (self.high if self.op == "<=" else self.low) or ""


_FILL = r"(?:\ (?:the|year|in|around|about|early|sometime))*\ ?$"
_BEFORE: list[tuple[DateOp, re.Pattern[str]]] = [
    (
        ">=",
        re.compile(
            r"(?<![a-z])(?:not?\ (?:before|earlier\ than|older\ than)|since|from|starting(?:\ in|\ from)?|as\ of|>=|≥)"
            + _FILL
        ),
    ),
    (
        "<=",
        re.compile(rf"(?<![a-z])(?:not?\ (?:after|later\ than|newer\ than)|until|till|up\ to|through|by|<=|≤){_FILL}"),
    ),
    (
        ">",
        re.compile(
            rf"(?<![a-z])(?:after|post|later\ than|newer\ than|more\ recent\ than|past|younger\ than|>)(?:-|{_FILL})$"
        ),
    ),
    ("<", re.compile(rf"(?<![a-z])(?:before|prior\ to|pre|earlier\ than|older\ than|<)(?:-|{_FILL})$")),
    (">=", re.compile(r"(?:不早于|不(?:要|能)?早于|自从?|打从)\ ?$")),
    ("<=", re.compile(r"(?:不(?:要|能)?晚于|截至|截止到?|直到)\ ?$")),
    (">", re.compile(r"(?:晚于|迟于|新于)\ ?$")),
    ("<", re.compile(r"(?:早于|老于)\ ?$")),
]
_AFTER: list[tuple[DateOp, re.Pattern[str]]] = [
    (
        ">=",
        re.compile(
            r",?\ (?:or|and)\ (?:later|newer|after|onwards?|up|beyond|more\ recent)(?![a-z])"
            r"|\ onwards?(?![a-z])|\ on(?=$|[,.;!?])|\ ?\+"
        ),
    ),
    ("<=", re.compile(r",?\ (?:or|and)\ (?:earlier|older|before|prior)(?![a-z])")),
    ("<=", re.compile(r"(?:及|或)(?:以前|之前|更早)|(?:或|及)更?早")),
    (
        ">=",
        re.compile(
            r"年?(?:及|或)?(?:以后|之后|往后|以来|至今|之后|开始|后(?!面|置|续|天|悔|壳|盖|备)|起(?!码|来)|或更新)"
        ),
    ),
    ("<", re.compile(r"年?(?:以前|之前|前(?!面|置|后|卫|锋))")),
]
_THAN = re.compile(r"比\ ?$")
_THAN_WAY = re.compile(r"(?:还|更|要)?(?:(?P<newer>新|晚)|(?P<older>早|老|旧))")
_TO = re.compile(r"\ ?(?:-|~|到|至|直到)\ ?|\ (?:to|until|till|through|and)\ |[和与]")
_OPENER = re.compile(r"(?:between|from|从|自|介于|在)\ ?$")
_CLOSER = re.compile(r"\ ?(?:之间|期间|间)")


def find_dates(text: str, today: datetime.date) -> list[DateSpan]:
    """Return the spans of days in `text`, in order and apart from each other.

    "since 2019" and 2019年以后 begin with the year's first day, "after 2019" with the day after its last; "last year",
    最近三年 and the like are seen from `today`. Four figures are a year only where they are no amount.

    Args:
        text: Any text; its first 20,000 characters are searched.
        today: The day that "this year" and the like are reckoned from.
    """
    text = text[:LIMIT]
    folded = fold(text)
    named = list(named_days(folded, today))
    found: list[DateSpan] = []
    at = floor = 0
    while at < len(named):
        one, taken = _ranged(named, at, folded, floor)
        at += taken
        span = _opened(one, folded, text, floor) if taken == 1 else _span(one, text)
        found.append(span)
        floor = span.end
    return found


def _span(one: Named, text: str, op: DateOp = "between") -> DateSpan:
    if op == "between" and one.first == one.last:
        op = "=="
    return DateSpan(one.start, one.end, text[one.start : one.end], one.first.isoformat(), one.last.isoformat(), op)


def _ranged(named: list[Named], at: int, folded: str, floor: int) -> tuple[Named, int]:
    """Return the stretch at `at`, widened to the next one where the two make a range, and how many that took."""
    first = named[at]
    if at + 1 == len(named):
        return first, 1
    second = named[at + 1]
    gap = folded[first.end : second.start]
    opener = _OPENER.search(folded, max(floor, first.start - 10), first.start)
    if not _TO.fullmatch(gap) or second.last < first.first or (gap.strip() in ("and", "和", "与") and not opener):
        return first, 1
    closer = _CLOSER.match(folded, second.end)
    start, end = opener.start() if opener else first.start, closer.end() if closer else second.end
    return Named(start, end, first.first, second.last), 2


def _opened(one: Named, folded: str, text: str, floor: int) -> DateSpan:
    """Return the stretch, opened to one side by the words around it."""
    op, start, end = _direction(one, folded, floor)
    widened = Named(start, end, one.first, one.last)
    if op is None:
        return _span(widened, text)
    bounds: dict[str, tuple[datetime.date | None, datetime.date | None]] = {
        ">": (one.last + _DAY, None),
        ">=": (one.first, None),
        "<": (None, one.first - _DAY),
        "<=": (None, one.last),
    }
    low, high = (day.isoformat() if day else None for day in bounds[op])
    return DateSpan(start, end, text[start:end], low, high, op)


def _direction(one: Named, folded: str, floor: int) -> tuple[DateOp | None, int, int]:
    start, end = one.start, one.end
    than, way = _THAN.search(folded, max(floor, start - 2), start), _THAN_WAY.match(folded, end)
    if than and way:
        return (">" if way["newer"] else "<"), than.start(), way.end()
    for op, pattern in _AFTER:
        if match := pattern.match(folded, end):
            return op, start, match.end()
    window = max(floor, start - 28)
    for op, pattern in _BEFORE:
        if match := pattern.search(folded, window, start):
            return op, match.start(), end
    return None, start, end
