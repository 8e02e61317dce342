"""When two requirements on one field speak of the same thing: what is left of the earlier one beside the later one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from shortlist_tools.catalog import Field, Op, Requirement, Schema, day_number

WISH = frozenset({"lowest", "highest"})
POINTS = frozenset({"==", "in"})
WANTED = frozenset({"==", "in", "contains", "contains_any"})
UNWANTED = frozenset({"!=", "not_in", "not_contains"})
MEASURED = frozenset({"number", "money", "date"})


def names(row: Requirement) -> frozenset[str]:
    """Return the values that `row` names, as words in lower case."""
    return frozenset(_name(value) for value in _listed(row.value))


def _name(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(float(value)) if is_number else str(value).casefold()  # type: ignore[arg-type]


def says_the_same(row: Requirement, new: Requirement) -> bool:
    """Return whether two requirements ask the same, however firmly."""
    return (row.field, row.op, row.unit, row.scope, names(row)) == (new.field, new.op, new.unit, new.scope, names(new))


def left_of(row: Requirement, new: Requirement, schema: Schema) -> Requirement | None:
    """Return what of `row` still holds when `new` is said after it: itself, a part of it, or None.

    Both are on the same field and scope. A new bound ends the old one on its side, and the other side where nothing
    could keep both; a new value of a category ends the old values; a value that is now wanted leaves the list of the
    excluded ones, and the other way round.
    """
    field = schema.get(new.field)
    if says_the_same(row, new) or field is None:
        return None
    if row.op in WISH or new.op in WISH:
        return None if row.op in WISH and new.op in WISH else row
    if row.op == "exists" or new.op == "exists":
        return None if _wants_none(row) != _wants_none(new) or row.op == new.op else row
    if field.kind == "flag":
        return None
    if field.kind in MEASURED:
        return _left_of_bounds(row, new, field, schema)
    if field.kind == "category":
        return _left_of_values(row, new, restated=row.op in POINTS and new.op in POINTS)
    restated = row.op in (POINTS | {"contains_any"}) and new.op in (POINTS | {"contains_any"})
    narrowed = row.op == "contains_any" and new.op == "contains" and bool(names(row) & names(new))
    return _left_of_values(row, new, restated=restated or narrowed)


def compatible(row: Requirement, new: Requirement, schema: Schema) -> bool:
    """Return whether one item could satisfy both, as far as the two alone can tell."""
    field = schema.get(new.field)
    if field is None or row.op in WISH or new.op in WISH:
        return True
    if row.op == "exists" or new.op == "exists":
        return _wants_none(row) == _wants_none(new)
    if field.kind == "flag":
        return (row.op == new.op) == (names(row) == names(new))
    if (row.op in UNWANTED) != (new.op in UNWANTED):
        wanted, unwanted = (row, new) if new.op in UNWANTED else (new, row)
        if wanted.op == "contains":
            return not names(wanted) & names(unwanted)
        return wanted.op not in WANTED or bool(names(wanted) - names(unwanted))
    if row.op in UNWANTED:
        return True
    if field.kind in MEASURED:
        mine, its = _span(row, field, schema), _span(new, field, schema)
        return mine is None or its is None or _meet(mine, its)
    return field.kind != "category" or bool(names(row) & names(new))


def keeps_upper(total: float, row: Requirement, schema: Schema) -> bool:
    """Return whether `total`, in the field's unit, keeps the upper bound that `row` sets, if it sets one."""
    field = schema.get(row.field)
    span = _span(row, field, schema) if field is not None else None
    if span is None or span.high == math.inf:
        return True
    return total < span.high if span.high_open else total <= span.high + 1e-9 * max(1.0, abs(span.high))


def upper_bound(row: Requirement, schema: Schema) -> float | None:
    """Return the upper bound that `row` sets, in the field's unit; None where it sets none."""
    field = schema.get(row.field)
    span = _span(row, field, schema) if field is not None else None
    return None if span is None or span.high == math.inf else span.high


class _Span(NamedTuple):
    """An interval; an open end does not belong to it."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False


def _left_of_bounds(row: Requirement, new: Requirement, field: Field, schema: Schema) -> Requirement | None:
    if row.op in UNWANTED or new.op in UNWANTED:
        return _left_of_values(row, new, restated=False)
    mine, its = _span(row, field, schema), _span(new, field, schema)
    if mine is None or its is None:
        return None if row.op == new.op else row
    if row.op in POINTS or new.op in POINTS:
        return None
    upper_ended = its.high < math.inf and mine.high < math.inf
    lower_ended = its.low > -math.inf and mine.low > -math.inf
    if row.op != "between":
        return None if upper_ended or lower_ended or not _meet(mine, its) else row
    if upper_ended == lower_ended:
        return None if upper_ended else row
    rest = mine._replace(high=math.inf) if upper_ended else mine._replace(low=-math.inf)
    op: Op = ">=" if upper_ended else "<="
    kept = row.value[0] if upper_ended else row.value[1]
    return row.model_copy(update={"op": op, "value": kept}) if _meet(rest, its) else None


def _left_of_values(row: Requirement, new: Requirement, *, restated: bool) -> Requirement | None:
    if restated:
        return None
    if (row.op in UNWANTED) == (new.op in UNWANTED):
        return None if row.op in UNWANTED and names(row) <= names(new) else row
    if (row.op not in UNWANTED and row.op not in WANTED) or (new.op not in UNWANTED and new.op not in WANTED):
        return row
    return without(row, names(new))


def without(row: Requirement, gone: frozenset[str]) -> Requirement | None:
    """Return `row` without the values named in `gone`, or None where no value is left."""
    values = _listed(row.value)
    kept = [value for value in values if _name(value) not in gone]
    if len(kept) == len(values):
        return row
    if not kept:
        return None
    single: dict[str, Op] = {"in": "==", "not_in": "!=", "contains_any": "contains"}
    if len(kept) == 1 and row.op in single:
        return row.model_copy(update={"op": single[row.op], "value": kept[0]})
    return row.model_copy(update={"value": kept})


def _span(row: Requirement, field: Field, schema: Schema) -> _Span | None:
    """Return the values that a comparison allows, or None where they cannot be compared."""
    try:
        amounts = [_amount(value, row, field, schema) for value in _listed(row.value)]
    except (TypeError, ValueError, KeyError):
        return None
    if not amounts:
        return None
    if row.op in ("<", "<="):
        return _Span(high=amounts[0], high_open=row.op == "<")
    if row.op in (">", ">="):
        return _Span(low=amounts[0], low_open=row.op == ">")
    return _Span(low=min(amounts), high=max(amounts))


def _amount(value: Any, row: Requirement, field: Field, schema: Schema) -> float:
    """Return `value` of `row` in the field's unit, or as days since 1970-01-01; KeyError where no rate is declared."""
    if field.kind == "date":
        return float(day_number(str(value)))
    if row.unit is None or row.unit == field.unit:
        return float(value)
    price = schema.role("price")
    rates: dict[str | None, float] = dict(schema.rates.items())
    rates[price.unit if price else field.unit] = 1.0
    return float(value) * rates[row.unit] / rates[field.unit]


def _meet(one: _Span, other: _Span) -> bool:
    low, high = max(one.low, other.low), min(one.high, other.high)
    is_open = any(
        (span.low == low and span.low_open) or (span.high == high and span.high_open) for span in (one, other)
    )
    return low < high or (low == high and not is_open)


def _wants_none(row: Requirement) -> bool:
    return row.op == "exists" and row.value is False


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
