"""Several names of one kind, amounts for each kind, sums of any measure, several of one, and what is left."""

from __future__ import annotations

import re
import uuid

import pytest

from shortlist import Recommender, Reply


def talk(recommender: Recommender, *messages: str) -> Reply:
    session = uuid.uuid4().hex
    return [recommender.reply(message, session_id=session) for message in messages][-1]


def bounds(reply: Reply) -> dict[str | None, object]:
    return {row.scope: row.value for row in reply.ledger if row.status == "active" and row.field == "price"}


@pytest.mark.parametrize(
    "message",
    ["100 for headphones, 50 for a lamp and 30 for a board game", "耳机预算100美元，台灯50美元，桌游30美元"],
)
def test_each_amount_bounds_the_kind_it_is_for(recommender: Recommender, message: str) -> None:
    assert bounds(talk(recommender, message)) == {"kind:headphones": 100, "kind:lamps": 50, "kind:board_games": 30}


@pytest.mark.parametrize(
    ("messages", "names"),
    [
        (("500 dollar budget to set up a coffee corner: machine, grinder, kettle",), ("Grinder", "Kettle", "Espresso")),
        (("coffee machine", "need a grinder too"), ("Grinder", "Espresso")),
        (("我要一个咖啡机、一个磨豆机和一个手冲壶",), ("磨豆机", "手冲壶", "咖啡机")),
        (("a cleanser, a face mask and a hand cream please",), ("Cleanser", "Mask", "Hand")),
    ],
)
def test_each_name_of_one_kind_has_an_item(
    recommender: Recommender, messages: tuple[str, ...], names: tuple[str, ...]
) -> None:
    titles = [one.title for one in talk(recommender, *messages).items]
    assert len(titles) == len(names)
    assert all(any(name in title for title in titles) for name in names)


def told(message: str, unit: str) -> list[float]:
    return [float(one.replace(",", "")) for one in re.findall(unit.replace("N", r"([\d,.]*\d)"), message)]


@pytest.mark.parametrize("asked", ["what's left of my budget?", "how much is left?"])
def test_what_is_left_is_the_budget_without_the_set(recommender: Recommender, asked: str) -> None:
    session = uuid.uuid4().hex
    said = ("coffee machine, grinder and a kettle, 300 dollars total", "what's the total?", asked)
    _, spent, left = [recommender.reply(message, session_id=session) for message in said]
    total, *parts = told(spent.message, r"\$N")
    assert total == sum(parts)
    assert told(left.message, r"\$N") == [300 - total]


def test_a_measure_is_added_up(recommender: Recommender) -> None:
    message = talk(recommender, "two lamps and a backpack, 300 dollars total", "how heavy are they together?").message
    grams = told(message, r"N g\b") + [1000 * kilos for kilos in told(message, r"N kg\b")]
    assert len(grams) == 3
    assert max(grams) == pytest.approx(sum(grams) / 2, rel=0.01)


def test_several_of_one_are_priced(recommender: Recommender) -> None:
    reply = talk(recommender, "headphones under $70", "the first one", "how much for three")
    assert "× 3" in reply.message


def test_no_budget_leaves_nothing_to_count(recommender: Recommender) -> None:
    assert "haven't named a budget" in talk(recommender, "desk lamp", "how much is left?").message


@pytest.mark.parametrize(
    ("messages", "item"),
    [(("daypack", "the lightest one, is it waterproof?"), "bp-10"), (("跑鞋 500到1500", "多钱啊 第二双"), "rs-06")],
)
def test_a_question_points_first(recommender: Recommender, messages: tuple[str, ...], item: str) -> None:
    reply = talk(recommender, *messages)
    assert (reply.kind, [one.id for one in reply.items]) == ("answer", [item])
    assert not any(row.field == "waterproof" for row in reply.ledger)


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("how much for two bottles of the first?", 2),
        ("three pieces of the second, how much is that?", 3),
        ("what would 4 of the second cost?", 4),
    ],
)
def test_several_of_one_are_priced_however_they_are_counted(recommender: Recommender, message: str, times: int) -> None:
    reply = talk(recommender, "lamps", message)
    price = float(reply.items[0].facts["price"].lstrip("$"))
    assert f"${price * times:g}" in reply.message
    assert not [row for row in reply.ledger if row.field == "price"]
