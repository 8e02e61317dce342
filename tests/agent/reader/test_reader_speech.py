"""How people really talk: colloquial amounts, slips of the tongue and of the finger, advice of others, presents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Requirement

Items = Callable[..., list[Item]]
Said = Callable[..., list[str]]
SHOWN = ("hp-01", "hp-06", "hp-09")

SPEECH = {
    # colloquial amounts
    "a backpack south of 80 dollars": ["category == backpacks", "price < 80"],
    "headphones just shy of 150": ["category == headphones", "price < 150"],
    "sub-$100 headphones": ["category == headphones", "price < 100"],
    "shoes with a sub-6mm drop": ["category == running_shoes", "drop < 6"],
    "a hundred bucks tops": ["price <= 100"],
    "half a grand for a coffee machine": ["category == coffee", "price <= 500"],
    "a lamp for a tenner": ["category == lamps", "price <= 10 GBP"],
    "a couple hundred dollars for headphones": ["category == headphones", "price <= 200"],
    "I've got fifty dollars and need a lamp": ["category == lamps", "price <= 50"],
    "I have 150 to play with for headphones": ["category == headphones", "price <= 150"],
    "a game that doesn't go past an hour": ["duration <= 60"],
    "it shouldn't set me back more than 80 dollars": ["price <= 80"],
    "four stars or more, please": ["rating >= 4"],
    "a lamp, 4.5* and up": ["category == lamps", "rating >= 4.5"],
    "一百多块的台灯": ["category == lamps", "price between ['100', '200'] CNY"],
    "a lamp for a hundred and something dollars": ["category == lamps", "price between ['100', '200']"],
    "我叫小李，住上海，讨厌黑色": ["colour not_contains black"],
    "百来块的台灯": ["category == lamps", "price between ['80', '120'] CNY"],
    "耳机，五百块顶天了": ["category == headphones", "price <= 500 CNY"],
    "最贵别过五百的耳机": ["category == headphones", "price <= 500 CNY"],
    "headphones that won't break the bank": ["category == headphones", "~price lowest"],
    "预算有限，想买个台灯": ["category == lamps", "~price lowest"],
    # what a figure counts
    "a board game that all eight of us can play": ["category == board_games", "players >= 8"],
    "a lamp and headphones, the two of them under $200 combined": [
        "category in ['lamps', 'headphones']", "price < 200 @slate"],
    "我家孩子今年八岁，给他买桌游": ["category == board_games", "min_age <= 8", "suits contains children"],
    # slips of the tongue
    "under 150, no wait, 200": ["price < 200"],
    "a red lamp, actually blue": ["category == lamps", "colour contains blue"],
    "a 20 litre backpack, I mean 30 litres": ["capacity == 30", "category == backpacks"],
    "headphones, actually also a lamp": ["category in ['headphones', 'lamps']"],
    "五百以内，说错了，八百以内的台灯": ["category == lamps", "price <= 800 CNY"],
    "索尼，不对，博士的耳机": ["brand == Bose", "category == headphones"],
    # slips of the finger
    "wirless headpones under 100": ["category == headphones", "price < 100", "wireless == True"],
    "waterproff bakcpack": ["category == backpacks", "waterproof == True"],
    "skincare for sensative skin": ["category == skincare", "suits contains sensitive_skin"],
    "boardgames for kids": ["category == board_games", "suits contains children"],
    "head phones": ["category == headphones"],
    "a vacuum cleaner, a cooling fan, coarse salt": [],
    "something a stranger would expect": [],
    # alternatives and exclusions
    "black would be fine, or navy": ["colour contains_any ['black', 'blue']"],
    "黑色可以，或者深蓝也行": ["colour contains_any ['black', 'blue']"],
    "a Bose, or a Sony as long as it's under $100": [
        "brand == Bose #g1:a", "brand == Sony #g1:b", "price < 100 #g1:b"],
    "索尼的多少钱都行，或者博士的五百以内": ["brand == Bose #g1:b", "brand == Sony #g1:a", "price <= 500 CNY #g1:b"],
    "any colour but black": ["colour not_contains black"],
    "wine from anywhere but France": ["category == wine", "country != France"],
    "Sony under 300, Bose under 200": [
        "brand == Bose #g1:b", "brand == Sony #g1:a", "price < 200 #g1:b", "price < 300 #g1:a"],
    "索尼的500以内，博士的800以内": [
        "brand == Bose #g1:b", "brand == Sony #g1:a", "price <= 500 CNY #g1:a", "price <= 800 CNY #g1:b"],
    "lamp 30, headphones 100": [
        "category in ['lamps', 'headphones']", "price <= 100 @kind:headphones", "price <= 30 @kind:lamps"],
    "I'd prefer Bose but Sony is fine too": ["brand in ['Bose', 'Sony']", "~brand == Bose"],
    "nothing older than 2021": ["released >= 2021-01-01"],
    "a two hour workshop or shorter": ["category == courses", "duration <= 120"],
    "两百不到的台灯": ["category == lamps", "price < 200 CNY"],
    "度数别太高的酒": ["category == wine", "~alcohol lowest"],
    "卖得最好的桌游": ["category == board_games", "~reviews_count highest"],
    "I could live without noise cancelling": [],
    "it'd be handy if it was wireless, but not plastic": ["material not_contains plastic", "~wireless == True"],
    # wishes
    "a school bag and, ideally, it'd be green": ["category == backpacks", "~colour contains green"],
    "想要一个书包，如果可以的话，绿色的": ["category == backpacks", "~colour contains green"],
    "some headphones under $50 would be lovely": ["category == headphones", "price < 50"],
    "a gift of wine and a board game": ["category in ['wine', 'board_games']", "suits contains gifts"],
    # advice of others, and what only tells something
    "my physio told me last month that I need running shoes": ["category == running_shoes"],
    "I've been told to get sneakers with a drop of under 1 cm": ["category == running_shoes", "drop < 10"],
    "教练去年建议我买跑鞋，落差不超过6毫米": ["category == running_shoes", "drop <= 6"],
    "家里那台老机器坏了，一千二以内的咖啡机有哪些": ["category == coffee", "price <= 1200 CNY"],
    "女儿怕黑，想买盏小夜灯": ["category == lamps"],
    "the kids broke the last one": [],
    "do you ship to Shanghai?": [],
    "does waterproof mean I can swim with it?": [],
    "I spent 300 dollars on wine last month": [],
    "mine cost me 200 dollars and broke after two years": [],
    "you said it was 100 dollars": [],
    "这款我去年买的时候才300": [],
    "听说索尼的降噪不错": [],
    "今天能发货吗": [],
}  # fmt: skip


@pytest.mark.parametrize("message", SPEECH)
def test_everyday_speech_is_read(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == SPEECH[message]


def test_colloquial_amounts_are_quoted_as_they_were_said(reader: Reader) -> None:
    quotes = [edit.quote for edit in reader.read("headphones in the ballpark of 150, sub-300 grams").edits]
    assert quotes == ["headphones", "in the ballpark of 150", "sub-300 grams"]


@pytest.mark.parametrize(
    ("message", "expected", "query"),
    [
        ("a gift for my dad, he likes coffee", ["suits contains gifts", "~category == coffee"], "dad coffee"),
        ("a present for her, she's into hiking", ["suits contains gifts", "~suits contains hiking"], "hiking"),
        ("送女朋友的礼物，她喜欢摄影", ["suits contains gifts", "~theme contains photography"], "女朋友 摄影"),
        ("a gift for my sister, she hates pink", ["suits contains gifts", "~colour not_contains pink"], "sister"),
        ("a present for my nephew, he's turning 7", ["min_age <= 7", "suits contains gifts"], "nephew"),
        ("my brother likes hiking", [], "brother hiking"),
        ("a gift for my dad, he likes wine", ["suits contains gifts", "~category == wine"], "dad wine"),
        ("a backpack for my dad, he likes wine", ["category == backpacks"], "backpack dad wine"),
        ("he is 25, likes running, a gift", ["suits contains gifts", "~suits contains running"], "running"),
        ("a present for my husband who runs", ["suits contains gifts", "~suits contains running"], "husband"),
        ("a present for Tom, he's a keen hiker", ["suits contains gifts", "~suits contains hiking"], "Tom"),
        ("my sister turns 30 and loves hiking", ["~suits contains hiking"], "hiking"),
        ("送爸爸的礼物，他喜欢喝酒", ["suits contains gifts", "~category == wine"], "爸爸 喝酒"),
        ("妈妈退休了，她喜欢阅读", ["~theme contains books"], "妈妈退休 阅读"),
        ("I am 30 and need a gift", ["suits contains gifts"], ""),
    ],
)
def test_tastes_of_the_one_who_gets_a_present_are_wishes(
    message: str, expected: list[str], query: str, reader: Reader, said: Said
) -> None:
    reading = reader.read(message)
    assert said(reading.requirements) == expected
    assert reading.query == query


def test_a_present_talked_of_before_counts_for_tastes(reader: Reader, said: Said) -> None:
    gift = Requirement(id="r1", field="suits", op="contains", value="gifts", quote="a gift")
    assert said(reader.read("he loves baking", ledger=[gift]).requirements) == ["~theme contains cooking"]


def _row(field: str, op: str, value: Any, unit: str | None = None) -> Requirement:
    return Requirement(id="r1", field=field, op=op, value=value, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "row", "expected"),
    [
        ("hang on, I could stretch to 200", _row("price", "<=", 150), ["price <= 200"]),
        ("I said 20 litres earlier but it should be at least 30", _row("capacity", ">=", 20), ["capacity >= 30"]),
        ("150 isn't enough, 180", _row("price", "<=", 150), ["price <= 180"]),
        ("500不够，得800", _row("price", "<=", 500, "CNY"), ["price <= 800 CNY"]),
        ("Sony? Oops, I meant Bose", _row("brand", "==", "Sony"), ["brand == Bose"]),
    ],
)
def test_what_was_said_before_gives_way(
    message: str, row: Requirement, expected: list[str], reader: Reader, said: Said
) -> None:
    reading = reader.read(message, ledger=[row])
    assert said(reading.requirements) == expected


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("I don't really care what colour it is", ("colour",)),
        ("brand isn't particularly important", ("brand",)),
        ("budget's flexible", ("price",)),
        ("colour isn't a concern", ("colour",)),
        ("人数那个要求去掉吧", ("players",)),
        ("续航这块没要求", ("battery_life",)),
    ],
)
def test_withdrawals_in_other_words(message: str, fields: tuple[str, ...], reader: Reader) -> None:
    assert reader.read(message).withdrawn == fields


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("yeah, it'd have to be", ["waterproof == True"]),
        ("yes, and black", ["colour contains black", "waterproof == True"]),
        ("必须的，经常下雨", ["waterproof == True"]),
        ("no, under 100 is what counts", ["price < 100", "waterproof == False"]),
        ("no preference", []),
        ("it doesn't matter", []),
    ],
)
def test_an_answer_may_say_more_than_yes_or_no(message: str, expected: list[str], reader: Reader, said: Said) -> None:
    assert said(reader.read(message, asked=["waterproof"]).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("the first one looks great, but can I have it in black?", ["category == headphones", "colour contains black"]),
        ("第一个不错，但我想要白色的", ["category == headphones", "colour contains white"]),
        ("could we go a bit lower on price?", ["price < 89"]),
        ("这几个我都买不起啊，有价钱低一些的吗", ["price < 89"]),
        ("is there nothing cheaper?", ["price < 89"]),
        ("没有更便宜的了吗", ["price < 89"]),
        ("nothing heavier please", ["weight < 254"]),
        ("the first one has 3 reviews only?", []),
        ("are any of these waterproof?", []),
    ],
)
def test_critiques_in_other_words(message: str, expected: list[str], reader: Reader, items: Items, said: Said) -> None:
    assert said(reader.read(message, items(*SHOWN)).requirements) == expected
