"""Orders given to the slate, how many of the first are wanted, and small numbers that are no prices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Requirement

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("message", "expected", "count"),
    [
        ("what are the top 3 rated backpacks?", ["category == backpacks", "~rating highest"], 3),
        ("top 5 headphones", ["category == headphones", "~rating highest"], 5),
        ("the three cheapest lamps", ["category == lamps", "~price lowest"], 3),
        ("评分最高的三个背包", ["category == backpacks", "~rating highest"], 3),
        ("最便宜的两款耳机", ["category == headphones", "~price lowest"], 2),
    ],
)
def test_a_number_beside_a_superlative_counts_items(
    message: str, expected: list[str], count: int, reader: Reader, said: Said
) -> None:
    reading = reader.read(message)
    assert (said(reading.requirements), reading.count) == (expected, count)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("sort by price", ["~price lowest"]),
        ("order them by rating", ["~rating highest"]),
        ("lamps, price high to low", ["category == lamps", "~price highest"]),
        ("按价格排序", ["~price lowest"]),
        ("按评分从高到低排一下", ["~rating highest"]),
        ("评分前三的背包", ["category == backpacks", "~rating highest"]),
        ("可以帮我安排一个评分4分以上的背包吗", ["category == backpacks", "rating >= 4"]),
    ],
)
def test_an_order_is_a_superlative_of_its_field(message: str, expected: list[str], reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("how about between 50 and 100 dollars", ["price between ['50', '100']"]),
        ("what about from 20 to 40 bucks", ["price between ['20', '40']"]),
        (
            "lightest waterproof backpack under 200",
            ["category == backpacks", "price < 200", "waterproof == True", "~weight lowest"],
        ),
        ("最轻的背包 300以内", ["category == backpacks", "price <= 300 CNY", "~weight lowest"]),
        ("来一块台灯", ["category == lamps"]),
        ("我要个双肩包和一块手表，加起来不超过1000块", ["category == backpacks", "price <= 1000 CNY @slate"]),
        ("五块以内的灯", ["category == lamps", "price <= 5 CNY"]),
        ("give me everything for free", []),
        ("所有东西都免费给我", []),
        ("只看免费的课程", ["category == courses", "price == 0"]),
    ],
)
def test_a_bare_figure_is_the_price_that_it_is_said_to_be(
    message: str, expected: list[str], reader: Reader, said: Said
) -> None:
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("两个人的桌游", ["category == board_games", "players >= 2"]),
        ("双人桌游", ["category == board_games", "players >= 2"]),
        ("board games for two people", ["category == board_games", "players >= 2"]),
        ("适合两个人的背包", ["category == backpacks", "suits contains couples"]),
    ],
)
def test_a_number_of_people_is_one_where_items_have_it(
    message: str, expected: list[str], reader: Reader, said: Said
) -> None:
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    "message", ["不限情侣", "不用专门是情侣的", "不一定非要适合情侣", "不是非要情侣", "not just for couples"]
)
def test_a_value_that_is_no_longer_needed_is_taken_back(message: str, reader: Reader) -> None:
    ledger = [Requirement(field="suits", op="contains", value="couples")]
    reading = reader.read(message, ledger=ledger)
    assert (reading.withdrawn, reading.requirements) == (("suits",), ())


@pytest.mark.parametrize("message", ["反过来", "the other way round", "reverse the order"])
def test_superlatives_in_force_are_turned_round(message: str, reader: Reader, said: Said) -> None:
    ledger = [
        Requirement(field="price", op="lowest", hard=False, scope="kind:backpacks", turn=1),
        Requirement(field="price", op="highest", hard=False, scope="kind:headphones", turn=1),
    ]
    expected = ["~price highest @kind:backpacks", "~price lowest @kind:headphones"]
    assert said(reader.read(message, ledger=ledger).requirements) == expected


def test_each_kind_of_a_set_has_a_superlative_of_its_own(reader: Reader, said: Said) -> None:
    expected = [
        "category in ['backpacks', 'headphones']",
        "~price highest @kind:headphones",
        "~price lowest @kind:backpacks",
    ]
    assert said(reader.read("最便宜的背包和最贵的耳机").requirements) == expected


@pytest.mark.parametrize(
    "message", ["店里评分最高的是啥", "你们店里评分最高的东西是哪个", "which is the best rated in the whole shop?"]
)
def test_the_best_of_the_shop_is_not_the_best_of_those_shown(
    message: str, reader: Reader, items: Callable[..., list[Item]], said: Said
) -> None:
    ledger = [Requirement(field="category", op="==", value="coffee")]
    reading = reader.read(message, shown=items("cf-01", "cf-03"), ledger=ledger)
    assert said(reading.requirements) == ["~rating highest"]
    assert (reading.withdrawn, reading.degree, reading.query) == (("category",), None, "")


def test_one_order_takes_the_place_of_another_and_leaves_the_bound(reader: Reader) -> None:
    ledger = [
        Requirement(field="price", op="<", value=200.0),
        Requirement(field="price", op="lowest", hard=False, turn=1),
    ]
    edits = reader.read("sort by rating", ledger=ledger).edits
    gone = [edit.requirement.op for edit in edits if edit.action == "withdraw" and edit.requirement]
    assert gone == ["lowest"]


@pytest.mark.parametrize("message", ["what's the cheapest you have?", "你们最便宜的是哪个"])
def test_the_utmost_that_is_had_is_not_that_of_those_shown(
    message: str, reader: Reader, items: Callable[..., list[Item]], said: Said
) -> None:
    ledger = [Requirement(field="category", op="==", value="headphones")]
    reading = reader.read(message, shown=items("hp-01", "hp-12"), ledger=ledger)
    assert (said(reading.requirements), reading.withdrawn, reading.degree) == (["~price lowest"], (), None)


@pytest.mark.parametrize(
    ("message", "unit"),
    [("how about in yuan?", "CNY"), ("换成人民币呢", "CNY"), ("in euros?", "EUR"), ("换成桌游", "")],
)
def test_a_currency_alone_is_one_to_tell_prices_in(message: str, unit: str, reader: Reader) -> None:
    reading = reader.read(message)
    assert reading.currency == unit
    assert not unit or (reading.requirements, reading.query) == ((), "")


def test_the_first_one_is_no_number_of_items(reader: Reader, items: Callable[..., list[Item]]) -> None:
    reading = reader.read("i'll take the first one", shown=items("hp-01", "hp-12"))
    assert ([one.item_id for one in reading.references], reading.count) == (["hp-01"], None)
