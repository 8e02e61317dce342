"""Whether one item satisfies one requirement, told from its values alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shortlist_tools.catalog import SLATE, Field, Item, Requirement, Schema
from shortlist_tools.text import convert

_SLACK = 1e-9
_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "==": lambda value, bound: abs(value - bound) <= _SLACK * max(1.0, abs(bound)),
    "!=": lambda value, bound: abs(value - bound) > _SLACK * max(1.0, abs(bound)),
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound + _SLACK,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound - _SLACK,
}
_DAYS: dict[str, Callable[[str, str], bool]] = {
    "==": lambda value, bound: value == bound,
    "!=": lambda value, bound: value != bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}


def satisfies(item: Item, requirement: Requirement, schema: Schema) -> bool:
    """Say whether `item` satisfies `requirement`; a missing value never does, wishes and slate budgets always are."""
    if requirement.op in ("lowest", "highest") or requirement.scope == SLATE:
        return True
    if (
        requirement.scope
        and requirement.scope.startswith("kind:")
        and not _of_kind(item, requirement.scope[5:], schema)
    ):
        return True
    field, value = schema.get(requirement.field), item.values.get(requirement.field)
    if requirement.op == "exists":
        return (value is not None) == (requirement.value is not False)
    if value is None and requirement.field == schema.roles.get("sponsored"):
        value = False  # an operator marks what is an ad, and nothing else
    if field is None or value is None:
        return False
    if field.kind in ("number", "money"):
        return _number(float(value), requirement, field, schema)
    if field.kind == "date":
        return _compare(str(value), requirement, _DAYS, str)
    if field.kind == "flag":
        return (bool(value) == bool(requirement.value)) == (requirement.op != "!=")
    return _values(value, requirement, exact=field.kind != "text")


def bound_in_field_unit(value: float, requirement: Requirement, field: Field, schema: Schema) -> float | None:
    """Return a figure of `requirement` in the field's own unit, or None where no conversion leads there."""
    if requirement.unit is None or requirement.unit == field.unit:
        return float(value)
    if field.kind == "money":
        price = schema.role("price")
        rates = {**schema.rates, (price.unit if price and price.unit else field.unit or ""): 1.0}
        if requirement.unit not in rates or field.unit not in rates:
            return None
        return float(value) * rates[requirement.unit] / rates[field.unit]
    return convert(float(value), requirement.unit, field.unit or "")


def _of_kind(item: Item, kind: str, schema: Schema) -> bool:
    value = item.values.get(schema.roles.get("kind", ""))
    return kind in value if isinstance(value, list | tuple) else value == kind


def _number(value: float, requirement: Requirement, field: Field, schema: Schema) -> bool:
    def bound(one: Any) -> float:
        found = bound_in_field_unit(float(one), requirement, field, schema)
        return float("nan") if found is None else found

    return _compare(value, requirement, _NUMBERS, bound)


def _compare(
    value: Any, requirement: Requirement, ops: dict[str, Callable[[Any, Any], bool]], bound: Callable[[Any], Any]
) -> bool:
    wanted = requirement.value
    if requirement.op == "between":
        return ops[">="](value, bound(wanted[0])) and ops["<="](value, bound(wanted[1]))
    if requirement.op in ("in", "not_in"):
        return any(ops["=="](value, bound(one)) for one in wanted) == (requirement.op == "in")
    return requirement.op in ops and ops[requirement.op](value, bound(wanted))


def _values(value: Any, requirement: Requirement, *, exact: bool) -> bool:
    wanted = requirement.value if isinstance(requirement.value, list | tuple) else [requirement.value]
    if exact:
        have = set(value) if isinstance(value, list | tuple) else {value}
        met = any(one in have for one in wanted)
    else:
        texts = [text.casefold() for text in (value.values() if isinstance(value, dict) else [str(value)])]
        whole = requirement.op in ("==", "!=")
        met = any(
            str(one).casefold() == text if whole else str(one).casefold() in text for one in wanted for text in texts
        )
    return met != (requirement.op in ("!=", "not_in", "not_contains"))
