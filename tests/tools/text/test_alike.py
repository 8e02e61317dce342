"""Forms of one word, and words of the lexicon that say the same, have one key."""

from __future__ import annotations

import pytest

from shortlist_tools.text import keys, marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smoky", "it tastes of smoke"),
        ("washable", "the pads were washed"),
        ("hidden pocket", "the back hides a pocket"),
        ("fragrance", "no perfume"),
        ("carry-on", "allowed in hand luggage"),
        ("香精", "没有香味"),
        ("小孩", "孩子也行"),
        ("羊毛脂", "对羊毛过敏"),
        ("perfume", "不加香精"),
        ("滲漏", "渗漏"),
    ],
)
def test_what_says_the_same_has_the_same_keys(one: str, other: str) -> None:
    assert keys(one) <= keys(other)


@pytest.mark.parametrize(
    ("one", "other"), [("charge", "change"), ("pocket", "rocket"), ("酒精", "香精"), ("羊毛", "羊皮"), ("zip", "zinc")]
)
def test_what_says_something_else_has_not(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


def test_a_mark_stands_where_its_word_does() -> None:
    text = "No perfume, 没香精, carry-on."
    assert [text[mark.start : mark.end] for mark in marks(text) if mark.key == "=fragrance"] == ["perfume", "香精"]
    assert [text[mark.start : mark.end] for mark in marks(text) if mark.key == "=plane"] == ["carry-on"]
