"""Each promise of the invariants suite is shown a reply that breaks it: a check that cannot fail proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from shortlist.reply import Question, Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.invariants.checks import violations
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.talker import Said
from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Field, Item, Requirement, Schema

SCHEMA = Schema(
    languages=("en", "zh"),
    rates={"CNY": 0.1},
    roles={"title": "title", "price": "price", "sponsored": "paid", "variant_group": "group", "age_rating": "age"},
    fields=(
        Field(name="title", kind="text"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="weight", kind="number", unit="g"),
        Field(name="colour", kind="multi_category", values={"black": {"en": ["black"], "zh": ["黑色"]}}),
        Field(name="paid", kind="flag"),
        Field(name="group", kind="category"),
        Field(name="age", kind="number", unit="year_old"),
    ),
)
ITEMS = (
    Item(id="a", values={"title": {"en": "Alder Lamp", "zh": "桤木灯"}, "price": 40.0, "weight": 900.0, "group": "g"}),
    Item(
        id="b", values={"title": {"en": "Birch Lamp", "zh": "桦木灯"}, "price": 90.0, "colour": ["black"], "group": "g"}
    ),
    Item(id="c", values={"title": {"en": "Cedar Flask", "zh": "雪松酒壶"}, "price": 60.0, "age": 18.0}),
    Item(id="d", values={"title": {"en": "Dogwood Desk", "zh": "山茱萸桌"}, "price": 200.0, "paid": True}),
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A world of four items; nobody talks in it."""
    from contextlib import ExitStack
    from pathlib import Path

    with ExitStack() as stack:
        yield World("demo", SCHEMA, ITEMS, Path("unused.db"), stack)


def reply(kind: str, message: str, items: str = "", **more: Any) -> Reply:
    titles = {item.id: item.text("title", more.get("language", "en")) for item in ITEMS}
    broken = more.pop("broken", {})
    disclosures = more.pop("disclosures", {})
    shown = tuple(
        ShownItem(id=one, title=titles.get(one, "?"), broken=broken.get(one, ()), disclosures=disclosures.get(one, ()))
        for one in items
    )
    given = {
        "language": "en",
        "session_id": "s",
        "turn": 1,
        "plan": TurnPlan(),
        "usage": Usage(),
        "trace_id": "t",
        **more,
    }
    return Reply(kind=kind, message=message, items=shown, **given)


def row(field: str = "price", op: str = "<", value: Any = 50.0, quote: str = "under $50", **more: Any) -> Requirement:
    return Requirement(**{"id": "r1", "field": field, "op": op, "value": value, "quote": quote, "turn": 1, **more})


def broken(
    world: World, given: Reply, text: str = "a lamp under $50", before: tuple[tuple[Said, Reply], ...] = (),
    **more: Any,
) -> set[str]:  # fmt: skip
    said = more.pop("said", Said(text, "request", "en"))
    moment = Moment(world, more.get("policies", {}), more.get("facts", {}), more.get("events", ()), before, said, given,
                    more.get("streamed"))  # fmt: skip
    return {name for name, _ in violations(moment)}


def test_a_sound_reply_breaks_nothing(world: World) -> None:
    given = reply("recommend", "Alder Lamp costs $40 and weighs 900 g.", "a", ledger=(row(),), matching=1)
    assert broken(world, given) == set()


def test_an_unknown_item_is_seen(world: World) -> None:
    assert "exists" in broken(world, reply("recommend", "Here.", "z"))


def test_an_item_under_another_title_is_seen(world: World) -> None:
    given = reply("recommend", "Here.", "a")
    wrong = given.model_copy(update={"items": (given.items[0].model_copy(update={"title": "Elder Lamp"}),)})
    assert broken(world, wrong) == {"exists"}


def test_a_broken_requirement_that_is_not_named_is_seen(world: World) -> None:
    assert broken(world, reply("recommend", "Birch Lamp.", "b", ledger=(row(),))) == {"satisfied"}


def test_a_broken_requirement_that_is_named_is_allowed_to_an_abstaining_reply_only(world: World) -> None:
    named = {"ledger": (row(value=30.0, quote="under $30"),), "broken": {"a": ("r1",)}, "matching": 0}
    assert broken(world, reply("abstain", "Alder Lamp misses under $30.", "a", **named), "under $30") == set()
    assert broken(world, reply("recommend", "Alder Lamp.", "a", **named), "under $30") == {"satisfied"}


def test_what_is_broken_is_said_in_the_message(world: World) -> None:
    named = {"ledger": (row(value=30.0, quote="under $30"),), "broken": {"a": ("r1",)}, "matching": 0}
    assert broken(world, reply("abstain", "Take Alder Lamp.", "a", **named), "under $30") == {"admits"}
    assert broken(world, reply("abstain", "Alder Lamp misses the price.", "a", **named), "under $30") == set()


def test_a_requirement_that_is_met_may_not_be_called_broken(world: World) -> None:
    given = reply("abstain", "Alder Lamp misses under $50.", "a", ledger=(row(),), broken={"a": ("r1",)})
    assert "satisfied" in broken(world, given)


def test_a_missing_value_does_not_satisfy_an_exclusion(world: World) -> None:
    rows = (row("colour", "not_contains", "black", "not black"),)
    assert broken(world, reply("recommend", "Alder Lamp.", "a", ledger=rows), "not black") == {"satisfied"}


def test_money_in_another_currency_is_converted(world: World) -> None:
    rows = (row(value=500.0, quote="500元以内", unit="CNY", op="<="),)
    assert broken(world, reply("recommend", "Alder Lamp.", "a", ledger=rows), "500元以内的") == set()
    assert broken(world, reply("recommend", "Birch Lamp.", "b", ledger=rows), "500元以内的") == {"satisfied"}


def test_one_branch_of_a_group_is_enough(world: World) -> None:
    rows = (row(group="g1:a"), row("colour", "contains", "black", "black", id="r2", group="g1:b"))
    text = "under $50 or black"
    assert broken(world, reply("recommend", "Birch Lamp.", "b", ledger=rows), text) == set()
    assert broken(world, reply("recommend", "Cedar Flask.", "c", ledger=rows), text) == {"satisfied"}


def test_a_budget_of_the_set_is_summed(world: World) -> None:
    rows = (row(value=100.0, quote="100 in total", scope="slate"),)
    given = reply("recommend", "Alder Lamp and Cedar Flask.", "ac", ledger=rows)
    assert broken(world, given, "100 in total") == set()
    dear = reply("recommend", "Cedar Flask and Birch Lamp.", "cb", ledger=rows)
    assert broken(world, dear, "100 in total") == {"set_budget"}


def test_only_money_is_spent_on_the_set_together(world: World) -> None:
    rows = (row("weight", "<", 500.0, "under 500 g", scope="slate"),)
    assert "satisfied" in broken(world, reply("recommend", "Alder Lamp.", "a", ledger=rows), "under 500 g")


@pytest.mark.parametrize(
    "wrong",
    [
        row(quote="under $60"),
        row(quote=""),
        row(origin="inferred"),
        row(turn=2),
    ],
)
def test_words_that_the_user_did_not_say_may_not_filter(world: World, wrong: Requirement) -> None:
    assert "in_the_users_words" in broken(world, reply("recommend", "Alder Lamp.", "a", ledger=(wrong,)))


def test_the_host_may_filter_without_a_quote(world: World) -> None:
    rows = (row(origin="host", quote=""),)
    assert broken(world, reply("recommend", "Alder Lamp.", "a", ledger=rows)) == set()


def test_a_lost_or_rewritten_row_is_seen(world: World) -> None:
    before = ((Said("under $50", "request", "en"), reply("recommend", "Alder Lamp.", "a", ledger=(row(),))),)
    gone = reply("recommend", "Alder Lamp.", "a", turn=2)
    assert broken(world, gone, before=before) == {"keeps_history"}
    rewritten = reply("recommend", "Alder Lamp.", "a", turn=2, ledger=(row(value=45.0),))
    assert broken(world, rewritten, before=before) == {"keeps_history"}
    withdrawn = reply("recommend", "Alder Lamp.", "a", turn=2, ledger=(row(status="withdrawn"),))
    assert broken(world, withdrawn, before=before) == set()


def test_the_number_of_matching_items_is_counted(world: World) -> None:
    assert broken(world, reply("recommend", "Alder Lamp.", "a", ledger=(row(),), matching=2)) == {"counted"}


def test_two_variants_in_one_slate_are_seen(world: World) -> None:
    assert broken(world, reply("recommend", "Alder Lamp and Birch Lamp.", "ab")) == {"one_a_group"}


@pytest.mark.parametrize(
    ("items", "policies", "more"),
    [
        ("a", {"blocked": ["a"]}, {}),
        ("a", {"exclude_seen": ["bought"]}, {"events": [{"kind": "bought", "item_id": "a"}]}),
        ("a", {"require": [{"field": "weight", "op": "<", "value": 500.0}]}, {}),
        ("c", {"age_gate": {"field": "age", "minimum": 18, "fact": "adult"}}, {}),
        ("ac", {"slate_size": 1}, {}),
    ],
)
def test_every_policy_is_enforced(world: World, items: str, policies: dict[str, Any], more: dict[str, Any]) -> None:
    given = reply("recommend", "These fit.", items)
    assert broken(world, given, "a lamp", policies=policies, **more) == {"keeps_policies"}
    assert broken(world, given, "a lamp") == set()


def test_a_yes_to_the_question_confirms_the_age(world: World) -> None:
    gate = {"age_gate": {"field": "age", "minimum": 18, "fact": "adult"}}
    before = ((Said("a flask", "request", "en"), reply("confirm", "Are you of age?")),)
    shown = reply("recommend", "Cedar Flask.", "c", turn=2)
    for confirms, found in ((True, set()), (False, {"keeps_policies"}), (None, {"keeps_policies"})):
        said = Said("yes", "affirm", "en", confirms)
        assert broken(world, shown, before=before, policies=gate, said=said) == found


def test_what_is_paid_for_is_disclosed_in_the_message(world: World) -> None:
    assert broken(world, reply("recommend", "Dogwood Desk.", "d")) == {"discloses"}
    told = {"d": ("Dogwood Desk is a paid promotion.",)}
    assert broken(world, reply("recommend", "Dogwood Desk.", "d", disclosures=told)) == {"discloses"}
    assert broken(world, reply("recommend", "No text tells that.", "d", disclosures=told)) == {"discloses"}
    assert broken(world, reply("answer", "Dogwood Desk.", "d", disclosures=told)) == {"discloses"}
    assert broken(world, reply("answer", "No text of theirs tells that.", "d", disclosures=told)) == set()
    said = reply("recommend", "Dogwood Desk is a paid promotion.", "d", disclosures=told)
    assert broken(world, said) == set()


def test_asking_again_or_too_often_is_seen(world: World) -> None:
    question = Question(fields=("price",), text="What is your limit?")
    asked = reply("ask", "What is your limit?", question=question)
    assert broken(world, asked, "a lamp") == set()
    before = ((Said("a lamp", "request", "en"), asked),)
    again = asked.model_copy(update={"turn": 2})
    assert broken(world, again, "a lamp", before=before) == {"asks_well"}
    assert broken(world, asked, "a lamp", policies={"asking_turns": 0}) == {"asks_well"}


def test_a_reply_without_words_or_items_is_not_complete(world: World) -> None:
    assert broken(world, reply("recommend", " ")) == {"complete"}


def test_what_was_streamed_stands_in_the_message(world: World) -> None:
    given = reply("recommend", "Alder Lamp fits.", "a")
    events = [{"type": "items", "data": [{"id": "a"}]}, {"type": "sentence", "data": "Alder Lamp fits."}]
    assert broken(world, given, streamed=events) == set()
    assert broken(world, given, streamed=[*events, {"type": "sentence", "data": "Buy now."}]) == {"streamed_alike"}
