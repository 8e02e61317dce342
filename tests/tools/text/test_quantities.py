"""Quantities: units, ranges and bounds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import Quantity, find_quantities

Wanted = list[tuple[str, object, str | None]]


def found(text: str) -> Wanted:
    return [(quantity.op, quantity.value, quantity.unit) for quantity in find_quantities(text)]


BOUNDS: list[tuple[str, str, object, str | None]] = [
    ("under $150", "<", 150, "USD"),
    ("below 2 kg", "<", 2, "kg"),
    ("less than 3 hours", "<", 3, "h"),
    ("cheaper than 80 euros", "<", 80, "EUR"),
    ("lighter than 300g", "<", 300, "g"),
    ("less expensive than $90", "<", 90, "USD"),
    ("at most 40 lm", "<=", 40, "lm"),
    ("up to 5 people", "<=", 5, "person"),
    ("no more than $99.99", "<=", 99.99, "USD"),
    ("not more than 20 bucks", "<=", 20, "USD"),
    ("not over 2 hours", "<=", 2, "h"),
    ("no longer than 90 minutes", "<=", 90, "min"),
    ("nothing over $100", "<=", 100, "USD"),
    ("within 3 days", "<=", 3, "day"),
    ("max 500", "<=", 500, None),
    ("a maximum of 500 dollars", "<=", 500, "USD"),
    ("500 dollars max", "<=", 500, "USD"),
    ("$500 or less", "<=", 500, "USD"),
    ("$500 tops", "<=", 500, "USD"),
    ("2 hours at most", "<=", 2, "h"),
    ("over 20 hours", ">", 20, "h"),
    ("more than 4 stars", ">", 4, "star"),
    ("above 100", ">", 100, None),
    ("longer than an hour", ">", 1, "h"),
    ("at least 30 hours", ">=", 30, "h"),
    ("no less than 4.5 stars", ">=", 4.5, "star"),
    ("not below 4 stars", ">=", 4, "star"),
    ("not less than 10 l", ">=", 10, "L"),
    ("starting at $20", ">=", 20, "USD"),
    ("minimum 20 litres", ">=", 20, "L"),
    ("30 hours or more", ">=", 30, "h"),
    ("30+ hours", ">=", 30, "h"),
    ("4 stars and up", ">=", 4, "star"),
    ("4 stars or better", ">=", 4, "star"),
    ("30 hours of battery life at least", ">=", 30, "h"),
    ("I don't want to spend more than 200 dollars", "<=", 200, "USD"),
    ("it shouldn't cost more than 50 quid", "<=", 50, "GBP"),
    ("I can't go over $75", "<=", 75, "USD"),
    ("<= 30 min", "<=", 30, "min"),
    ("≥4星", ">=", 4, "star"),
    ("500元以内", "<=", 500, "CNY"),
    ("五百块以下", "<=", 500, "CNY"),
    ("不超过两千元", "<=", 2000, "CNY"),
    ("别超过500块", "<=", 500, "CNY"),
    ("不要高于500", "<=", 500, None),
    ("不想花超过三百块", "<=", 300, "CNY"),
    ("最多一千五", "<=", 1500, None),
    ("两千封顶", "<=", 2000, None),
    ("预算控制在800元", "<=", 800, "CNY"),
    ("2小时内", "<=", 2, "h"),
    ("低于100美元", "<", 100, "USD"),
    ("不到两百块", "<", 200, "CNY"),
    ("少于3公斤", "<", 3, "kg"),
    ("小于50升", "<", 50, "L"),
    ("比500块便宜", "<", 500, "CNY"),
    ("四星以上", ">=", 4, "star"),
    ("4.5分以上", ">=", 4.5, "star"),
    ("至少三十个小时", ">=", 30, "h"),
    ("100元起", ">=", 100, "CNY"),
    ("不低于4星", ">=", 4, "star"),
    ("不能少于30小时", ">=", 30, "h"),
    ("不少于20个小时", ">=", 20, "h"),
    ("超过20小时", ">", 20, "h"),
    ("高于4星", ">", 4, "star"),
    ("比2小时长", ">", 2, "h"),
    ("两三百块以内", "<=", 300, "CNY"),
    ("千元以内", "<=", 1000, "CNY"),
    ("四星半以上", ">=", 4.5, "star"),
    ("1.5w以内", "<=", 15_000, None),
    ("半小时以内", "<=", 0.5, "h"),
    ("小于等于100", "<=", 100, None),
    ("price must not exceed 500", "<=", 500, None),
]


@pytest.mark.parametrize(("text", "op", "value", "unit"), BOUNDS)
def test_bounds(text: str, op: str, value: object, unit: str | None) -> None:
    assert found(text) == [(op, value, unit)]


RANGES: list[tuple[str, object, str | None]] = [
    ("$100 to $150", [100, 150], "USD"),
    ("$100-150", [100, 150], "USD"),
    ("100-150 dollars", [100, 150], "USD"),
    ("2-3 hours", [2, 3], "h"),
    ("between 20 and 30 litres", [20, 30], "L"),
    ("from 100 to 200 g", [100, 200], "g"),
    ("two to three hours", [2, 3], "h"),
    ("30 minutes to 2 hours", [0.5, 2], "h"),
    ("two or three hours", [2, 3], "h"),
    ("100~150元", [100, 150], "CNY"),
    ("两到三个小时", [2, 3], "h"),
    ("从500到800块", [500, 800], "CNY"),
    ("500至800元之间", [500, 800], "CNY"),
    ("100和200之间", [100, 200], None),
    ("两三百块", [200, 300], "CNY"),
    ("1-2万元", [10_000, 20_000], "CNY"),
    ("around $100", [80, 120], "USD"),
    ("about 2 hours", [1.6, 2.4], "h"),
    ("$50 or so", [40, 60], "USD"),
    ("$100ish", [80, 120], "USD"),
    ("500左右", [400, 600], None),
    ("大概三百块", [240, 360], "CNY"),
    ("差不多2公斤", [1.6, 2.4], "kg"),
    ("百来块", [80, 120], "CNY"),
    ("十几个小时", [11, 19], "h"),
    ("$20 up to $60", [20, 60], "USD"),
    ("two or three hundred dollars", [200, 300], "USD"),
    ("一两个人", [1, 2], "person"),
    ("30 to 40 minute", [30, 40], "min"),
]


@pytest.mark.parametrize(("text", "value", "unit"), RANGES)
def test_ranges(text: str, value: object, unit: str | None) -> None:
    assert found(text) == [("between", value, unit)]


FIGURES: list[tuple[str, float, str | None]] = [
    ("1h30", 1.5, "h"),
    ("1 h 30 min", 1.5, "h"),
    ("1 hour and 15 minutes", 1.25, "h"),
    ("an hour and a half", 1.5, "h"),
    ("two hours and a half", 2.5, "h"),
    ("2小时30分钟", 2.5, "h"),
    ("2小时30分", 2.5, "h"),
    ("两个半小时", 2.5, "h"),
    ("一年半", 1.5, "year"),
    ("三块五", 3.5, "CNY"),
    ("12块5毛", 12.5, "CNY"),
    ("5 ft 6 in", 5.5, "ft"),
    ("€1.299", 1299, "EUR"),
    ("US$100", 100, "USD"),
    ("100 USD", 100, "USD"),
    ("RMB 500", 500, "CNY"),
    ("人民币500元", 500, "CNY"),
    ("¥500", 500, "CNY"),
    ("a 15-inch screen", 15, "in"),
    ("a 6-year-old", 6, "year_old"),
    ("6 years old", 6, "year_old"),
    ("5岁", 5, "year_old"),
    ("半斤", 0.5, "jin"),
    ("百分之二十", 20, "%"),
    ("20%", 20, "%"),
    ("4/5 stars", 4, "star"),
    ("4.5 out of 5", 4.5, "star"),
    ("$5m", 5_000_000, "USD"),
    ("512GB", 512, "GB"),
    ("a 65W charger", 65, "W"),
    ("4个人玩", 4, "person"),
    ("16G内存", 16, "GB"),
    ("二两", 2, "liang"),
]


@pytest.mark.parametrize(("text", "value", "unit"), FIGURES)
def test_figures(text: str, value: float, unit: str | None) -> None:
    assert found(text) == [("==", value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "the WH-1000XM5",
        "an iPhone 15 case",
        "我要iPhone 15的手机壳",
        "open 24/7",
        "the second one",
        "get one in black",
        "call me on 138-1234-5678",
        "便宜一点",
        "一样的就行",
        "十分喜欢",
        "2024-05-01",
        "价格三位数",
        "五一假期下午3点",
        "便宜一半",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not Sony, over 20 hours", [(">", 20, "h")]),
        ("over 100 but under 200", [(">", 100, None), ("<", 200, None)]),
        ("100块以上200块以下", [(">=", 100, "CNY"), ("<=", 200, "CNY")]),
        ("500以内，续航30小时以上", [("<=", 500, None), (">=", 30, "h")]),
        ("under $100 for at least 2 people", [("<", 100, "USD"), (">=", 2, "person")]),
        ("lamp under $30 and headphones under $100", [("<", 30, "USD"), ("<", 100, "USD")]),
        ("between $50 and $80, at least 4 stars", [("between", [50, 80], "USD"), (">=", 4, "star")]),
        ("actually 200, not 150", [("==", 200, None), ("==", 150, None)]),
    ],
)
def test_several_in_one_message(text: str, expected: Wanted) -> None:
    assert found(text) == expected


def test_a_word_for_two_units_names_both() -> None:
    (quantity,) = find_quantities("under 5 pounds")
    assert (quantity.unit, quantity.also, quantity.dimension) == ("lb", ("GBP",), "mass")


def test_a_schema_may_add_unit_words() -> None:
    words = {"spf": "spf", "players": "player"}
    assert [(one.value, one.unit) for one in find_quantities("SPF 50 or 30 spf", words)] == [(50, "spf"), (30, "spf")]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert isinstance(find_quantities(text), list)


PIECES = [
    "under ",
    "不超过",
    "一百",
    "两三",
    "100",
    "$",
    "元",
    " to ",
    "-",
    "到",
    "左右",
    "不",
    "not ",
    "half ",
    "an hour",
    "小时",
    "半",
    " and ",
    "k",
    "以上",
    "+",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_spans_are_text_and_stand_apart(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start >= end
        assert quantity.low is not None or quantity.high is not None
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        end = quantity.end


def seconds(text: str) -> tuple[float, list[Quantity]]:
    begin = time.process_time()
    quantities = find_quantities(text)
    return time.process_time() - begin, quantities


@pytest.mark.parametrize("piece", ["1", "one ", "两三百块", "not ", "under 100 ", "1-", "half a ", "$", "a"])
def test_a_hundred_kilobytes_are_read_in_linear_time(piece: str) -> None:
    whole = piece * (100_000 // len(piece))
    seconds(whole[:1000])
    # the least of a few runs, since other work on the machine only ever adds
    half, full = (min(seconds(text)[0] for _ in range(3)) for text in (whole[:10_000], whole))
    # only the first 20,000 characters are read, so ten times the text may cost about twice the time
    assert full < 6 * half + 0.05
