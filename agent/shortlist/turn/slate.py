"""The slate: the best items, one a variant group, every wanted kind represented, within the budget of the set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortlist.turn.session import Session
from shortlist_tools.catalog import SLATE, Requirement, Snapshot
from shortlist_tools.ranking import Ranked


def choose(ranked: Sequence[Ranked], size: int, ledger: Sequence[Requirement], snapshot: Snapshot) -> list[Ranked]:
    """Return the best items, one a variant group, every wanted kind represented, within the budget of the set."""
    group_field = snapshot.schema.roles.get("variant_group")
    kind_field = snapshot.schema.roles.get("kind")
    kinds = _wanted_kinds(ledger, kind_field)
    budgets = [row for row in ledger if row.scope == SLATE and row.hard]
    chosen: list[Ranked] = []
    groups: set[object] = set()

    def group_of(one: Ranked) -> object:
        return snapshot.value(one.row, group_field) if group_field else None

    def fits(one: Ranked) -> bool:
        group = group_of(one)
        return (group is None or group not in groups) and _within(budgets, [*chosen, one], snapshot)

    def take(one: Ranked) -> None:
        chosen.append(one)
        group = group_of(one)
        if group is not None:
            groups.add(group)

    for kind in dict.fromkeys(kinds):
        of_kind = (one for one in ranked if kind_field and snapshot.value(one.row, kind_field) == kind)
        best = next((one for one in of_kind if fits(one)), None)
        if best is not None:
            take(best)
    if budgets and chosen:
        return chosen
    for one in ranked:
        if len(chosen) >= max(size, len(set(kinds))):
            break
        if one not in chosen and fits(one):
            take(one)
    return sorted(chosen, key=lambda one: (-one.score, one.id))


def _wanted_kinds(ledger: Sequence[Requirement], kind_field: str | None) -> list[str]:
    rows = [row for row in ledger if kind_field and row.field == kind_field and row.op == "in" and row.hard]
    return [str(value) for row in rows for value in row.value]


def _within(budgets: Sequence[Requirement], slate: Sequence[Ranked], snapshot: Snapshot) -> bool:
    """Return whether the sum over the slate keeps every upper bound that was set for the whole of it."""
    for budget in budgets:
        limit = budget.value[-1] if isinstance(budget.value, list | tuple) else budget.value
        total = float(np.nansum([snapshot.numbers(budget.field)[one.row] for one in slate]))
        if budget.op in ("<", "<=", "between", "==") and total > float(limit):
            return False
    return True


def offered_rows(session: Session, snapshot: Snapshot) -> list[int]:
    """Return the rows of everything shown in this session, with the other variants of each."""
    rows = [snapshot.row_of[item] for item in session.offered if item in snapshot.row_of]
    group_field = snapshot.schema.roles.get("variant_group")
    if group_field is None:
        return rows
    codes, _ = snapshot.codes(group_field)
    groups = {int(codes[row]) for row in rows} - {-1}
    return [*rows, *np.flatnonzero(np.isin(codes, list(groups))).tolist()]
