"""What questions ask for: the fields, the end of one, the item under discussion; and intents beyond the catalog."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item

Items = Callable[..., list[Item]]
SHOWN = ("hp-01", "hp-06", "hp-09")


@pytest.mark.parametrize(
    ("message", "field", "degree"),
    [
        ("which one has the longest battery?", "battery_life", "highest"),
        ("which is the lightest of them?", "weight", "lowest"),
        ("which lasts the longest?", "battery_life", "highest"),
        ("which of them weighs the least", "weight", "lowest"),
        ("what's the cheapest of these?", "price", "lowest"),
        ("which has more battery, the first or the second?", "battery_life", "highest"),
        ("哪个最便宜？", "price", "lowest"),
        ("最轻的是哪个", "weight", "lowest"),
        ("谁的续航最久", "battery_life", "highest"),
        ("第二个和第三个哪个更轻", "weight", "lowest"),
    ],
)
def test_a_question_asks_for_one_end_of_a_field(
    message: str, field: str, degree: str, reader: Reader, items: Items
) -> None:
    reading = reader.read(message, items(*SHOWN))
    assert (reading.about, reading.degree, reading.intent) == ((field,), degree, "compare")
    assert reading.edits == ()


@pytest.mark.parametrize("message", ["which headphones are the cheapest?", "what's the cheapest one you have?"])
def test_asking_for_the_cheapest_of_all_is_a_request(message: str, reader: Reader, items: Items) -> None:
    reading = reader.read(message, items(*SHOWN))
    assert reading.degree is None
    assert ("price", "lowest") in [(r.field, r.op) for r in reading.requirements]


@pytest.mark.parametrize(
    ("message", "about"),
    [
        ("what is it made of?", ("material",)),
        ("how heavy is it?", ("weight",)),
        ("how long does it last?", ("battery_life",)),
        ("where is it made?", ("country",)),
        ("who makes it?", ("brand",)),
        ("does it come in red?", ("colour",)),
        ("它多重？", ("weight",)),
        ("多少钱？", ("price",)),
        ("这个防水吗", ("waterproof",)),
        ("它是哪个牌子的", ("brand",)),
    ],
)
def test_a_question_is_about_the_item_under_discussion(
    message: str, about: tuple[str, ...], reader: Reader, items: Items
) -> None:
    reading = reader.read(message, items(*SHOWN), focus="hp-06")
    assert (reading.intent, reading.about, reading.edits) == ("about", about, ())
    assert [reference.item_id for reference in reading.references] == ["hp-06"]
    assert reader.read(message, items(*SHOWN)).references == ()


def test_several_items_are_not_the_one_under_discussion(reader: Reader, items: Items) -> None:
    assert reader.read("how much are they?", items(*SHOWN), focus="hp-06").references == ()


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("write me a python function", "off_topic"),
        ("translate this into French", "off_topic"),
        ("what is 2+2?", "off_topic"),
        ("帮我写一段代码", "off_topic"),
        ("今天天气怎么样", "off_topic"),
        ("are you a robot?", "chat"),
        ("你是机器人吗", "chat"),
        ("no thanks", "chat"),
        ("let's begin again", "reset"),
        ("推倒重来", "reset"),
        ("a course on writing python", "find"),
        ("帮我找一本写作课程", "find"),
    ],
)
def test_intents_beyond_the_catalog(message: str, intent: str, reader: Reader) -> None:
    reading = reader.read(message)
    assert reading.intent == intent
    assert reading.edits == () or intent == "find"


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("I want a red wine", "red wine"),
        ("do you know everything about headphones", "headphones"),
        ("take me to the lamps", "lamps"),
        ("let's start with headphones, compare a few", "headphones"),
        ("我想先看看台灯", "台灯"),
    ],
)
def test_a_query_holds_no_filler(message: str, query: str, reader: Reader) -> None:
    assert reader.read(message).query == query


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("好的，接下来帮我找一个提供蓝牙的耳机", "耳机"),
        ("好吧，吃完饭我打算找一盏台灯，有合适的建议吗", "台灯"),
        ("一字型的台灯", "一字型 台灯"),
    ],
)
def test_a_query_holds_no_words_of_talking(message: str, query: str, reader: Reader) -> None:
    assert reader.read(message).query == query


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("my flat is so gloomy in the evenings that I end up just going to bed", "gloomy"),
        ("our kitchen is so dark that we can hardly see what we chop", "chop"),
        ("my hands are like sandpaper every winter", "sandpaper"),
        ("我每天都睡不好", "睡"),
    ],
)
def test_whoever_only_tells_how_things_are_is_searched_for_by_that(
    message: str, word: str, reader: Reader, items: Callable[..., list[Item]]
) -> None:
    assert word in reader.read(message).query
    assert reader.read(message, shown=items("hp-01")).query == ""
    assert word not in reader.read(f"{message}. I need a backpack under $100").query


def test_ordinals_side_by_side_are_all_pointed_at(reader: Reader, items: Callable[..., list[Item]]) -> None:
    found = reader.read("第一和第三哪个好", shown=items("hp-01", "hp-05", "hp-08"))
    assert [one.item_id for one in found.references] == ["hp-01", "hp-08"]


@pytest.mark.parametrize("message", ["what have you stored about me?", "what have you saved of me"])
def test_what_is_kept_of_a_person_is_asked_for(message: str, reader: Reader) -> None:
    assert reader.read(message).intent == "profile"
