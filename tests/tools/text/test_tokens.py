"""Tokens of the lexical index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noise-cancelling Headphones", ["noise", "cancelling", "headphone"]),
        ("the WH-1000XM5 and QC-35", ["the", "wh-1000xm5", "and", "qc-35"]),
        ("1,299.00 and 4.5", ["1299.00", "and", "4.5"]),
        ("a 30-hour battery, 802.11ac, USB 3.0", ["a", "30", "hour", "battery", "802.11ac", "usb", "3.0"]),
        ("batteries boxes dresses glass lens series", ["battery", "box", "dress", "glass", "lens", "series"]),
        ("Sony's café don't", ["sony", "cafe", "dont"]),
        ("降噪耳机", ["降噪", "噪耳", "耳机"]),
        ("灯 iPhone15手机", ["灯", "iphone15", "手机"]),
        ("ＷＨ－１０００ＸＭ５", ["wh-1000xm5"]),
        ("", []),
        ("🎧🎧 !!", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_query_and_a_title_meet_whatever_the_number_and_the_case() -> None:
    assert set(tokens("HEADPHONES for Runners")) == set(tokens("headphone for runner"))


@given(st.text())
def test_every_token_is_lower_case_and_without_space(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not any(char.isspace() for char in token)
        assert not any("A" <= char <= "Z" for char in token)
