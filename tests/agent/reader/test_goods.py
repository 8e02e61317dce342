"""A noun that asks for a thing and that no word of the catalog stands in; not people, occasions, or how a thing is."""

import pytest

from shortlist.reader import Reader


@pytest.mark.parametrize(
    ("message", "good"),
    [
        ("I'm looking for a watch for running with gps", "watches"),
        ("mens watch", "mens watches"),
        ("sunglasses?", "sunglasses"),
        ("do you sell laptops?", "laptops"),
        ("a bike then?", "bikes"),
        ("any umbrellas under 30?", "umbrellas"),
        ("do you have phone cases", "phone cases"),
        ("what about a pillow", "pillows"),
        ("有没有手表", "手表"),
        ("有手表吗", "手表"),
        ("想买个自行车", "自行车"),
        ("有雨伞卖吗", "雨伞"),
        ("机械键盘", "机械键盘"),
        ("那显示器呢", "显示器"),
    ],
)
def test_an_unknown_thing_is_named(message: str, good: str, reader: Reader) -> None:
    reading = reader.read(message)
    assert reading.good == good
    assert reading.intent == "find"


@pytest.mark.parametrize(
    "message",
    [
        "do you have lanterns?",
        "a grinder for travel",
        "I need a good book",
        "something elegant",
        "a bit more romantic",
        "I need help",
        "a gift for a friend",
        "I want to sleep better",
        "what about delivery?",
        "有法压壶吗",
        "想买双鞋",
        "有没有便宜点的",
        "想买生日礼物",
        "好看点的",
        "送爸爸",
    ],
)
def test_the_rest_names_no_unknown_thing(message: str, reader: Reader) -> None:
    assert reader.read(message).good == ""
