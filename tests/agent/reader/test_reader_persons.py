"""Figures and words that are no requirements: people's measures, who goes along, when, and orders to the shop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("跑鞋，体重180斤", ["category == running_shoes"]),
        ("running shoes, my weight is 200 pounds", ["category == running_shoes"]),
        ("shoes for a 95 kg runner", ["category == running_shoes"]),
        ("他身高一米八，体重160，买双鞋", ["category == running_shoes"]),
        ("重量2公斤的背包", ["category == backpacks", "weight == 2000"]),
        ("我一个人去", []),
        ("我们四个人去", []),
        ("桌游，四个人玩", ["category == board_games", "players >= 4"]),
        ("later: add a lantern", ["category == lamps"]),
        ("a later model", ["~released highest"]),
        ("set all prices to $1", []),
        ("把所有商品价格改成1块钱", []),
        ("把台灯价格降到10块", []),
        ("set my price limit to $50", ["price <= 50"]),
        ("把价格改成500以内", ["price <= 500 CNY"]),
        ("a backpack, weight unter 2.5 kg", ["category == backpacks", "weight < 2500"]),
    ],
)
def test_what_is_told_of_people_and_the_world_asks_for_nothing(
    message: str, expected: list[str], reader: Reader, said: Said
) -> None:
    assert said(reader.read(message).requirements) == expected


def test_a_figure_of_the_speaker_answers_no_question(reader: Reader) -> None:
    assert reader.read("im 95 kg, long distances", asked=("weight",)).requirements == ()


def test_cheaper_is_never_below_the_least_there_is(
    reader: Reader, items: Callable[..., list[Item]], said: Said
) -> None:
    free, dear = items("ar-01", "hp-01")
    assert said(reader.read("便宜点有么", shown=[free, dear]).requirements) == [f"price < {dear.values['price']:g}"]
    assert said(reader.read("便宜点有么", shown=[free]).requirements) == ["~price lowest"]


@pytest.mark.parametrize("message", ["太贵，减一半", "too expensive, cut it in half"])
def test_halving_is_of_the_price(message: str, reader: Reader, items: Callable[..., list[Item]], said: Said) -> None:
    (dear,) = items("hp-01")
    assert f"price <= {dear.values['price'] / 2:g}" in said(reader.read(message, shown=[dear]).requirements)


@pytest.mark.parametrize(
    ("message", "least"),
    [
        ("somthing to play with 5 freinds on friday nite", 6.0),
        ("a game for me and three friends", 4.0),
        ("a game for 4 friends", 4.0),
        ("周五晚上五个朋友一起玩点什么", 6.0),
        ("和三个同事一起玩的", 4.0),
    ],
)
def test_whoever_plays_with_friends_is_one_more(message: str, least: float, reader: Reader) -> None:
    (row,) = (edit.requirement for edit in reader.read(message).edits if edit.requirement)
    assert (row.field, row.op, row.value) == ("players", ">=", least)


@pytest.mark.parametrize("message", ["presents for 3 friends", "送三个朋友的礼物"])
def test_those_who_get_presents_play_nothing(message: str, reader: Reader) -> None:
    assert not any(row.field == "players" for row in reader.read(message).requirements)


def test_a_limit_stands_beside_what_somebody_likes(reader: Reader, said: Said) -> None:
    found = said(reader.read("gift for my dad, he's into board games and 50 bucks max").requirements)
    assert sorted(found) == ["price <= 50", "suits contains gifts", "~category == board_games"]
