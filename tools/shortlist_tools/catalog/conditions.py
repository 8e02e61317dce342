"""Evaluating requirements exactly over columns; a missing value never satisfies one, not even a negated one.

One field says something by its absence: an item that no operator marked as sponsored is not sponsored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from shortlist_tools.catalog.columns import Bools, CategoryColumn, MultiColumn, NumberColumn, Rows
from shortlist_tools.catalog.errors import RequirementError
from shortlist_tools.catalog.requirement import SLATE, Requirement
from shortlist_tools.catalog.schema import Field, Schema

if TYPE_CHECKING:
    from shortlist_tools.catalog.snapshot import Snapshot

WISHES = ("lowest", "highest")
TOLERANCE = 1e-9
_EPOCH = date(1970, 1, 1).toordinal()
_KIND_SCOPE = "kind:"


def day_number(iso: str) -> int:
    """Return the days since 1970-01-01 of an ISO day.

    Raises:
        ValueError: If `iso` is no day of the form YYYY-MM-DD.
    """
    return date.fromisoformat(iso).toordinal() - _EPOCH


def iso_day(days: float) -> str:
    """Return the ISO day of a number of days since 1970-01-01."""
    return date.fromordinal(int(days) + _EPOCH).isoformat()


def filters(requirement: Requirement) -> bool:
    """Whether `requirement` filters items one by one: active, hard, no wish, not about the slate."""
    return _stands(requirement) and not _is_wish(requirement)


def _stands(requirement: Requirement) -> bool:
    return requirement.hard and requirement.status == "active"


def _is_wish(requirement: Requirement) -> bool:
    return requirement.op in WISHES or requirement.scope == SLATE


def clauses(requirements: Iterable[Requirement]) -> list[list[list[Requirement]]]:
    """Return the filtering requirements as clauses, of branches, of rows.

    An item must satisfy every clause; a clause, all rows of at least one of its branches. A row outside any group is a
    clause of its own; the rows of group `g1:a` and `g1:b` are two branches of one clause. A wish, or a row about the
    slate, is satisfied by every item.
    """
    single: list[list[list[Requirement]]] = []
    groups: dict[str, dict[str, list[Requirement]]] = {}
    for requirement in filter(_stands, requirements):
        if requirement.group is not None:
            name = requirement.group.partition(":")[0]
            groups.setdefault(name, {}).setdefault(requirement.group, []).append(requirement)
        elif not _is_wish(requirement):
            single.append([[requirement]])
    return single + [list(branches.values()) for branches in groups.values()]


def mask_of(snapshot: Snapshot, requirements: Iterable[Requirement], rows: Rows | None = None) -> Bools:
    """Return which items (of `rows`, or all) satisfy every filtering requirement."""
    result = np.ones(len(snapshot.ids) if rows is None else len(rows), dtype=np.bool_)
    for clause in clauses(requirements):
        np.logical_and(result, clause_mask(snapshot, clause, rows), out=result)
    return result


def clause_mask(snapshot: Snapshot, branches: Sequence[Sequence[Requirement]], rows: Rows | None = None) -> Bools:
    """Return which items satisfy all rows of at least one branch; not to be written to."""
    if len(branches) == 1 and len(branches[0]) == 1:
        return requirement_mask(snapshot, branches[0][0], rows)
    size = len(snapshot.ids) if rows is None else len(rows)
    anywhere = np.zeros(size, dtype=np.bool_)
    for branch in branches:
        passed = np.ones(size, dtype=np.bool_)
        for requirement in branch:
            passed &= requirement_mask(snapshot, requirement, rows)
        anywhere |= passed
    return anywhere


def requirement_mask(snapshot: Snapshot, requirement: Requirement, rows: Rows | None = None) -> Bools:
    """Return which items satisfy one requirement, whatever its hardness and status; not to be written to.

    Wishes are always satisfied. Masks over all items are kept: the same requirement is asked of a snapshot several
    times a turn, and by all who ask for the same.

    Raises:
        RequirementError: If its field, operation, value or unit does not fit the schema.
    """
    if _is_wish(requirement):
        return np.ones(len(snapshot.ids) if rows is None else len(rows), dtype=np.bool_)
    if rows is not None:
        return _evaluated(snapshot, requirement, rows)
    asked = (requirement.field, requirement.op, repr(requirement.value), requirement.unit, requirement.scope)
    return snapshot.masks.get(asked, lambda: _evaluated(snapshot, requirement, None))


def _evaluated(snapshot: Snapshot, requirement: Requirement, rows: Rows | None) -> Bools:
    field = snapshot.schema.get(requirement.field)
    if field is None:
        raise RequirementError(f"no field is called {requirement.field!r}", requirement.field)
    try:
        passed = _field_mask(snapshot, field, requirement, rows)
    except (TypeError, ValueError) as error:
        message = f"{field.name} {requirement.op} {requirement.value!r} cannot be evaluated on a {field.kind}: {error}"
        raise RequirementError(message, field.name) from error
    if requirement.scope and requirement.scope.startswith(_KIND_SCOPE):
        passed = passed | ~_of_kind(snapshot, requirement.scope[len(_KIND_SCOPE) :], rows)
    return passed


def in_field_unit(value: float, requirement: Requirement, field: Field, schema: Schema) -> float:
    """Return `value` of `requirement` in the field's unit; money by the declared rates.

    Raises:
        RequirementError: If no rate or no conversion leads from one unit to the other.
    """
    unit = requirement.unit
    if unit is None or unit == field.unit:
        return float(value)
    if field.kind == "money" and field.unit is not None:
        return float(value) * _rate(unit, field, schema) / _rate(field.unit, field, schema)
    if field.unit is None:
        return _without_unit(value, unit, field)
    from shortlist_tools.text import convert

    converted = convert(float(value), unit, field.unit)
    if converted is None:
        raise RequirementError(
            f"{field.name} is in {field.unit}; {unit} cannot be converted", field.name, (field.unit,)
        )
    return float(converted)


def _without_unit(value: float, unit: str, field: Field) -> float:
    """Return `value` as it is where the field counts or rates; refuse to guess the unit of what is measured."""
    from shortlist_tools.text import dimension

    measure = dimension(unit)
    if measure is None or measure in ("rating", "count", "percent"):
        return float(value)
    raise RequirementError(f"{field.name} has no unit in the schema, so {unit} cannot be compared with it", field.name)


def _rate(currency: str, field: Field, schema: Schema) -> float:
    price = schema.role("price")
    own = price.unit if price else field.unit
    if currency == own:
        return 1.0
    if currency not in schema.rates:
        known = tuple(code for code in (own, *schema.rates) if code)
        message = f"{field.name} is in {field.unit} and no rate is declared for {currency}: ask in {' or '.join(known)}"
        raise RequirementError(message, field.name, known)
    return schema.rates[currency]


def _of_kind(snapshot: Snapshot, value: str, rows: Rows | None) -> Bools:
    field = snapshot.schema.role("kind")
    if field is None:
        raise RequirementError("the schema names no field with role 'kind', so no scope 'kind:…' can be told", "kind")
    return requirement_mask(snapshot, Requirement(field=field.name, op=field.has, value=value), rows)


def _field_mask(snapshot: Snapshot, field: Field, requirement: Requirement, rows: Rows | None) -> Bools:
    if field.kind == "text":
        return _text_mask(snapshot, field, requirement, rows)
    column = snapshot.column(field.name)
    if requirement.op == "exists":
        present = column.present if rows is None else column.present[rows]
        return present.copy() if requirement.value is not False else ~present
    if isinstance(column, NumberColumn):
        if field.kind == "flag" and field.name == snapshot.schema.roles.get("sponsored"):
            column = NumberColumn(np.nan_to_num(column.values))  # an operator marks what is an ad, and nothing else
        return _number_mask(column, field, requirement, snapshot.schema, rows)
    if isinstance(column, CategoryColumn):
        return _category_mask(column, requirement, rows)
    return _multi_mask(column, requirement, rows)


def _number_mask(
    column: NumberColumn, field: Field, requirement: Requirement, schema: Schema, rows: Rows | None
) -> Bools:
    values = column.values if rows is None else column.values[rows]
    op = requirement.op
    if op in ("in", "not_in"):
        wanted = np.zeros(len(values), dtype=np.bool_)
        for each in _listed(requirement.value):
            bound = _bound(each, field, requirement, schema)
            wanted |= np.abs(values - bound) <= _slack(bound)
        return wanted if op == "in" else ~wanted & ~np.isnan(values)
    if op == "between":
        low, high = (_bound(each, field, requirement, schema) for each in requirement.value)
        return (values >= low - _slack(low)) & (values <= high + _slack(high))
    bound = _bound(requirement.value, field, requirement, schema)
    slack = _slack(bound)
    if op == "<=":
        return values <= bound + slack
    if op == ">=":
        return values >= bound - slack
    if op == "<":
        return values < bound - slack
    if op == ">":
        return values > bound + slack
    if op == "==":
        return np.abs(values - bound) <= slack
    if op == "!=":
        return np.abs(values - bound) > slack
    raise TypeError(f"{op!r} is no comparison of a {field.kind}")


def _bound(value: Any, field: Field, requirement: Requirement, schema: Schema) -> float:
    if field.kind == "date":
        return float(day_number(value))
    if field.kind == "flag" and not isinstance(value, bool):
        raise TypeError("expected true or false")
    if isinstance(value, str):
        raise TypeError("expected a number")
    return in_field_unit(float(value), requirement, field, schema)


def _slack(bound: float) -> float:
    return TOLERANCE * max(1.0, abs(bound))


def _category_mask(column: CategoryColumn, requirement: Requirement, rows: Rows | None) -> Bools:
    codes = column.codes if rows is None else column.codes[rows]
    found = [column.code_of[value] for value in _names(requirement.value, column) if value in column.code_of]
    if requirement.op in ("==", "in", "contains", "contains_any"):
        return _any_of(codes, found, len(column.values))
    if requirement.op in ("!=", "not_in", "not_contains"):
        return ~_any_of(codes, found, len(column.values)) & (codes >= 0)
    raise TypeError(f"{requirement.op!r} is no comparison of a category")


def _any_of(codes: Any, wanted: list[int], size: int) -> Bools:
    if not wanted:
        return np.zeros(len(codes), dtype=np.bool_)
    if len(wanted) == 1:
        only: Bools = codes == wanted[0]
        return only
    table = np.zeros(size + 1, dtype=np.bool_)
    table[wanted] = True
    picked: Bools = table[codes]
    return picked


def _multi_mask(column: MultiColumn, requirement: Requirement, rows: Rows | None) -> Bools:
    names = _names(requirement.value, column)
    has = [_having(column, name, rows) for name in names]
    present = column.present if rows is None else column.present[rows]
    none = np.zeros(len(present), dtype=np.bool_)
    if requirement.op in ("contains", "=="):
        return np.logical_and.reduce(has) & present if has else present.copy()
    if requirement.op in ("contains_any", "in"):
        return np.logical_or.reduce(has) if has else none
    if requirement.op in ("not_contains", "!=", "not_in"):
        return ~np.logical_or.reduce(has) & present if has else present.copy()
    raise TypeError(f"{requirement.op!r} is no comparison of a multi_category")


def _having(column: MultiColumn, name: str, rows: Rows | None) -> Bools:
    code = column.code_of.get(name)
    if rows is not None:
        return np.array([code in column.codes[column.starts[r] : column.starts[r + 1]] for r in rows], dtype=np.bool_)
    having = np.zeros(len(column.starts) - 1, dtype=np.bool_)
    if code is not None:
        having[column.rows_with(code)] = True
    return having


def _text_mask(snapshot: Snapshot, field: Field, requirement: Requirement, rows: Rows | None) -> Bools:
    column = snapshot.texts(field.name)
    present = column.present
    op = requirement.op
    if op == "exists":
        passed = present.copy() if requirement.value is not False else ~present
    else:
        words = _listed(requirement.value)
        has = [column.having(str(word), exactly=op in ("==", "!=", "in", "not_in")) for word in words]
        if op == "contains":
            passed = np.logical_and.reduce([*has, present])
        elif op in ("contains_any", "==", "in"):
            passed = np.logical_or.reduce([*has, np.zeros(len(present), dtype=np.bool_)])
        elif op in ("not_contains", "!=", "not_in"):
            passed = present & ~np.logical_or.reduce([*has, np.zeros(len(present), dtype=np.bool_)])
        else:
            raise TypeError(f"{op!r} is no comparison of a text")
    return passed if rows is None else passed[rows]


def _names(value: Any, column: CategoryColumn | MultiColumn) -> list[str]:
    names = [str(each) for each in _listed(value)]
    return [name if name in column.code_of else name.casefold() for name in names]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
