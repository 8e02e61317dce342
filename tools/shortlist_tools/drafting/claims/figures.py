"""Every figure of a sentence held against the facts of the items it is about, and against what was asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from shortlist_tools.catalog import Field, Requirement, Schema
from shortlist_tools.drafting.claims.problem import Problem
from shortlist_tools.drafting.claims.reading import Reading
from shortlist_tools.drafting.sheet import ItemFacts
from shortlist_tools.text import DateSpan, Quantity, convert, dimension, find_dates, find_quantities

_SUM = re.compile(
    r"(?<![a-z])(?:total|together|altogether|combined|in all|sum|set)(?![a-z])|合计|一共|总共|加起来|总价|一套"
)
_GAP = re.compile(
    r"(?<![a-z])(?:cheaper|less|more|lighter|heavier|longer|shorter|saves?|extra|difference|below|above|under|over|\w+er)(?![a-z])|便宜|贵|轻|重|长|短|多|少|差|省|高|低|相差"
)
_EXACT_BOUND = re.compile(r"up to|as (?:much|long|many) as|max|最多|最长|最高|最大|可达|长达")
_STOCK = re.compile(r"(?<![a-z])(?:left|remaining|in stock)(?![a-z])|仅剩|只剩|还剩|剩下|库存")
_ABOUT = 0.1
_CONVERTED = 0.01
_COUNTED = ("piece", "person", "time")
_BESIDE = 4


def figure_problems(reading: Reading, today: datetime.date) -> Iterator[Problem]:
    """Yield a problem for every figure, date or year that no fact, requirement or count accounts for."""
    dates = find_dates(reading.text, today)
    kept = [span for span in dates if _date_holds(span, reading)]
    for quantity in find_quantities(_without_values(reading), _unit_words(reading)):
        if any(span.start < quantity.end and quantity.start < span.end for span in kept):
            continue
        span = next((one for one in dates if one.start < quantity.end and quantity.start < one.end), None)
        if span is not None and quantity.unit is None:
            continue
        if (problem := _figure_problem(quantity, reading)) is not None:
            yield problem
    for date in dates:
        if date not in kept and not _is_figure(date, reading) and not _is_greeting(date, reading, today):
            yield Problem(kind="number", span=date.text, why="no item it names has this date, and nobody asked for it")


def _is_greeting(date: DateSpan, reading: Reading, today: datetime.date) -> bool:
    """Return whether a sentence about no item only speaks of the present day: "How can I help today?"."""
    plain = not reading.named and not any(character.isdigit() for character in reading.text)
    return plain and date.low == date.high == today.isoformat()


def _without_values(reading: Reading) -> str:
    """Return the sentence without words of category values, since a brand may hold a numeral (三元记)."""
    text = reading.text
    for start, end, _ in reading.words.find("values", text):
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _unit_words(reading: Reading) -> dict[str, str]:
    """Return unit words that only this schema has, such as `spf`."""
    units = {field.unit for field in reading.schema.fields if field.unit and field.kind == "number"}
    return {unit.lower(): unit for unit in units if unit and dimension(unit) is None and unit.isalpha()}


def _figure_problem(quantity: Quantity, reading: Reading) -> Problem | None:
    items, for_all = reading.spoken_of(quantity.start)
    if _is_asked(quantity, reading, items) or _is_count(quantity, reading) or _is_arithmetic(quantity, reading):
        return None
    fields = _fields(quantity, reading)
    dated = quantity.unit is None and _is_for_a_date(quantity, reading)
    verdicts = [not dated and _item_holds(quantity, item, fields, reading) for item in items]
    if verdicts and (all(verdicts) if for_all else any(verdicts)):
        return None
    if len(items) > 1 and _ranges_over(quantity, items, fields, reading):
        return None
    if quantity.dimension == "money" and _right_in_another_currency(quantity, items):
        return Problem(kind="currency", span=quantity.text, why="the sheet has this figure in another currency")
    names = ", ".join(item.title for item in items) if for_all else "the sheet"
    return Problem(kind="number", span=quantity.text, why=f"no such figure among the facts of {names or 'the sheet'}")


def _fields(quantity: Quantity, reading: Reading) -> tuple[str, ...]:
    """Return the number fields named in the quantity's clause, the nearest first; empty when none is."""
    start, end = reading.clause(quantity.start)
    placed = [
        (min(abs(first - quantity.end), abs(quantity.start - last)), name)
        for first, last, word in reading.labels
        if start <= first < end
        for name in reading.words.labels[word]
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(placed)))


def _is_for_a_date(quantity: Quantity, reading: Reading) -> bool:
    """Say whether a figure that is no date stands right behind the name of one: "released in 1"."""
    before = [word for _, last, word in reading.labels if 0 <= quantity.start - last <= _BESIDE]
    named = [reading.schema.by_name[name].kind for word in before for name in reading.words.labels[word]]
    return bool(named) and set(named) == {"date"}


def _item_holds(quantity: Quantity, item: ItemFacts, named: Sequence[str], reading: Reading) -> bool:
    """Say whether a fact of `item` accounts for the quantity: of a field named beside it, if there is one."""
    usable = [fact for fact in item.facts if _comparable(quantity, reading.schema.by_name[fact.field], reading.schema)]
    beside = [fact for fact in usable if fact.field in named]
    if quantity.unit is None and not beside and not reading.named:
        return False
    if any(_fits(quantity, float(fact.value), reading.schema.by_name[fact.field]) for fact in (beside or usable)):
        return True
    if quantity.op != "==" or quantity.unit is not None:
        return False
    worded = ("text", "category", "multi_category")
    texts = [fact.text for fact in item.facts if reading.schema.by_name[fact.field].kind in worded]
    return any(re.search(rf"(?<![\d.]){re.escape(quantity.text)}(?![\d.])", text) for text in (*texts, *item.reasons))


def _comparable(quantity: Quantity, field: Field, schema: Schema) -> bool:
    """Say whether a figure may be a value of `field`: money of prices alone, and stars of what is rated."""
    if field.kind not in ("number", "money") or (quantity.dimension == "money" and field.kind != "money"):
        return False
    if quantity.dimension == "rating" and field.unit is None and schema.roles.get("rating") != field.name:
        return False
    return quantity.unit is None or any(
        _in_unit(1.0, field, unit) is not None for unit in (quantity.unit, *quantity.also)
    )


def _in_unit(value: float, field: Field, unit: str) -> float | None:
    """Return a value of `field` in `unit`, or None where it cannot be told."""
    if field.unit is None:
        return value
    return convert(value, field.unit, unit)


def _fits(quantity: Quantity, value: float, field: Field) -> bool:
    for unit in (quantity.unit, *quantity.also):
        own = value if unit is None else _in_unit(value, field, unit)
        if own is not None and _agrees(quantity, own, exact=unit is None or unit == field.unit or field.unit is None):
            return True
    return False


def _agrees(quantity: Quantity, value: float, *, exact: bool) -> bool:
    """Say whether a fact bears out what was said: the figure itself, near it for "about", inside a bound."""
    low, high = quantity.low, quantity.high
    slack = 1e-6 * max(1.0, abs(value)) if exact else _CONVERTED * abs(value)
    if low is not None and high is not None:
        if quantity.approximate:
            return low <= value <= high and abs((low + high) / 2 - value) <= max(
                _ABOUT * value, (high - low) / 2 - _ABOUT * value
            )
        return abs(low - value) <= slack and abs(high - value) <= slack
    if high is not None:
        if _EXACT_BOUND.search(quantity.text):
            return abs(high - value) <= slack
        return value < high if quantity.high_open else value <= high + slack
    assert low is not None
    return value > low if quantity.low_open else value >= low - slack


def _ranges_over(quantity: Quantity, items: Sequence[ItemFacts], named: Sequence[str], reading: Reading) -> bool:
    """Say whether a range runs from the least to the greatest value of the items ("$89 to $129")."""
    if quantity.op != "between" or quantity.approximate:
        return False
    for field in reading.schema.fields:
        if (named and field.name not in named) or not _comparable(quantity, field, reading.schema):
            continue
        values = [float(value) for item in items if (value := item.value(field.name)) is not None]
        if values and quantity.unit in (None, field.unit) and [min(values), max(values)] == quantity.value:
            return True
    return False


def _is_asked(quantity: Quantity, reading: Reading, items: Sequence[ItemFacts]) -> bool:
    """Say whether the figure is a bound of a requirement, said as one, and of no item that does not keep it."""
    asked = [row for row in reading.requirements if _same_bound(quantity, row, reading)]
    if not asked:
        return False
    if not reading.named:
        return True
    kept = all(row.id in item.fits for row in asked for item in items)
    if not kept:
        return reading.has("missed", quantity.start)
    return quantity.op != "==" or reading.has("wanted", quantity.start)


def _same_bound(quantity: Quantity, row: Requirement, reading: Reading) -> bool:
    field = reading.schema.get(row.field)
    if field is None or field.kind not in ("number", "money") or row.op in ("lowest", "highest", "exists"):
        return False
    if quantity.dimension == "money" and field.kind != "money":
        return False  # "fewer than one port" bears out no dollar
    bounds = row.value if isinstance(row.value, list | tuple) else [row.value]
    own_unit = row.unit or field.unit
    for bound in bounds:
        for end in (quantity.low, quantity.high):
            if end is None or not isinstance(bound, int | float):
                continue
            for unit in (quantity.unit, *quantity.also):
                value = float(bound) if unit is None or own_unit is None else convert(float(bound), own_unit, unit)
                if value is not None and abs(value - end) <= 1e-6 * max(1.0, abs(value)):
                    return True
    return False


def _is_count(quantity: Quantity, reading: Reading) -> bool:
    if quantity.unit not in (None, *_COUNTED) or quantity.op not in ("==", ">", ">="):
        return False
    value = quantity.low or 0.0
    if value in reading.sheet.counts:
        return True
    if quantity.unit == "piece" and _STOCK.search(reading.text):
        return False
    small = value <= len(reading.sheet.items) and value.is_integer()
    return small and (quantity.unit == "piece" or not re.search(r"\d", quantity.text))


def _is_arithmetic(quantity: Quantity, reading: Reading) -> bool:
    """Say whether the figure is the difference of two items' values, or the sum over the slate."""
    if quantity.low is None or quantity.unit is None or quantity.low != (quantity.high or quantity.low):
        return False
    fields = [field for field in reading.schema.fields if _comparable(quantity, field, reading.schema)]
    for field in fields:
        values = [
            own
            for item in (reading.named if len(reading.named) > 1 else reading.sheet.items)
            if (value := item.value(field.name)) is not None
            if (own := _in_unit(float(value), field, quantity.unit)) is not None
        ]
        if _SUM.search(reading.text) and any(
            abs(sum(part) - quantity.low) < 0.005 for part in (values, _all_values(field, reading))
        ):
            return True
        values += _bounds(field, quantity.unit, reading)
        if _speaks_of_a_gap(quantity.start, reading) and any(
            abs(one - other - quantity.low) < 0.005 for one, other in permutations(values, 2)
        ):
            return True
    return False


def _speaks_of_a_gap(at: int, reading: Reading) -> bool:
    start, end = reading.clause(at)
    return any(not reading.in_label(*match.span()) for match in _GAP.finditer(reading.text, start, end))


def _bounds(field: Field, unit: str, reading: Reading) -> list[float]:
    """Return the bounds that were asked of `field`, in `unit`: "$29.50 over your budget" is a difference, too."""
    return [
        float(row.value)
        for row in reading.requirements
        if row.field == field.name and (row.unit or field.unit) == unit and isinstance(row.value, int | float)
    ]


def _all_values(field: Field, reading: Reading) -> list[float]:
    return [float(value) for item in reading.sheet.items if (value := item.value(field.name)) is not None]


def _right_in_another_currency(quantity: Quantity, items: Sequence[ItemFacts]) -> bool:
    facts = [fact.value for item in items for fact in item.facts]
    figures = [float(one) for one in facts if isinstance(one, int | float) and not isinstance(one, bool)]
    return any(
        abs(value - end) < 0.005 for value in figures for end in (quantity.low, quantity.high) if end is not None
    )


def _date_holds(span: DateSpan, reading: Reading) -> bool:
    items, for_all = reading.spoken_of(span.start)
    days = [field for field in reading.schema.fields if field.kind == "date"]
    years = [field for field in reading.schema.fields if field.kind == "number" and field.unit == "year"]
    for row in reading.requirements:
        bounds = row.value if isinstance(row.value, list | tuple) else [row.value]
        if reading.schema.get(row.field) in days and {span.low, span.high} & {str(bound) for bound in bounds}:
            return True
        if row.op in ("<", ">") and span.op == row.op and span.value == row.value:
            return True

    def holds(item: ItemFacts) -> bool:
        inside = [str(value) for field in days if (value := item.value(field.name))]
        inside += [f"{float(value):04.0f}-07-01" for field in years if (value := item.value(field.name)) is not None]
        if span.op == ">=":  # "since 2023" says when it began
            return any((span.low or "")[:4] == day[:4] for day in inside)
        return any((span.low or "") <= day <= (span.high or "9999") for day in inside)

    verdicts = [holds(item) for item in items]
    return bool(verdicts) and (all(verdicts) if for_all else any(verdicts))


def _is_figure(span: DateSpan, reading: Reading) -> bool:
    """Say whether a bare "2000" that could be a year is a figure of an item instead."""
    if not re.fullmatch(r"\d{4}", span.text.strip()):
        return False
    items, _ = reading.spoken_of(span.start)
    value = float(span.text)
    return any(
        isinstance(fact.value, int | float) and float(fact.value) == value for item in items for fact in item.facts
    )
