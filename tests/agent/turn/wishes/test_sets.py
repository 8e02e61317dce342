"""A further kind beside the first: what was said of the first stays with it, what holds anyway goes on."""

from __future__ import annotations

import uuid

import pytest

from shortlist import Recommender, Reply
from shortlist.demo import FOLDER
from shortlist.turn.state import active, apply_edits
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


def _kinds(reply: Reply) -> set[str]:
    return {item.id[:2] for item in reply.items}


def _ids(reply: Reply) -> dict[str, str]:
    return {item.id[:2]: item.id for item in reply.items}


@pytest.mark.parametrize(
    ("first", "then", "kinds", "kept"),
    [
        ("a lamp, a backpack and headphones, $300 altogether", "remove the lamp", {"bp", "hp"}, {"bp", "hp"}),
        ("a lamp, a backpack and headphones, $300 altogether", "no more headphones", {"bp", "lp"}, {"bp", "lp"}),
        ("台灯、背包和耳机，一共2000元", "台灯不要了", {"bp", "hp"}, {"bp", "hp"}),
        ("台灯、背包和耳机，一共2000元", "去掉背包", {"lp", "hp"}, {"lp", "hp"}),
        ("a lamp and a backpack, $200 in total", "swap the lamp for a board game", {"bp", "bg"}, {"bp"}),
        ("台灯和背包，一共1500元", "台灯换成桌游", {"bp", "bg"}, {"bp"}),
        ("给爸爸一个背包，给妈妈一盏台灯，一共1500元", "妈妈的换成桌游", {"bp", "bg"}, {"bp"}),
        (
            "a backpack for my dad and a lamp for my sister, $200 in total",
            "swap my sister's for a board game",
            {"bp", "bg"},
            {"bp"},
        ),
        ("a lamp and a backpack, $200 in total", "the backpack should be waterproof", {"bp", "lp"}, {"lp"}),
        ("台灯和背包，一共1500元", "再加一副耳机", {"lp", "bp", "hp"}, {"lp", "bp"}),
        ("a lamp and a backpack, $200 in total", "and add headphones", {"lp", "bp", "hp"}, {"lp", "bp"}),
    ],
)
def test_what_a_turn_says_of_one_kind_leaves_the_others_in_the_set(
    recommender: Recommender, first: str, then: str, kinds: set[str], kept: set[str]
) -> None:
    session = uuid.uuid4().hex
    before = recommender.reply(first, session_id=session)
    after = recommender.reply(then, session_id=session)
    assert _kinds(after) == kinds
    assert {_ids(after)[kind] for kind in kept} == {_ids(before)[kind] for kind in kept}


@pytest.mark.parametrize("swap", ["replace the second one", "换掉第二个", "swap out the second one"])
def test_one_item_is_replaced_and_the_others_stay(recommender: Recommender, swap: str) -> None:
    session = uuid.uuid4().hex
    before = recommender.reply("a lamp, a backpack and a board game, $200 altogether", session_id=session)
    after = recommender.reply(swap, session_id=session)
    assert _kinds(after) == _kinds(before)
    assert before.items[1].id not in {item.id for item in after.items}
    assert {before.items[0].id, before.items[2].id} <= {item.id for item in after.items}


@pytest.mark.parametrize(("cheaper", "language"), [("cheaper please", "en"), ("整套再便宜点", "zh")])
def test_cheaper_asks_it_of_the_whole_set(recommender: Recommender, cheaper: str, language: str) -> None:
    session, snapshot = uuid.uuid4().hex, recommender._runtime.services().snapshot

    def total(reply: Reply) -> float:
        return sum(float(snapshot.numbers("price")[snapshot.row_of[item.id]]) for item in reply.items)

    before = recommender.reply("a lamp, a backpack and headphones, $400 altogether", session_id=session)
    after = recommender.reply(cheaper, session_id=session, language=language)
    assert _kinds(after) == _kinds(before)
    assert total(after) < total(before)


def test_what_only_one_kind_can_be_leaves_the_other_in_the_set(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    recommender.reply("running shoes and a sunscreen, total max 80 dollars", session_id=session)
    assert _kinds(recommender.reply("she has sensitive skin", session_id=session)) == {"rs", "sk"}


def test_a_closer_name_of_one_kind_keeps_the_set(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    recommender.reply("I'm 40. A bottle of wine and a board game, 60 dollars all together", session_id=session)
    after = recommender.reply("white wine", session_id=session)
    assert _kinds(after) == {"wn", "bg"}
    assert any(row.field == "colour" and row.value == "white" and row.scope == "kind:wine" for row in after.ledger)


def test_a_kind_of_which_nothing_fits_is_named(recommender: Recommender) -> None:
    reply = recommender.reply("a backpack over 200 litres and a lamp, $200 in total", session_id=uuid.uuid4().hex)
    assert _kinds(reply) == {"lp"}
    assert "backpacks" in reply.message


def test_a_sum_named_with_together_is_for_all(recommender: Recommender) -> None:
    reply = recommender.reply("two board games for $50 together", session_id=uuid.uuid4().hex)
    assert any(row.field == "price" and row.scope == "slate" for row in reply.ledger)


def turns(recommender: Recommender, *messages: str) -> list[Reply]:
    session = uuid.uuid4().hex
    return [recommender.reply(message, session_id=session) for message in messages]


def shown(reply: Reply) -> set[str]:
    return {one.id for one in reply.items}


@pytest.mark.parametrize(
    ("messages", "part"),
    [
        (("a desk lamp and a backpack, 150 dollars together", "a bigger backpack"), "bp"),
        (("我要一副跑鞋和一个背包，总共1500块以内", "包便宜一点"), "bp"),
        (("耳机、灯、桌游，总共一千五", "桌游换一个"), "bg"),
        (("a cleanser and a sunscreen", "a cheaper sunscreen"), "sk"),
    ],
)
def test_changing_one_part_of_a_set_leaves_the_others(
    recommender: Recommender, messages: tuple[str, ...], part: str
) -> None:
    before, after = map(shown, turns(recommender, *messages))
    assert len(before) == len(after)
    (gone,), (new,) = before - after, after - before
    assert gone.startswith(part)
    assert new.startswith(part)


def test_a_part_keeps_its_sort_where_nothing_of_it_is_cheaper(recommender: Recommender) -> None:
    before, after = turns(recommender, "a desk lamp and a backpack, 150 dollars together", "the lamp a bit cheaper")
    assert shown(before) == shown(after)
    assert "cheaper" in after.message


@pytest.mark.parametrize(
    ("messages", "items", "total"),
    [
        (("dry skin, what moisturizer do you have", "and a sunscreen to go with it"), {"sk-01", "sk-04"}, "47.50"),
        (("想要一个面霜，干皮", "就第一个", "再来一个防晒霜配着用"), {"sk-01", "sk-04"}, "47.50"),
        (
            ("a coffee grinder please", "I'll take the first one", "and a kettle to go with it"),
            {"cf-06", "cf-09"},
            "111",
        ),
        (("给我女儿买个夜灯", "就这个", "再配一副儿童耳机"), {"lp-03", "hp-13"}, "55"),
    ],
)
def test_what_is_added_goes_with_what_was_chosen(
    recommender: Recommender, messages: tuple[str, ...], items: set[str], total: str
) -> None:
    *_, added, summed = turns(recommender, *messages, "what do the two come to?")
    assert shown(added) == shown(summed) == items
    assert total in summed.message


@pytest.mark.parametrize(
    ("messages", "first"),
    [
        (("耳机有哪些", "最便宜的是哪款"), "hp-11"),
        (("backpacks under 100", "which is the lightest?"), "bp-10"),
        (("what headphones do you have", "which of these is the cheapest?"), "hp-04"),
    ],
)
def test_the_utmost_is_that_of_all_that_fit_unless_those_shown_are_meant(
    recommender: Recommender, messages: tuple[str, ...], first: str
) -> None:
    assert turns(recommender, *messages)[-1].items[0].id == first


@pytest.mark.parametrize(
    "messages",
    [
        ("backpacks under 100", "compare the lightest and the best rated", "add both up"),
        (
            "backpacks under 100",
            "which is the lightest?",
            "and the best rated?",
            "show me both side by side",
            "两个一共多少钱",
        ),
    ],
)
def test_two_that_were_singled_out_are_held_together_and_summed(
    recommender: Recommender, messages: tuple[str, ...]
) -> None:
    *_, compared, summed = turns(recommender, *messages)
    assert shown(compared) == shown(summed) == {"bp-10", "bp-05"}
    assert "104" in summed.message
