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
        ("watch for my wife, she turns 40", "watches"),
        ("umbrella under 30", "umbrellas"),
        ("I have €80 for a tent", "tents"),
        ("my budget for a bike is 300", "bikes"),
        ("it's our anniversary, maybe perfume?", "perfumes"),
        ("I'm after a pillow", "pillows"),
        ("do you have coffee beans", "coffee beans"),
        ("i want to buy a drone 4 please", "drones"),
        ("手表 男款 1000元以内", "手表"),
        ("雨伞，黑色，自动的", "雨伞"),
        ("200元以内的雨伞", "雨伞"),
        ("我想买iphone 16", "iphone 16"),
        ("想买个能泡茶的壶", "泡茶的壶"),
        ("我是说茶壶，不是咖啡壶", "茶壶"),
        ("想买防水手表", "手表"),
        ("有300块，想买把伞", "伞"),
        ("送他一块手表怎么样", "手表"),
        ("红酒杯", "红酒杯"),
        ("想买个跑步机", "跑步机"),
        ("瑜伽垫有吗", "瑜伽垫"),
        ("my bike got stolen, i need a new one", "bikes"),
        ("我的自行车丢了，想换一辆", "自行车"),
        ("手表有哪些", "手表"),
        ("有什么腕表", "腕表"),
        ("来块智能手表", "智能手表"),
        ("相机里最贵的是哪个", "相机"),
        ("洗衣机什么牌子好", "洗衣机"),
        ("吸尘器都有啥", "吸尘器"),
        ("那有平板吗", "平板"),
    ],
)
def test_an_unknown_thing_is_named(message: str, good: str, reader: Reader) -> None:
    reading = reader.read(message)
    assert reading.good == good
    assert reading.intent == "find"


@pytest.mark.parametrize(
    "message",
    [
        "耳机哪个好",
        "颜色有哪些",
        "有什么推荐",
        "这里面最便宜的",
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
        "comfortable for long flights",
        "coffee for beginners",
        "I have $80 for a friend's birthday",
        "music for studying",
        "办公桌 护眼的台灯",
        "想买个手冲的壶",
        "生日 送女友 500以内",
        "NaN null None undefined",
        "a bit undecided",
        "utterly confused",
    ],
)
def test_the_rest_names_no_unknown_thing(message: str, reader: Reader) -> None:
    assert reader.read(message).good == ""


def test_a_part_of_the_name_of_a_thing_is_no_kind_and_no_sum(reader: Reader) -> None:
    assert reader.read("红酒杯").edits == ()
    assert reader.read("送他一块手表怎么样").edits == ()
    assert [edit.quote for edit in reader.read("想买防水手表").edits] == ["防水"]


@pytest.mark.parametrize(
    ("message", "good"),
    [
        ("whats a good watch for a woman, max €150", "watches"),
        ("which watches do you have", "watches"),
        ("what umbrellas do you sell", "umbrellas"),
        ("what's a good lamp for reading", ""),
        ("which brands do you have", ""),
        ("what colours do you have", ""),
        ("no espresso", ""),
        ("no carbon plate", ""),
    ],
)
def test_a_question_names_a_good_and_a_refusal_none(message: str, good: str, reader: Reader) -> None:
    assert reader.read(message).good == good
