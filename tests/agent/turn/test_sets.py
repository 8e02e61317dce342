"""A further kind beside the first: what was said of the first stays with it, what holds anyway goes on."""

from __future__ import annotations

import uuid

from shortlist import Recommender
from shortlist.demo import FOLDER
from shortlist.turn.ledger import active, apply_edits
from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import Requirement, load_schema

SCHEMA = load_schema(FOLDER / "schema.yaml")
BOTH = Requirement(field="category", op="in", value=["backpacks", "lamps"], origin="stated", hard=True)


def said(*rows: Requirement) -> tuple[Requirement, ...]:
    return apply_edits((), [PlannedEdit(action="add", requirement=row) for row in rows], 1, SCHEMA)


def test_what_described_the_first_kind_stays_with_it_in_the_words_it_was_said_in() -> None:
    before = said(
        Requirement(field="category", op="==", value="backpacks", origin="stated"),
        Requirement(field="capacity", op=">=", value=50.0, origin="stated", quote="50 litres"),
        Requirement(field="brand", op="!=", value="Velto", origin="stated"),
        Requirement(field="price", op="<=", value=300.0, scope="slate", origin="stated"),
    )
    after = active(apply_edits(before, [PlannedEdit(action="add", requirement=BOTH, beside=True)], 2, SCHEMA))
    assert {(row.field, row.scope) for row in after} == {
        ("category", None), ("capacity", "kind:backpacks"), ("brand", None), ("price", "slate"),
    }  # fmt: skip
    assert next(row.quote for row in after if row.field == "capacity") == "50 litres"


def test_alternatives_share_what_was_said() -> None:
    before = said(
        Requirement(field="category", op="==", value="backpacks", origin="stated"),
        Requirement(field="price", op="<", value=100.0, origin="stated"),
    )
    after = active(apply_edits(before, [PlannedEdit(action="add", requirement=BOTH)], 2, SCHEMA))
    assert {(row.field, row.scope) for row in after} == {("category", None), ("price", None)}


def test_a_set_grows_changes_one_item_and_keeps_its_sum(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    first = recommender.reply("I have $200 for a lamp and a backpack", session_id=session)
    lamp = next(item.id for item in first.items if item.id.startswith("lp"))
    assert len(first.items) == 2
    other = recommender.reply("another lamp please", session_id=session)
    assert lamp not in {item.id for item in other.items}
    assert {item.id[:2] for item in other.items} == {"lp", "bp"}
    grown = recommender.reply("plus headphones", session_id=session)
    assert {item.id[:2] for item in grown.items} == {"lp", "bp", "hp"}
    prices = recommender._runtime.services().snapshot
    total = sum(float(prices.numbers("price")[prices.row_of[item.id]]) for item in grown.items)
    assert total <= 200


def test_a_reason_is_given_of_the_kind_it_was_asked_of(recommender: Recommender) -> None:
    reply = recommender.reply("a waterproof backpack and headphones, $250 together", session_id=uuid.uuid4().hex)
    told = {item.id[:2]: " ".join(item.reasons) for item in reply.items}
    assert "waterproof" in told["bp"]
    assert "waterproof" not in told["hp"]
