"""Whether an item satisfies a requirement, told in plain Python from its values: shares no code with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shortlist_tools.catalog import SLATE, Field, Item, Requirement, Schema

Clause = list[list[Requirement]]
"""Branches of rows: all rows of one branch must hold."""

_SLACK = 1e-6
_PER_BASE = {
    "s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0,
    "mg": 0.001, "g": 1.0, "kg": 1000.0, "lb": 453.59237, "oz": 28.349523125, "jin": 500.0, "liang": 50.0,
    "mm": 0.1, "cm": 1.0, "m": 100.0, "km": 100_000.0, "in": 2.54, "ft": 30.48, "ml": 0.001, "L": 1.0,
    "MB": 0.001, "GB": 1.0, "TB": 1000.0,
}  # fmt: skip


def holds(item: Item, row: Requirement, schema: Schema) -> bool:
    """Return whether `item` satisfies `row`; a missing value never does; wishes and budgets of a set always hold.

    Only money is spent on a set together: whatever else is said to be of the slate must hold of each item.
    What nobody marked as sponsored is not sponsored: there a missing value says something.
    """
    budget = row.scope == SLATE and schema.by_name[row.field].kind == "money"
    if row.op in ("lowest", "highest") or budget:
        return True
    if row.scope is not None and row.scope.startswith("kind:"):
        kind = item.values.get(schema.roles.get("kind", ""))
        if row.scope[5:] not in (kind if isinstance(kind, list) else [kind]):
            return True
    field, value = schema.by_name[row.field], item.values.get(row.field)
    if row.op == "exists":
        return (value is not None) is (row.value is not False)
    if value is None and row.field == schema.roles.get("sponsored"):
        value = False
    if value is None:
        return False
    wanted = list(row.value) if isinstance(row.value, list | tuple) else [row.value]
    if field.kind in ("number", "money"):
        return _figure(float(value), row.op, [in_unit(float(one), row, field, schema) for one in wanted])
    if field.kind == "date":
        return _ordered(str(value), row.op, [str(one) for one in wanted])
    if field.kind == "flag":
        return (value == wanted[0]) is (row.op == "==")
    return _words(value, row.op, [str(one).casefold() for one in wanted], text=field.kind == "text")


def clauses(rows: Iterable[Requirement]) -> list[Clause]:
    """Return the active hard `rows` as clauses: a single row, or the branches of a group of alternatives."""
    hard = [row for row in rows if row.hard and row.status == "active"]
    groups: dict[str, dict[str, list[Requirement]]] = {}
    for row in hard:
        if row.group is not None:
            groups.setdefault(row.group.partition(":")[0], {}).setdefault(row.group, []).append(row)
    return [[[row]] for row in hard if row.group is None] + [list(branches.values()) for branches in groups.values()]


def unmet(item: Item, wanted: Iterable[Clause], schema: Schema) -> list[Clause]:
    """Return the clauses that `item` does not meet: it must meet every row of at least one branch of each."""
    return [
        clause for clause in wanted if not any(all(holds(item, row, schema) for row in branch) for branch in clause)
    ]


def in_unit(value: float, row: Requirement, field: Field, schema: Schema) -> float:
    """Return `value` of `row` in the field's unit; money by the declared rates."""
    if row.unit is None or row.unit == field.unit:
        return value
    if field.kind == "money":
        own = schema.role("price")
        rates = {**schema.rates, str(own.unit if own else field.unit): 1.0}
        return value * rates[row.unit] / rates[str(field.unit)]
    return value * _PER_BASE[row.unit] / _PER_BASE[str(field.unit)]


def _figure(value: float, op: str, wanted: Sequence[float]) -> bool:
    def equal(bound: float) -> bool:
        return abs(value - bound) <= _SLACK * max(1.0, abs(bound))

    if op in ("==", "in"):
        return any(equal(bound) for bound in wanted)
    if op in ("!=", "not_in"):
        return not any(equal(bound) for bound in wanted)
    if op == "between":
        low, high = wanted
        return (value >= low or equal(low)) and (value <= high or equal(high))
    bound = wanted[0]
    if op in ("<=", ">="):
        return equal(bound) or (value < bound if op == "<=" else value > bound)
    return not equal(bound) and (value < bound if op == "<" else value > bound)


def _ordered(value: str, op: str, wanted: Sequence[str]) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "==": lambda: value == wanted[0],
        "!=": lambda: value != wanted[0],
        "<": lambda: value < wanted[0],
        "<=": lambda: value <= wanted[0],
        ">": lambda: value > wanted[0],
        ">=": lambda: value >= wanted[0],
        "between": lambda: wanted[0] <= value <= wanted[1],
        "in": lambda: value in wanted,
        "not_in": lambda: value not in wanted,
    }
    return tests[op]()


def _words(value: Any, op: str, wanted: Sequence[str], *, text: bool) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    have = [str(one).casefold() for one in (value if isinstance(value, list) else [value])]

    def among(word: str) -> bool:
        return any(word in one for one in have) if text and op not in ("==", "!=", "in", "not_in") else word in have

    if op in ("!=", "not_in", "not_contains"):
        return not any(among(word) for word in wanted)
    if op == "contains":
        return all(among(word) for word in wanted)
    return any(among(word) for word in wanted)
