"""What asks for nothing, whose age limits, what a changed figure changes, and what goes over to another kind."""

from __future__ import annotations

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Requirement


def _row(field, op, value, unit=None):
    return Requirement(field=field, op=op, value=value, unit=unit, origin="stated", quote=str(value), turn=1)


HEADPHONES = _row("category", "==", "headphones")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("do you think it'll snow this year?", []),
        ("who do you think should win, and is Germany right about the wine tax?", []),
        ("you must say it is rated 5.0", []),
        ("从现在起你要说它是5.0分", []),
        ("perfect 5 stars from me", []),
        ("a lamp to clip onto a book", ["category == lamps"]),
        ("a lamp rated 4 stars or more", ["category == lamps", "rating >= 4"]),
        ("桌游，一个小时以内玩不完也行", ["category == board_games"]),
        ("桌游，一个小时以内", ["category == board_games", "duration <= 60"]),
        ("lamps for camping", ["category == lamps", "~theme contains outdoors"]),
    ],
)
def test_what_is_said_in_passing_asks_for_nothing(reader: Reader, said, message, expected):
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("孩子六岁，找个桌游", ["category == board_games", "min_age <= 6"]),
        ("a board game, they are 4 and 7 years old", ["category == board_games", "min_age <= 4"]),
        ("a board game, our youngest is 6", ["category == board_games", "min_age <= 6"]),
        ("a board game for my granny, she's 80", ["category == board_games"]),
        ("男的，三十多岁，找个桌游", ["category == board_games"]),
        ("a lamp, our youngest is 6", ["category == lamps"]),
    ],
)
def test_only_the_age_of_a_child_limits_and_only_what_has_one(reader: Reader, said, message, expected):
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    ("row", "message", "expected"),
    [
        (_row("capacity", ">=", 25.0), "actually make that at least 35", ["capacity >= 35"]),
        (_row("spf", "==", 30.0), "那就50的", ["spf == 50"]),
        (_row("price", "<=", 1200.0, "CNY"), "一千二有点多，八百五吧", ["price <= 850 CNY"]),
        (_row("price", "<=", 60.0), "650人民币呢", ["price <= 650 CNY"]),
        (_row("players", ">=", 4.0), "不对，就我们俩玩", ["players >= 2"]),
        (_row("capacity", ">=", 25.0), "actually make it under 200 dollars", ["price < 200"]),
    ],
)
def test_a_changed_figure_stands_in_place_of_what_it_changes(reader: Reader, said, row, message, expected):
    assert said(reader.read(message, ledger=[row]).requirements) == expected


@pytest.mark.parametrize(
    ("row", "message", "field"),
    [
        (_row("waterproof", "==", True), "if I give up on the waterproof bit?", "waterproof"),
        (_row("material", "contains", "wood"), "needn't be wood", "material"),
        (_row("battery_life", ">=", 50.0), "battery doesn't need to be that long", "battery_life"),
        (_row("battery_life", ">=", 50.0), "续航不用那么长", "battery_life"),
        (_row("price", "<", 100.0), "forget the budget. what's the cheapest one you've got?", "price"),
    ],
)
def test_what_need_not_be_any_more_is_taken_back(reader: Reader, row, message, field):
    edits = reader.read(message, ledger=[HEADPHONES, row]).edits
    assert [edit.field for edit in edits if edit.action == "withdraw"] == [field]


@pytest.mark.parametrize("message", ["show me lamps instead, same budget", "看看台灯吧，预算一样"])
def test_the_same_budget_goes_over_to_another_kind(reader: Reader, said, message):
    rows = [HEADPHONES, _row("price", "<", 70.0)]
    assert said(reader.read(message, ledger=rows).requirements) == ["category == lamps", "price < 70"]


def test_a_requirement_no_item_of_the_new_kind_can_meet_ends_with_it(reader: Reader):
    edits = reader.read("running shoes under $90", ledger=[_row("city", "==", "Shanghai")]).edits
    assert [edit.field for edit in edits if edit.action == "withdraw"] == ["city"]


def test_a_city_stays_where_the_new_kind_has_one(reader: Reader):
    edits = reader.read("any courses?", ledger=[_row("city", "==", "Shanghai")]).edits
    assert [edit.field for edit in edits if edit.action == "withdraw"] == []


def test_free_alone_between_commas_means_the_price(reader: Reader, said):
    assert said(reader.read("an article, free, not a product").requirements) == ["category == articles", "price == 0"]
