"""Languages, cleaning, units and formatting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import (
    clean,
    convert,
    detect_language,
    dimension,
    fold,
    format_date,
    format_money,
    format_number,
    join_words,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("headphones under $100", "en"),
        ("我想要降噪耳机", "zh"),
        ("有Sony WH-1000XM5吗", "zh"),
        ("再便宜一点", "zh"),
        ("do you have 海底捞 nearby, for six people?", "en"),
        ("想买 noise cancelling headphones", "zh"),
        ("🎧🎧", "en"),
        ("", "en"),
        ("123", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("５００元　以内！", "500元 以内！"),
        ("a\u0000b\u200bc\u202e", "abc"),
        ("  two \n\t lines ", "two lines"),
        ("ＳＯＮＹ，你好", "SONY，你好"),
        ("café", "café"),
        ("👩‍👧 ok", "👩‍👧 ok"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_clean_keeps_to_its_limit() -> None:
    assert len(clean("x" * 100_000)) == 20_000
    assert clean("ab cd", limit=3) == "ab"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("value", "unit_from", "unit_to", "expected"),
    [
        (2, "h", "min", 120),
        (90, "min", "h", 1.5),
        (1.2, "kg", "g", 1200),
        (3, "jin", "kg", 1.5),
        (1, "in", "cm", 2.54),
        (500, "ml", "L", 0.5),
        (4, "person", "player", 4),
        (5, "spf", "spf", 5),
        (1, "USD", "CNY", None),
        (1, "kg", "h", None),
        (1, "parsec", "m", None),
    ],
)
def test_convert(value: float, unit_from: str, unit_to: str, expected: float | None) -> None:
    assert convert(value, unit_from, unit_to) == expected


def test_dimensions() -> None:
    assert [dimension(unit) for unit in ("h", "g", "USD", "star", "lm", "player", "%", "spf")] == [
        "duration",
        "mass",
        "money",
        "rating",
        "light",
        "count",
        "percent",
        None,
    ]


def test_figures_are_written_as_each_language_does() -> None:
    assert [format_number(30, "h", code) for code in ("en", "zh")] == ["30 hours", "30小时"]
    assert [format_number(1, "player", code) for code in ("en", "zh")] == ["1 player", "1人"]
    assert [format_number(1299, "review", code) for code in ("en", "zh")] == ["1,299 reviews", "1,299条评价"]
    assert [format_number(4.5, "star", code) for code in ("en", "zh")] == ["4.5 stars", "4.5星"]
    assert [format_number(0.015, "L", code) for code in ("en", "zh")] == ["0.015 L", "0.015升"]
    assert format_number(12.0, None, "en") == "12"
    assert format_number(13.5, "%", "en") == "13.5%"


def test_money_is_written_as_each_language_does() -> None:
    assert [format_money(1299, "USD", code) for code in ("en", "zh")] == ["$1,299", "1,299美元"]
    assert [format_money(12.5, "CNY", code) for code in ("en", "zh")] == ["¥12.50", "12.50元"]
    assert [format_money(5, "XAU", code) for code in ("en", "zh")] == ["5 XAU", "5 XAU"]
    assert format_money(-3, "EUR", "en") == "-€3"


def test_dates_are_written_as_each_language_does() -> None:
    assert [format_date("2024-05-02", code) for code in ("en", "zh")] == ["May 2, 2024", "2024年5月2日"]
    assert [format_date("2024-05", code) for code in ("en", "zh")] == ["May 2024", "2024年5月"]
    assert [format_date("2024", code) for code in ("en", "zh")] == ["2024", "2024年"]
    assert format_date("soon", "en") == "soon"


def test_lists_are_written_as_each_language_does() -> None:
    assert [join_words(["a", "b", "c"], code) for code in ("en", "zh")] == ["a, b and c", "a、b和c"]
    assert join_words(["a", "b"], "en", last="or") == "a or b"
    assert (join_words(["a"], "zh"), join_words([], "en")) == ("a", "")
