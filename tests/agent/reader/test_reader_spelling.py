"""Mending one letter: which words count as slips, and where the words stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.reader.spelling import Spelling

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
