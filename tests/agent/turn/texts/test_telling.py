"""An answer is about what was asked: the unit asked for, the fields that speak of it, nothing that stands near."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply
from shortlist.turn.texts import answering_fields, asked_units
from shortlist_tools.catalog import Field, Item, Schema, Snapshot

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("message", "fields", "units"),
    [
        ("how many ml is it?", (), {"capacity": "ml"}),
        ("how much does it weigh in pounds", ("weight",), {"weight": "lb"}),
        ("多少毫升", (), {"capacity": "ml"}),
        ("有多少磅重", ("weight",), {"weight": "lb"}),
        ("how heavy is it?", ("weight",), {}),
        ("how much is it in euros", ("price",), {}),
    ],
)
def test_the_unit_asked_for_names_the_field(
    demo_snapshot: Snapshot, message: str, fields: tuple[str, ...], units: dict[str, str]
) -> None:
    cream = demo_snapshot.item(demo_snapshot.row_of["sk-09"])
    assert asked_units(message, fields, [cream], demo_snapshot.schema) == units


@pytest.mark.parametrize(
    ("wonder", "field", "kept"),
    [
        ("work iphone", "suits", False),
        ("comfortable glasses", "material", False),
        ("wide feet", "suits", False),
        ("适合扁平足", "suits", False),
        ("travel", "suits", True),
        ("made plastic really", "material", True),
        ("colour second euros", "colour", True),
    ],
)
def test_a_value_that_only_stands_near_answers_nothing(
    demo_snapshot: Snapshot, wonder: str, field: str, kept: bool
) -> None:
    phones = [demo_snapshot.item(demo_snapshot.row_of[name]) for name in ("hp-13", "hp-10")]
    assert bool(answering_fields((field,), wonder, phones, demo_snapshot.schema)) is kept


def test_a_name_told_in_two_parts_is_told() -> None:
    near = Field(name="sights", kind="multi_category", label={"zh": "周边景点"})
    item = Item(id="h", values={})
    asked = answering_fields(
        ("sights",), "周边 好玩 景点", [item], Schema(fields=(near,)), "这个酒店周边有啥好玩的景点"
    )
    assert asked == ("sights",)
    assert answering_fields(("sights",), "好玩 景点", [item], Schema(fields=(near,)), "有啥好玩的景点") == ()


def test_all_that_is_asked_at_once_is_answered(talk: Talk) -> None:
    for wish, question in (
        ("headphones under $150", "how heavy is the first and is it in stock?"),
        ("150美元以内的耳机", "第一个多重，有货吗"),
    ):
        facts = talk(wish, question)
        assert facts.plan is not None
        assert set(facts.plan.fields) == {"weight", "in_stock"}


def test_what_is_not_listed_is_said_once_for_all(talk: Talk) -> None:
    reply = talk("headphones under $150", "do they work with iphone?")
    assert len(reply.items) == 3
    assert reply.message.count(".") + reply.message.count(":") <= 2
