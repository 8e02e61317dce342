"""Figures whose unit says little: sizes, pieces, and pounds that are weighed or paid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item

Said = Callable[..., list[str]]


SIZES = [
    "我要一双跑步鞋，43码",
    "42码跑鞋有吗",
    "鞋子穿38号的",
    "running shoes, size 43",
    "running shoes in a UK 9",
    "跑鞋 41码半",
]


@pytest.mark.parametrize("message", SIZES)
def test_a_size_that_no_field_holds_asks_for_nothing(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["category == running_shoes"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("two backpacks, less than 50 pounds each", "price < 50 GBP"),
        ("a lamp under 40 pounds", "price < 40 GBP"),
        ("headphones for 80 pounds", "price <= 80 GBP"),
        ("a bottle of red under 15 pounds", "price < 15 GBP"),
        ("a rucksack under 2 pounds", "weight < 907.185"),
        ("a backpack that weighs less than 3 pounds", "weight < 1360.78"),
    ],
)
def test_pounds_are_weighed_where_something_weighs_as_much(
    message: str, expected: str, reader: Reader, said: Said
) -> None:
    assert expected in said(reader.read(message).requirements)


@pytest.mark.parametrize(
    "message", ["compare 1 and 2 on battery and price", "compare 1 with 2", "对比1和2", "1和2比一下"]
)
def test_numbers_to_compare_are_items_and_no_figures(
    message: str, reader: Reader, items: Callable[..., list[Item]]
) -> None:
    assert reader.read(message).requirements == ()
    found = reader.read(message, shown=items("hp-01", "hp-05", "hp-12"))
    assert found.requirements == ()
    assert [one.item_id for one in found.references] == ["hp-01", "hp-05"]


@pytest.mark.parametrize(
    "message",
    [
        "单程通勤一个半小时",
        "他一天到晚抱着平板",
        "又怕三分钟热度",
        "I sit at my desk 8 hours a day",
        "two hours on the train every day",
    ],
)
def test_a_time_of_somebodys_day_is_no_length(message: str, reader: Reader, said: Said) -> None:
    assert not [one for one in said(reader.read(message).requirements) if one.startswith(("duration", "battery"))]


@pytest.mark.parametrize(
    ("message", "minutes"),
    [
        ("有没有半小时的", 30),
        ("something that takes 20 minutes", 20),
        ("90 minutes", 90),
        ("a game for 30 minutes", 30),
    ],
)
def test_a_length_that_is_asked_for_is_one(message: str, minutes: int, reader: Reader, said: Said) -> None:
    assert f"duration == {minutes}" in said(reader.read(message).requirements)


@pytest.mark.parametrize("message", ["free ones only", "only the free ones", "just free stuff"])
def test_free_ones_cost_nothing(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["price == 0"]
