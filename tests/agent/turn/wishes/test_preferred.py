"""Names narrower than their kind: what they add comes first, and what stands inside them as a value holds."""

from __future__ import annotations

from typing import cast

import pytest

from shortlist.turn.state import active, apply_edits
from shortlist.turn.wishes import named_first, wished_mask
from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.ranking import Ranked


def ask(kind: str, quote: str) -> Requirement:
    return Requirement(field="category", op="==", value=kind, quote=quote)


def ranked(snapshot: Snapshot, *ids: str) -> list[Ranked]:
    return [cast("Ranked", type("One", (), {"id": one, "row": snapshot.row_of[one]})()) for one in ids]


@pytest.mark.parametrize("quote", ["earbuds", "Earbuds", "耳塞"])
def test_a_narrower_name_puts_items_with_it_in_their_titles_first(quote: str, demo_snapshot: Snapshot) -> None:
    found = named_first(
        ranked(demo_snapshot, "hp-01", "hp-03", "hp-12", "hp-05"), [ask("headphones", quote)], demo_snapshot
    )
    assert [one.id for one in found] == ["hp-03", "hp-05", "hp-01", "hp-12"]


@pytest.mark.parametrize(("quote", "words"), [("headphones", ""), ("earbuds", "for a quiet room")])
def test_plain_names_and_newer_words_leave_the_order(quote: str, words: str, demo_snapshot: Snapshot) -> None:
    ids = ["hp-01", "hp-03", "hp-12", "hp-05"]
    found = named_first(ranked(demo_snapshot, *ids), [ask("headphones", quote)], demo_snapshot, words)
    assert [one.id for one in found] == ids


@pytest.mark.parametrize(("quote", "colour"), [("red wine", "red"), ("红酒", "red"), ("白葡萄酒", "white")])
def test_a_value_inside_the_name_of_a_kind_narrows_it(quote: str, colour: str, demo_snapshot: Snapshot) -> None:
    among = demo_snapshot.mask([ask("wine", quote)])
    kept = demo_snapshot.items(wished_mask([ask("wine", quote)], demo_snapshot, among).nonzero()[0])
    assert kept
    assert all(colour in item.values["colour"] for item in kept)


@pytest.mark.parametrize(("then", "kept"), [("earbuds", "earbuds"), ("headphones", "earphones")])
def test_another_name_of_the_kind_is_heard_and_its_plain_one_changes_nothing(
    then: str, kept: str, demo_snapshot: Snapshot
) -> None:
    first = "headphones" if then == "earbuds" else "earphones"
    ledger: tuple[Requirement, ...] = ()
    for turn, quote in enumerate((first, then), 1):
        edit = PlannedEdit(action="add", requirement=ask("headphones", quote), quote=quote)
        ledger = apply_edits(ledger, [edit], turn, demo_snapshot.schema)
    assert [row.quote for row in active(ledger)] == [kept]
