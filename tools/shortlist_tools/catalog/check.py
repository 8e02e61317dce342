"""Checking a requirement against the schema: made canonical, or refused with what would be allowed instead."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from shortlist_tools.catalog.conditions import day_number, in_field_unit
from shortlist_tools.catalog.errors import RequirementError, shortened
from shortlist_tools.catalog.requirement import Requirement
from shortlist_tools.catalog.schema import Field, FieldKind, Schema
from shortlist_tools.catalog.values import FALSE_WORDS, TRUE_WORDS

_ORDERED = ("==", "!=", "<", "<=", ">", ">=", "between", "in", "not_in", "exists", "lowest", "highest")
OPS: dict[FieldKind, tuple[str, ...]] = {
    "number": _ORDERED,
    "money": _ORDERED,
    "date": _ORDERED,
    "category": ("==", "!=", "in", "not_in", "exists"),
    "multi_category": ("contains", "not_contains", "contains_any", "not_in", "exists"),
    "text": ("contains", "not_contains", "contains_any", "==", "!=", "in", "not_in", "exists"),
    "flag": ("==", "!=", "exists"),
}
"""The operations that each kind of field has, after synonyms are replaced."""

_SYNONYMS: dict[FieldKind, dict[str, str]] = {
    "category": {"contains": "==", "contains_any": "in", "not_contains": "!="},
    "multi_category": {"==": "contains", "in": "contains_any", "!=": "not_contains"},
}
_LISTS = ("in", "not_in", "contains_any")
_PARTIAL = re.compile(r"^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$")


def check_requirement(requirement: Requirement, schema: Schema) -> Requirement:
    """Return `requirement` in canonical form: field name, operation of the kind, value in the field's unit.

    An alias of a field or of a category's value becomes the canonical one; numbers are converted to the field's unit;
    money keeps its currency in `unit`, provided that a rate is declared; `2015` compared with a date means that year.

    Raises:
        RequirementError: If it cannot be evaluated; names field, operation or value and what would be allowed.
    """
    field = _field(requirement.field, schema)
    op = _SYNONYMS.get(field.kind, {}).get(requirement.op, requirement.op)
    if field.kind == "category" and isinstance(requirement.value, list) and len(requirement.value) > 1:
        op = {"==": "in", "!=": "not_in"}.get(op, op)
    if op not in OPS[field.kind]:
        possible = ", ".join(OPS[field.kind])
        message = f"{field.name} is a {field.kind}: {requirement.op!r} is not possible, use one of {possible}"
        raise RequirementError(message, field.name, OPS[field.kind])
    update: dict[str, Any] = {"field": field.name, "op": op}
    if op in ("lowest", "highest"):
        update |= {"value": None, "unit": None, "hard": False}
    elif op == "exists":
        update |= {"value": _flag(field, True if requirement.value is None else requirement.value), "unit": None}
    else:
        update |= _valued(field, op, requirement, schema)
    return requirement.model_copy(update=update)


def _field(name: str, schema: Schema) -> Field:
    field = schema.get(name)
    if field is not None:
        return field
    called = {word.casefold(): each for each in schema.fields for word in _names(each)}
    field = called.get(name.strip().casefold())
    if field is not None:
        return field
    near = get_close_matches(name.casefold(), called, n=3, cutoff=0.6)
    allowed = tuple(dict.fromkeys(called[word].name for word in near))
    hint = f"did you mean {' or '.join(allowed)}?" if allowed else f"fields are: {', '.join(schema.by_name)}"
    raise RequirementError(f"no field is called {name!r}; {hint}", name, allowed or tuple(schema.by_name))


def _names(field: Field) -> Iterable[str]:
    yield from (field.name, field.name.replace("_", " "), *field.label.values())
    for words in field.aliases.values():
        yield from words


def _valued(field: Field, op: str, requirement: Requirement, schema: Schema) -> dict[str, Any]:
    value = requirement.value
    if op == "between":
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise _refused(field, op, value, "a list of two values, the lowest and the highest")
        value = list(value)
    elif op in _LISTS or (op in ("contains", "not_contains") and isinstance(value, list | tuple)):
        value = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        if not value:
            raise _refused(field, op, requirement.value, "at least one value")
    elif isinstance(value, list | tuple):
        if len(value) != 1:
            raise _refused(field, op, value, "a single value")
        value = value[0]
    if field.kind in ("number", "money"):
        return _numeric(field, op, value, requirement, schema)
    if field.kind == "date":
        return {**_dated(field, op, value), "unit": None}
    one = {"category": _word, "multi_category": _word, "text": _text, "flag": _flag}[field.kind]
    checked = [one(field, each) for each in value] if isinstance(value, list) else one(field, value)
    if isinstance(checked, list) and len(checked) == 1 and op in ("contains", "not_contains"):
        checked = checked[0]
    return {"value": checked, "unit": None}


def _numeric(field: Field, op: str, value: Any, requirement: Requirement, schema: Schema) -> dict[str, Any]:
    numbers = [_number(field, op, each) for each in (value if isinstance(value, list) else [value])]
    unit = requirement.unit
    if field.kind == "money":
        unit = None if unit is None or unit.upper() == field.unit else unit.upper()
        in_field_unit(0.0, requirement.model_copy(update={"unit": unit}), field, schema)
    elif unit is not None:
        numbers = [round(in_field_unit(number, requirement, field, schema), 9) for number in numbers]
        unit = None
    if op == "between":
        numbers.sort()
    return {"value": numbers if isinstance(value, list) else numbers[0], "unit": unit}


def _number(field: Field, op: str, value: Any) -> float:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", ""))
        except ValueError:
            raise _refused(field, op, value, "a number") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _refused(field, op, value, "a number")
    return float(value)


def _dated(field: Field, op: str, value: Any) -> dict[str, Any]:
    if op == "between":
        first, last = sorted((_days(field, op, each) for each in value), key=lambda span: span[0])
        return {"op": op, "value": [first[0], last[1]]}
    if isinstance(value, list):
        return {"op": op, "value": [_days(field, op, each)[0] for each in value]}
    first_day, last_day = _days(field, op, value)
    if op == "!=" and first_day != last_day:
        raise _refused(field, op, value, "a whole date such as 2024-05-31")
    if op == "==" and first_day != last_day:
        return {"op": "between", "value": [first_day, last_day]}
    return {"op": op, "value": last_day if op in ("<=", ">") else first_day}


def _days(field: Field, op: str, value: Any) -> tuple[str, str]:
    """Return the first and last day that a year, a month or a day names."""
    text = str(value).strip()[:10] if not isinstance(value, bool) else ""
    found = _PARTIAL.match(text)
    if found:
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        last_month = month or 12
        try:
            last_day = day or calendar.monthrange(year, last_month)[1]
            first, last = f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{last_month:02}-{last_day:02}"
            day_number(first), day_number(last)
        except (ValueError, calendar.IllegalMonthError):
            raise _refused(field, op, value, "a date such as 2024-05-31") from None
        return first, last
    raise _refused(field, op, value, "a date such as 2024-05-31, 2024-05 or 2024")


def _word(field: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _refused(field, "==", value, "a word")
    text = str(value).strip() if isinstance(value, str) else f"{value:g}"
    found = field.canonical(text)
    if found is not None or not field.values or field.open:
        return found or text
    folded = {name.casefold(): name for name in field.values}
    for name, listed in field.values.items():
        folded |= {word.casefold(): name for words in listed.values() for word in words}
    near = tuple(dict.fromkeys(folded[word] for word in get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)))
    some = tuple(field.values)[:12]
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else f"values are: {', '.join(some)}{' …' if len(field.values) > 12 else ''}"
    )
    raise RequirementError(f"{field.name} has no value {shortened(text)}; {hint}", field.name, near or some)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refused(field, "contains", value, "some words")
    return value.strip()


def _flag(field: Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise _refused(field, "==", value, "true or false")


def _refused(field: Field, op: str, value: Any, expected: str) -> RequirementError:
    return RequirementError(f"{field.name} {op}: expected {expected}, got {shortened(value)}", field.name)
