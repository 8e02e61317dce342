"""The constraint ledger: what the user asked for, in the user's words, with its history."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import SLATE, Requirement, Schema

UPPER = {"<", "<=", "between", "=="}
LOWER = {">", ">=", "between", "=="}
POSITIVE = {"==", "in"}
WISH = {"lowest", "highest"}


def active(ledger: Sequence[Requirement]) -> list[Requirement]:
    """Return the rows that hold now."""
    return [row for row in ledger if row.status == "active"]


def apply_edits(
    ledger: Sequence[Requirement], edits: Sequence[PlannedEdit], turn: int, schema: Schema
) -> tuple[Requirement, ...]:
    """Return the ledger after `edits` of turn `turn`; rows are never removed, only replaced or withdrawn.

    A new row replaces the active rows that it contradicts: the same bound of the same field, another single value of
    a category, the opposite of an exclusion. Exclusions, wanted values of a multi-category and rows of other groups
    or scopes stand beside each other. When one kind of item takes the place of another, the rows that described the
    old one go with it: what stays is what was excluded, what concerns the whole slate, and what this turn says.
    """
    rows = list(ledger)
    group_names: dict[str, str] = {}
    for edit in edits:
        if edit.action == "withdraw":
            rows = [_ended(row, "withdrawn") if _is_about(row, edit) else row for row in rows]
            continue
        new = edit.requirement
        if new is None:
            continue
        if new.group:
            name, _, branch = new.group.partition(":")
            fresh = group_names.setdefault(name, f"g{turn}.{len(group_names) + 1}")
            new = new.model_copy(update={"group": f"{fresh}:{branch}"})
        if any(_same(row, new) for row in active(rows)):
            continue
        corrected = {id(row) for row in rows if edit.replaces and row.field == new.field and row.scope == new.scope}
        if _changes_kind(new, rows, schema):
            corrected |= {id(row) for row in rows if row.turn != turn and describes(row)}
        rows = [
            _ended(row, "replaced") if id(row) in corrected or _replaces(new, row, turn, schema) else row for row in rows
        ]
        rows.append(new.model_copy(update={"id": f"r{len(rows) + 1}", "turn": turn, "status": "active"}))
    return tuple(rows)


def _ended(row: Requirement, status: str) -> Requirement:
    return row.model_copy(update={"status": status}) if row.status == "active" else row


def _is_about(row: Requirement, edit: PlannedEdit) -> bool:
    if row.status != "active":
        return False
    if edit.requirement is not None:
        return _same(row, edit.requirement)
    return edit.field is None or row.field == edit.field


def _same(row: Requirement, new: Requirement) -> bool:
    mine, its = (one.model_dump(include={"field", "op", "value", "unit", "hard", "group", "scope"}) for one in (row, new))
    return mine == its


def _replaces(new: Requirement, row: Requirement, turn: int, schema: Schema) -> bool:
    """Return whether the new row ends `row`."""
    if row.status != "active":
        return False
    kind = schema.roles.get("kind")
    if new.field == kind and row.field == kind and new.op in POSITIVE and row.op in POSITIVE:
        return row.turn != turn or new.group is None
    if row.turn == turn and row.group == new.group and row.group is not None:
        return False
    if row.field != new.field or row.scope != new.scope or (row.group or new.group):
        return row.field == new.field and row.scope == new.scope and bool(row.group) and row.turn != turn
    if row.op in WISH or new.op in WISH:
        return row.op in WISH and new.op in WISH
    return _contradicts(new, row, turn, schema)


def _changes_kind(new: Requirement, rows: Sequence[Requirement], schema: Schema) -> bool:
    """Return whether `new` asks for another kind of item than the one asked for until now."""
    kind = schema.roles.get("kind")
    if new.field != kind or new.op not in POSITIVE or not new.hard:
        return False
    before = [row for row in active(rows) if row.field == kind and row.op in POSITIVE and row.hard]
    return any(not _names(row) & _names(new) for row in before)


def describes(row: Requirement) -> bool:
    """Return whether a row describes the kind of item it was said about, rather than what is wanted anyway."""
    return row.op not in ("!=", "not_in", "not_contains") and row.scope != SLATE


def _contradicts(new: Requirement, row: Requirement, turn: int, schema: Schema) -> bool:
    field = schema.get(new.field)
    if field is not None and field.kind in ("number", "money", "date"):
        if new.op == "!=" or row.op == "!=":
            return False
        both_upper = new.op in UPPER and row.op in UPPER
        both_lower = new.op in LOWER and row.op in LOWER
        return both_upper or both_lower
    if field is not None and field.kind == "category":
        if new.op in POSITIVE:
            return row.op in POSITIVE or _names(row) & _names(new) != set()
        return row.op in POSITIVE and _names(row) <= _names(new)
    if field is not None and field.kind == "flag":
        return True
    wanted = {"contains", "contains_any"}
    opposite = (new.op in wanted) != (row.op in wanted)
    return opposite and bool(_names(new) & _names(row))


def _names(row: Requirement) -> set[str]:
    return {str(value) for value in row.value} if isinstance(row.value, list | tuple) else {str(row.value)}
