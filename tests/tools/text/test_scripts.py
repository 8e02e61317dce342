"""One script for Chinese: traditional characters and Cantonese words, each character in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import detect_language, find_quantities, fold, simplified, tokens


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("求推薦一款防曬乳", "求推荐一款防晒乳"),
        ("別太貴，有人說黏嗎", "别太贵，有人说黏吗"),
        ("唔要黑色嘅耳機", "不要黑色的耳机"),
        ("唔該，邊個最平", "麻烦，哪个最平"),
        ("唔，好的", "嗯，好的"),
        ("有冇平啲嘅", "可有便宜的"),
        ("headphones under $100", "headphones under $100"),
        ("不要红色的", "不要红色的"),
    ],
)
def test_traditional_and_cantonese_words_become_simplified(written: str, read: str) -> None:
    assert simplified(written) == read


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), max_size=60))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_both_scripts_are_one_to_what_reads_text() -> None:
    assert fold("降噪耳機") == "降噪耳机"
    assert tokens("降噪耳機") == tokens("降噪耳机")
    (money,) = find_quantities("台幣六百以內")
    assert (money.op, money.value, money.unit, money.text) == ("<=", 600.0, "TWD", "台幣六百以內")
    assert detect_language("有沒有 laptop bag 給我") == "zh"
