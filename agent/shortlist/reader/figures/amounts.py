"""What numbers, units and dates of a message mean, before any field is thought of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from shortlist.reader.message import Context, Figure, Moment
from shortlist_tools.catalog import Schema
from shortlist_tools.text import DateSpan, Quantity, dimension, find_quantities

_RECENT = re.compile(r"(?:\b(?:last|past|previous)\s|最近|近|过去)\s?(?:的)?$")

_DAYS = {"year": 365.25, "month": 30.44, "week": 7.0, "day": 1.0}

_DECADE = re.compile(r"['’]?\d0'?s|\d0年代")

_ASKS_ABOUT = re.compile(r"about\s+")

_RANGE = re.compile(r"\d\s*\D{0,3}\s*(?:-|~|到|至|—)\s*\D{0,2}\d")


def recent(context: Context, today: datetime.date) -> list[Moment]:
    """Return "the last two years" as the days since then."""
    found = []
    for figure in context.figures:
        quantity = figure.quantity
        lead = _RECENT.search(context.scene.folded[: figure.start])
        near = quantity.approximate and quantity.text.startswith("近")
        within = quantity.op == "<=" and quantity.unit == "year" and quantity.text.endswith("内")
        if quantity.unit not in _DAYS or not (within or near or (lead and quantity.op == "==")):
            continue
        ends = [end for end in (quantity.low, quantity.high) if end is not None]
        days = round(sum(ends) / len(ends) * _DAYS[quantity.unit])
        first = lead.start() if lead else figure.start
        since = (today - datetime.timedelta(days=min(days, 200_000))).isoformat()
        found.append(Moment(DateSpan(first, figure.end, context.scene.text[first : figure.end], since, None, ">=")))
    return found


def measured(span: DateSpan, figures: Sequence[Figure]) -> bool:
    """Return whether what looks like a date is a figure with a unit; "90s" is a decade before it is seconds."""
    if _DECADE.search(span.text):
        return False
    return any(f.start < span.end and span.start < f.end and f.quantity.unit for f in figures)


def as_range(quantity: Quantity, words: dict[str, str]) -> Quantity:
    """Return 最低价格300-400元 as the range it states: the word before is part of the field's name."""
    if quantity.op in (">=", "<=") and _RANGE.search(quantity.text):
        at = next(i for i, char in enumerate(quantity.text) if char.isdigit())
        inner = find_quantities(quantity.text[at:], words)
        if inner and inner[0].op == "between":
            shift = quantity.start + at
            return replace(inner[0], start=inner[0].start + shift, end=inner[0].end + shift)
    return quantity


def asked_about(quantity: Quantity, folded: str, words: dict[str, str]) -> Quantity:
    """Return "how about 200" as the figure 200, and "how about between 50 and 100" as those bounds."""
    asks = _ASKS_ABOUT.match(quantity.text.lower())
    if asks and re.search(r"\b(?:how|what)\s$", folded[: quantity.start]):
        shift = quantity.start + asks.end()
        inner = find_quantities(quantity.text[asks.end() :], words)[:1]
        return replace(inner[0], start=inner[0].start + shift, end=inner[0].end + shift) if inner else quantity
    return quantity


_OF_THEM = re.compile(r"^ of (?:them|these|those|the (?:lot|two|three)|it)\b")
_OF_US = re.compile(
    r"^ of (?:us|you)\b|^ (?:of my |of our )?(?:(?P<friends>friends|mates|pals|buddies|colleagues|classmates|guests)"
    r"|adults|folks)\b"
)
_FRIENDS_ZH = re.compile(r"^(?:好|老)?(?:朋友|同事|同学|哥们|闺蜜|室友|客人|亲戚)")
_PLAYS_ZH = re.compile(r"玩|游戏|桌游")
_GIFTS = re.compile(r"\b(?:gift|present)s?\b|礼物|送")
_FOR = re.compile(r"(?:\b(?:for|of)(?: my| our| some)? |[给送为]我?这?)$")
"""Before those whom a thing is for: elsewhere whoever speaks of friends is one more."""
_WITH_AN_AGE = re.compile(r"^\s?(?:,|、|and|&|or|和|跟|/)\s?\d{1,2}\s?(?:-?\s?years?[- ]olds?|y/?o\b|岁)")
_AGED = re.compile(
    r"\b(?:turns?|turning|turned|aged?|reached|(?:he|she|who)(?:'s| is)(?: (?:just|only|now|about to be|nearly|"
    r"almost|already|turning))?|(?:youngest|oldest|eldest|kids?|child|children|toddler|twins|little one|"
    r"(?:grand|god)?(?:son|daughter|child|kid)s?|boys?|girls?|nephews?|nieces?|brother|sister)"
    r"(?:'s| is| are|'re)(?: (?:just|only|now|nearly|almost|already|turning))?)\s"
    r"(?:\d{1,2}(?:,\s?\d{1,2})*,?\s?(?:and|&)\s)?$"
)
_OR_LESS = re.compile(
    r" (?:[a-z-]+ ){1,3}?or (?:(?P<more>more|longer|over|bigger|larger|better|brighter|heavier|up|above)|"
    r"less|shorter|under|cheaper|lighter|smaller|fewer|below|quicker)\b"
)
_NOT_EVEN = re.compile(r"(?:钱)?(?:都|还)?(?:不到|不足|没到)(?=的|$|[,。，!?吧就])")
_OLDEST = 120


def counted(quantity: Quantity, folded: str) -> Quantity:
    """Return a bare figure with what it counts: people ("eight of us"), pieces ("two of them") or years ("he's 7")."""
    if quantity.op == "==" and (later := _OR_LESS.match(folded, quantity.end)):
        least = later["more"]
        return replace(quantity, high=None) if least else replace(quantity, low=None)
    if quantity.op == "==" and (short := _NOT_EVEN.match(folded, quantity.end)):
        text = quantity.text + short.group()
        return replace(quantity, end=short.end(), text=text, low=None, high_open=True)
    before, after = folded[: quantity.start], folded[quantity.end :]
    if quantity.op == "==" and (people := _people(quantity, before, after)):
        return people
    if quantity.unit is not None or quantity.op != "==":
        return quantity
    if _OF_THEM.match(after):
        return replace(quantity, unit="piece", dimension="count")
    if _WITH_AN_AGE.match(after) and (quantity.low or 0.0) <= _OLDEST:
        return replace(quantity, unit="year_old", dimension="age")
    if (
        _AGED.search(before)
        and (quantity.low or 0.0) <= _OLDEST
        and not re.match(r"\s?[a-z%$€£¥]", after.removeprefix(" and"))
    ):
        return replace(quantity, unit="year_old", dimension="age")
    return quantity


def _people(quantity: Quantity, before: str, after: str) -> Quantity | None:
    """Return a figure as the number of those who play, whoever speaks of friends with them; None where it is none."""
    us = _OF_US.match(after) if quantity.unit is None else None
    friends = us["friends"] if us else _FRIENDS_ZH.match(after) and _PLAYS_ZH.search(after)
    if not (us or friends) or (friends and _GIFTS.search(before)):
        return None
    one_more = 1.0 if friends and not _FOR.search(before) else 0.0
    least = (quantity.low or 0.0) + one_more
    return replace(quantity, unit="person", dimension="count", also=("player",), low=least, high=least)


def unit_words(schema: Schema) -> dict[str, str]:
    """Return the words that stand for units only this catalog knows, such as SPF."""
    words: dict[str, str] = {}
    for field in schema.fields:
        unit = field.unit or ""
        if field.kind == "number" and unit.isalpha() and len(unit) > 1 and dimension(unit) is None:
            words |= {w.lower(): unit for w in (unit, *field.label.values()) if len(w) > 1}
    return words
