"""What only texts can tell: what is wanted, refused and worried about, and what is none of these."""

from __future__ import annotations

import pytest

from shortlist.reader import Reader


@pytest.mark.parametrize(
    ("message", "words", "stance"),
    [
        ("headphones, not in-ear please", "in-ear", "refuses"),
        ("a white wine, not sweet", "sweet", "refuses"),
        ("a lamp, not too bulky under 50", "bulky", "refuses"),
        ("it should be foldable", "foldable", "wants"),
        ("it must have a hidden pocket", "hidden pocket", "wants"),
        ("a wine, nothing sweet pls", "sweet", "refuses"),
        ("不要入耳的", "入耳", "refuses"),
        ("别带香精的", "香精", "refuses"),
        ("我对羊毛过敏", "羊毛", "concern"),
    ],
)
def test_a_wish_that_no_field_holds_is_told(message: str, words: str, stance: str, reader: Reader) -> None:
    assert [(one.words, one.stance) for one in reader.read(message).told] == [(words, stance)]


@pytest.mark.parametrize(
    "message", ["not sure", "not really", "别推这些垃圾了", "别再记我的东西了", "not bad", "not now", "推荐款精华"]
)
def test_talk_tells_of_no_wish(message: str, reader: Reader) -> None:
    assert reader.read(message).told == ()
