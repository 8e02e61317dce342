"""Figures, names, languages and left-overs in messages: what must be caught, and what must pass."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from shortlist.reply import Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.invariants.figures import unquoted
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.prose import PROSE
from shortlist_evals.invariants.talker import Said
from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Field, Item, Requirement, Schema

SCHEMA = Schema(
    roles={"title": "title", "price": "price", "availability": "in_stock"},
    fields=(
        Field(name="title", kind="text"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="weight", kind="number", unit="g"),
        Field(name="duration", kind="number", unit="min"),
        Field(name="released", kind="date"),
        Field(name="in_stock", kind="flag"),
        Field(name="mode_64", kind="flag"),
    ),
)
ITEMS = (
    Item(
        id="a",
        values={
            "title": {"en": "Alder 900 Lamp", "zh": "桤木 900 灯"},
            "price": 40.0,
            "weight": 1250.0,
            "duration": 90.0,
            "released": "2024-05-31",
        },
    ),
    Item(id="b", values={"title": {"en": "Birch Lamp", "zh": "桦木灯"}, "price": 90.0, "weight": 300.0}),
    Item(id="c", values={"title": {"en": "Cedar Flask", "zh": "雪松酒壶"}, "price": 60.0}),
    Item(id="d", values={"title": {"en": "Dogwood Jug 70", "zh": "山茱萸壶 70"}, "price": 50.0, "in_stock": False}),
    Item(id="e", values={"title": {"en": "Elm Crate", "zh": "榆木箱"}, "price": 120.0, "in_stock": False}),
)
LEDGER = (Requirement(id="r1", field="price", op="<", value=95.0, quote="under $95", turn=1),)


def found(
    message: str, language: str = "en", text: str = "something under $95", before: str = "", **plan: object
) -> set[str]:
    world = World("demo", SCHEMA, ITEMS, Path("unused.db"), ExitStack())
    shown = tuple(ShownItem(id=one.id, title=one.text("title", language)) for one in ITEMS[:2])
    reply = Reply(
        kind="recommend", message=message, language=language, session_id="s", turn=1, items=shown, ledger=LEDGER,
        matching=3, plan=TurnPlan.model_validate(plan), usage=Usage(), trace_id="t",
    )  # fmt: skip
    wanted = "en" if text.isascii() else "zh"
    earlier = ((Said("", "request", None), reply.model_copy(update={"language": before})),) if before else ()
    moment = Moment(world, {}, {}, (), earlier, Said(text, "request", wanted), reply)
    return {check.__name__ for check in PROSE for _ in check(moment)}


@pytest.mark.parametrize(
    "message",
    [
        "Alder 900 Lamp costs $40, Birch Lamp $90.",
        "Alder 900 Lamp weighs 1.25 kg and came out on May 31, 2024.",
        "Alder 900 Lamp runs for 1 h 30 min.",
        "3 fit; all stay under $95.",
        "I took “something under $95” at its word.",
        "Cedar is a kind of wood.",
    ],
)
def test_true_messages_pass(message: str) -> None:
    assert found(message) == set()


@pytest.mark.parametrize(
    ("message", "checks"),
    [
        ("Alder 900 Lamp costs $39.", {"figures"}),
        ("Alder 900 Lamp costs $90, the price of the other.", {"figures"}),
        ("Birch Lamp costs $300.", {"figures"}),
        ("Birch Lamp costs about a hundred and ninety dollars.", {"figures"}),
        ("17 people bought it.", {"figures"}),
        ("Cedar Flask is even better.", {"names"}),
        ("I would take [1].", {"left_over"}),
        ("It costs {1.price}.", {"left_over"}),
        ("It is in running_shoes.", {"left_over"}),
        ("The weight is None.", {"left_over"}),
        ("See https://example.com for more.", {"left_over"}),
        ("推荐这一款。", {"language"}),
        ("Это лучший выбор.", {"language"}),
    ],
)
def test_false_messages_are_caught(message: str, checks: set[str]) -> None:
    assert checks <= found(message)


@pytest.mark.parametrize(
    ("message", "checks"),
    [
        ("桤木 900 灯售价40美元，重1.25公斤。", set()),
        ("桦木灯只要39元。", {"figures"}),
        ("桦木灯大概一百九十块。", {"figures"}),
        ("雪松酒壶更好。", {"names"}),
        ("This one is the best for you here.", {"language"}),
        ("桤木 900 灯、桦木灯", set()),
    ],
)
def test_chinese_messages_are_held_to_the_same(message: str, checks: set[str]) -> None:
    assert found(message, "zh", "95美元以下") == checks


@pytest.mark.parametrize(
    ("message", "checks"),
    [
        ("Dogwood Jug 70 would fit, but it is out of stock.", set()),
        ("Out of stock at the moment: Dogwood Jug 70.", set()),
        ("Dogwood Jug 70 would fit. Birch Lamp is not out of stock.", {"names"}),
        ("Dogwood Jug 70 costs $45 and is out of stock.", {"figures"}),
        ("Elm Crate would fit, but it is out of stock.", {"names"}),
        ("Cedar Flask would fit, but it is out of stock.", {"names"}),
    ],
)
def test_only_what_would_fit_and_is_out_of_stock_may_be_named_as_that(message: str, checks: set[str]) -> None:
    assert found(message) == checks


def test_a_figure_in_the_name_of_what_was_asked_for_is_no_claim() -> None:
    message = "The catalog doesn't say whether Birch Lamp has mode 64."
    assert found(message, fields=("mode_64",)) == set()
    assert found(message) == {"figures"}
    assert found("Birch Lamp has 64 modes.", fields=("mode_64",)) == {"figures"}


@pytest.mark.parametrize(
    ("text", "before", "checks"),
    [
        ("bye", "zh", set()),
        ("ok!", "zh", set()),
        ("bye", "en", {"language"}),
        ("bye", "", {"language"}),
        ("thanks", "zh", {"language"}),
    ],
)
def test_a_word_of_either_language_is_answered_in_the_language_spoken_before(
    text: str, before: str, checks: set[str]
) -> None:
    assert found("回头见！", "zh", text, before) == checks


def test_only_the_users_own_words_are_taken_out_of_quotes() -> None:
    assert unquoted("“under $95” and “only $1”", ["Something UNDER $95, please"]) == "  and “only $1”"
