"""Mending one letter: which words count as slips, and where the words stood."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.reader import Reader
from shortlist.reader.vocabulary.spelling import Spelling

SPELLING = Spelling(["headphones", "sensitive skin", "cooking", "flights"], ["fights"])


@pytest.mark.parametrize("slip", ["headpones", "haedphones", "headphoones", "hedphones", "headphanes"])
def test_one_slip_is_mended(slip: str) -> None:
    mended = SPELLING.corrected(f"two {slip} please")
    assert mended is not None
    assert mended[0] == "two headphones please"


@pytest.mark.parametrize("word", ["cooling", "fights", "headphones", "headphone", "hedpones", "hike", "xheadphones"])
def test_other_words_stay(word: str) -> None:
    assert SPELLING.corrected(word) is None


@given(st.text("abc ", max_size=20), st.text("abc ", max_size=20))
def test_places_lead_back_to_the_words(before: str, after: str) -> None:
    text = f"{before} sensative {after}"
    mended = SPELLING.corrected(text)
    assert mended is not None
    right, places = mended
    assert len(places) == len(right)
    at = right.index("sensitive")
    assert text[places[at] : places[at + 8] + 1] == "sensative"
    assert [text[place] for place in places[:at]] == list(right[:at])


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("noice canceling hedphones undr 100 dolars",
         ["category == headphones", "noise_cancelling == True", "price < 100"]),
        ("cheep headfones undr 100", ["category == headphones", "price < 100"]),
        ("im lookng for a coarse", ["category == courses"]),
        ("a coarse grinder", ["category == coffee"]),
        ("买个咖啡鸡", ["category == coffee"]),
        ("防嗮霜有没", ["category == skincare"]),
        ("落地登", ["category == lamps"]),
        ("咖啡豆有吗", []),
        ("headphones udner 100 dollrs", ["category == headphones", "price < 100"]),
        ("a lamp withot leather", ["category == lamps", "material not_contains leather"]),
        ("backpack betwen 40 and 80", ["category == backpacks", "price between ['40', '80']"]),
        ("backpack arond 50 dolars", ["category == backpacks", "price between ['40', '60']"]),
        ("Undr 100 Dolars, Sony Headphones", ["brand == Sony", "category == headphones", "price < 100"]),
    ],
)  # fmt: skip
def test_slips_in_words_of_comparison(
    message: str, expected: list[str], reader: Reader, said: Callable[..., list[str]]
) -> None:
    assert said(reader.read(message).requirements) == expected


def test_a_mended_word_is_quoted_as_it_was_written(reader: Reader) -> None:
    [price] = [row for row in reader.read("headphones undr 100 dolars").requirements if row.field == "price"]
    assert price.quote == "undr 100 dolars"


@pytest.mark.parametrize(
    "message", ["a blow dryer for my prince", "I wonder about the ground", "I like butter and batter"]
)
def test_other_words_are_no_slips_of_comparison(message: str, reader: Reader) -> None:
    assert reader.read(message).requirements == ()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("耳击 降躁 500以下", ["category == headphones", "noise_cancelling == True", "price <= 500 CNY"]),
        ("篮色的", ["colour contains blue"]),
        ("续行要长一点", ["~battery_life highest"]),
        ("想要蓝芽耳机", ["category == headphones", "wireless == True"]),
        ("双间包", ["category == backpacks"]),
        ("想买双跑协", ["category == running_shoes"]),
    ],
)
def test_a_character_that_sounds_like_the_right_one(
    message: str, expected: list[str], reader: Reader, said: Callable[..., list[str]]
) -> None:
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    "message", ["预算无限", "书桌有吗", "想跑些路", "音色好听吗", "变成一个更好的人", "找个吃的地方"]
)
def test_words_of_their_own_that_sound_alike(message: str, reader: Reader) -> None:
    assert reader.read(message).requirements == ()
