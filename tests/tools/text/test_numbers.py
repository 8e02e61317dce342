"""Numbers in figures and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import find_numbers

ZH = "零一二三四五六七八九"
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *_TEENS]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def chinese(value: int) -> str:
    """Return the full Chinese numeral of 0 to 99,999,999, as written out by the rules of the schoolbook."""
    if value < 10:
        return ZH[value]
    for scale, word in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= scale:
            count, rest = divmod(value, scale)
            gap = "零" if rest and rest < scale // 10 else ""
            return chinese(count) + word + gap + (chinese(rest) if rest else "")
    raise AssertionError(value)


def english(value: int) -> str:
    """Return the English words of 0 to 9,999."""
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    scale, word = (1000, "thousand") if value >= 1000 else (100, "hundred")
    count, rest = divmod(value, scale)
    joint = " and " if rest < 100 else " "
    return f"{english(count)} {word}" + (joint + english(rest) if rest else "")


def values(text: str) -> list[tuple[float, float]]:
    return [(number.low, number.high) for number in find_numbers(text)]


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_come_back(value: int) -> None:
    assert values(f"{chinese(value)}元") == [(value, value)]


@given(st.integers(0, 9_999))
def test_english_numerals_come_back(value: int) -> None:
    assert values(f"{english(value)} dollars") == [(value, value)]


@given(st.integers(0, 999_999), st.integers(0, 99))
def test_figures_come_back(whole: int, cents: int) -> None:
    assert values(f"about ${whole:,}.{cents:02d} each") == [(float(f"{whole}.{cents:02d}"),) * 2]


@given(
    st.text(alphabet=st.sampled_from("一二两三十百千万亿零半几多点0123456789.,/-~ $€元个分小时and one hundred half a"))
)
def test_spans_are_text_and_stand_apart(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert number.start >= end
        assert number.low <= number.high
        end = number.end


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert isinstance(find_numbers(text), list)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,299", 1299, 1299),
        ("1,299.00", 1299, 1299),
        ("3.5k", 3500, 3500),
        ("1.2 million", 1_200_000, 1_200_000),
        ("１２９９元", 1299, 1299),
        ("一千二", 1200, 1200),
        ("两百五", 250, 250),
        ("一万二", 12_000, 12_000),
        ("一万二千", 12_000, 12_000),
        ("一千零五", 1005, 1005),
        ("1.2万", 12_000, 12_000),
        ("1万5", 15_000, 15_000),
        ("3千5", 3500, 3500),
        ("两三百", 200, 300),
        ("三四百", 300, 400),
        ("三五百块", 300, 500),
        ("一两千", 1000, 2000),
        ("十五六块", 15, 16),
        ("十几", 11, 19),
        ("几百", 200, 900),
        ("二十几块", 21, 29),
        ("一百多", 100, 200),
        ("100多块", 100, 200),
        ("20多万", 200_000, 300_000),
        ("百来块", 80, 120),
        ("二十来岁", 16, 24),
        ("上千块", 1000, 9000),
        ("三点五星", 3.5, 3.5),
        ("半小时", 0.5, 0.5),
        ("一个半小时", 1, 1),
        ("二〇二四", 2024, 2024),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("two dozen", 24, 24),
        ("a couple of", 2, 2),
        ("a couple hundred", 200, 200),
        ("a hundred and twenty", 120, 120),
        ("fifteen hundred", 1500, 1500),
        ("two and a half hours", 2.5, 2.5),
        ("1 1/2 cups", 1.5, 1.5),
        ("1½", 1.5, 1.5),
        ("¾ litre", 0.75, 0.75),
        ("half an hour", 0.5, 0.5),
        ("three quarters of an hour", 0.75, 0.75),
        ("€1.299,50", 1299.5, 1299.5),
        ("12,50 €", 12.5, 12.5),
        ("5 grand", 5000, 5000),
    ],
)
def test_forms(text: str, low: float, high: float) -> None:
    assert values(text) == [(low, high)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fifty and sixty", [50, 60]),
        ("one hundred and two hundred", [100, 200]),
        ("one, two, three", [2, 3]),
        ("三百一晚", [300]),
    ],
)
def test_neighbours_are_kept_apart(text: str, expected: list[float]) -> None:
    assert [low for low, _ in values(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "WH-1000XM5",
        "the mp3 and the 3d one",
        "24/7",
        "the 2nd one",
        "第三个",
        "call 138-1234-5678 or 13812345678",
        "at 10:30",
        "192.168.1.1",
        "2024-05-01",
        "一样的，便宜一点，万一",
        "千万别买",
        "十分好看",
        "this one or that one",
        "打八折",
        "see https://example.com/p/12345",
        "me99@example.com",
        "5月3日",
        "统一的",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_numbers(text) == []
