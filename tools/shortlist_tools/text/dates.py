"""Dates and spans of years in running text, in both languages."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from shortlist_tools.text import chinese
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.numbers import LIMIT


@dataclass(frozen=True)
class DateSpan:
    """A span of days said in a text; `low` and `high` are ISO days, both included, None where it is open."""

    start: int
    end: int
    text: str
    low: str | None
    high: str | None


Span = tuple[datetime.date, datetime.date]


def find_dates(text: str, today: datetime.date) -> list[DateSpan]:
    """Return the spans of days in `text`."""
    folded = fold(text[:LIMIT])
    found: list[DateSpan] = []
    for match in re.finditer(r"(?<![\d.$€£¥,-])((?:19|20)\d\d)(?![\d.,]\d|\d)", folded):
        year = int(match[1])
        found.append(
            DateSpan(match.start(), match.end(), text[match.start() : match.end()], f"{year}-01-01", f"{year}-12-31")
        )
    return found
