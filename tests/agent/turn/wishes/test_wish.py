"""A message goes on with the wish in force, or begins another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist.turn.state import Session, active, apply_edits
from shortlist.turn.wishes import next_ledger
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot

Make = Callable[..., Snapshot]
ROWS: list[dict[str, Any]] = [
    {"kind": "lamp", "brand": "brass", "price": 90},
    {"kind": "lamp", "brand": "oak", "price": 8},
    {"kind": "cup", "brand": "oak", "price": 5},
]


def want(field: str, op: str, value: Any, *, replaces: bool = False) -> PlannedEdit:
    return PlannedEdit(action="add", requirement=Requirement(field=field, op=op, value=value), replaces=replaces)  # type: ignore[arg-type]


def held(shop: Snapshot, message: str, *edits: PlannedEdit, turn: int) -> list[tuple[str, Any]]:
    first = apply_edits((), [want("kind", "==", "lamp"), want("brand", "==", "brass")], 1, shop.schema)
    plan = TurnPlan(intent="refine", edits=edits)
    rows = next_ledger(Session(id="s", ledger=first), plan, turn, shop, (), message)
    return sorted((row.field, row.value) for row in active(rows))


@pytest.mark.parametrize(
    ("message", "limit", "turn", "brand"),
    [
        ("I want a lamp under 10", 10, 3, False),
        ("I want a lamp under 10", 10, 2, True),
        ("make it a lamp under 10", 10, 3, True),
        ("I want a lamp under 100", 100, 3, True),
        ("I want a lamp under 1", 1, 3, True),
    ],
)
def test_the_same_kind_asked_for_once_more_begins_anew_where_nothing_could_meet_both(
    message: str, limit: int, turn: int, brand: bool, make: Make
) -> None:
    kept = [("brand", "brass")] if brand else []
    found = held(make(*ROWS), message, want("kind", "==", "lamp"), want("price", "<", limit), turn=turn)
    assert found == [*kept, ("kind", "lamp"), ("price", limit)]


@pytest.mark.parametrize("replaces", [False, True])
def test_another_kind_leaves_behind_what_described_the_first_and_keeps_what_is_repeated(
    replaces: bool, make: Make
) -> None:
    cup = want("kind", "==", "cup", replaces=replaces)
    assert held(make(*ROWS), "a cup then", cup, turn=2) == [("kind", "cup")]
    repeated = held(make(*ROWS), "a brass cup then", want("brand", "==", "brass"), cup, turn=2)
    assert repeated == [("brand", "brass"), ("kind", "cup")]
