"""What single messages ask for, in both languages, by the labelling guide of the reader suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader

CASES = {
    # bounds, units, money
    "headphones under $150": ["category == headphones", "price < 150"],
    "I can spend 80 dollars at the most on a lamp": ["category == lamps", "price <= 80"],
    "minimum rating 4": ["rating >= 4"],
    "board games that play in under two hours": ["category == board_games", "duration < 120"],
    "headphones w/ at least 20 hours battery life under 100": [
        "battery_life >= 20", "category == headphones", "price < 100"],
    "a lamp for 50 euros or less": ["category == lamps", "price <= 50 EUR"],
    "for 6 people": ["players >= 6"],
    "for my 10-year-old": ["min_age <= 10"],
    "something from 2021 or later": ["released >= 2021-01-01"],
    "free courses": ["category == courses", "price == 0"],
    "500元以内的耳机": ["category == headphones", "price <= 500 CNY"],
    "两三百的跑鞋": ["category == running_shoes", "price between ['200', '300'] CNY"],
    "100美元以内的护肤品": ["category == skincare", "price <= 100"],
    "最低评分4分": ["rating >= 4"],
    "13度的红酒": ["alcohol == 13", "category == wine"],
    # exclusion and alternatives
    "please no Bose, no Sony either": ["brand not_in ['Bose', 'Sony']"],
    "anything but black for the backpack": ["category == backpacks", "colour not_contains black"],
    "no black headphones": ["category == headphones", "colour not_contains black"],
    "not a vinyl backpack": ["category == backpacks"],
    "nothing over $60": ["price <= 60"],
    "a black or silver lamp": ["category == lamps", "colour contains_any ['black', 'silver']"],
    "索尼和博士的都不要": ["brand not_in ['Sony', 'Bose']"],
    "背包除了黑色都行": ["category == backpacks", "colour not_contains black"],
    "除了降噪还要防水": ["noise_cancelling == True", "waterproof == True"],
    "有清酒没": ["category == wine"],
    "合作又悬疑的桌游": ["category == board_games", "theme contains cooperative", "theme contains mystery"],
    # degree words
    "the cheapest espresso machine": ["category == coffee", "~price lowest"],
    "I'd like a daypack that's not too expensive": ["category == backpacks", "~price lowest"],
    "a big backpack": ["category == backpacks", "~capacity highest"],
    "something not too long, like an hour at most": ["duration <= 60"],
    "don't care about brand as long as it's waterproof": ["waterproof == True"],
    "续航长的耳机": ["category == headphones", "~battery_life highest"],
    "不要太重的背包": ["category == backpacks", "~weight lowest"],
    "越轻越好的跑鞋": ["category == running_shoes", "~weight lowest"],
    # wishes
    "headphones under 200, preferably black": ["category == headphones", "price < 200", "~colour contains black"],
    "bluetooth is a must, battery over 20h would be nice": ["wireless == True", "~battery_life > 20"],
    "必须蓝牙，续航最好20小时以上": ["wireless == True", "~battery_life >= 20"],
    # structure
    "Sony under $150 or Bose": ["brand == Bose #g1:b", "brand == Sony #g1:a", "price < 150 #g1:a"],
    "the lamp under $30 and the headphones under $100": [
        "category in ['lamps', 'headphones']", "price < 100 @kind:headphones", "price < 30 @kind:lamps"],
    "台灯和耳机，耳机要降噪": ["category in ['lamps', 'headphones']", "noise_cancelling == True @kind:headphones"],
    "my total budget for both is $150": ["price <= 150 @slate"],
    # no requirement
    "I have 3 kids": [],
    "I bought Sony headphones last year": [],
    "my brother has a red backpack": [],
    "it took me 2 hours to get home": [],
    "I loved \"Black Lamp Carménère\"": [],
    "show me 3": [],
    "我今年30岁": [],
    "上次买的耳机才用了三个月就坏了": [],
    "有没有黑科技的东西": [],
    "我看过《黑色小夜灯》，挺好看的": [],
    # facts that say whom it is for
    "I'm a beginner, looking for a guitar course": ["category == courses", "level == beginner", "theme contains music"],
    "I have sensitive skin and I need a cleanser": ["category == skincare", "suits contains sensitive_skin"],
}  # fmt: skip


@pytest.mark.parametrize("message", CASES)
def test_a_message_is_read_as_what_it_asks_for(message: str, reader: Reader, said: Callable[..., list[str]]) -> None:
    assert said(reader.read(message).requirements) == CASES[message]


def test_quotes_are_the_words_of_the_message(reader: Reader) -> None:
    reading = reader.read("noise cancelling headphones under $150, not Sony")
    assert [edit.quote for edit in reading.edits] == ["noise cancelling", "headphones", "under $150", "Sony"]


def test_a_query_keeps_the_kind_and_drops_requirements(reader: Reader) -> None:
    assert reader.read("cosy reading lamp under $40, not white").query == "cosy reading lamp"


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("show me 3 lamps", 3),
        ("推荐两款耳机", 2),
        ("two headphones", None),
        ("给我推荐一个台灯", None),
        ("推荐一款耳机吧", None),
        ("只推荐一款耳机", 1),
        ("推荐一款耳机就行", 1),
    ],
)
def test_a_count_is_how_many_to_show(message: str, count: int | None, reader: Reader) -> None:
    assert reader.read(message).count == count
