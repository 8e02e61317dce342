"""An answer to the question for one's age: yes, no, an age in words or figures, or something else."""

from __future__ import annotations

import pytest

from shortlist.turn.consent import said_age, yes_or_no


@pytest.mark.parametrize(
    "message",
    [
        "yes",
        "I'm 29",
        "yes, 34",
        "34",
        "we're both 30",
        "I turned 21 in May",
        "in my forties",
        "我二十九了",
        "我三十多了",
    ],
)
def test_of_age(message: str) -> None:
    assert yes_or_no(message if "forties" not in message else f"I'm {message}", 18) is True


@pytest.mark.parametrize("message", ["no", "I'm 16", "16", "十七岁", "我十六", "不到十八", "还没成年"])
def test_under_age(message: str) -> None:
    assert yes_or_no(message, 18) is False


@pytest.mark.parametrize(
    "message", ["under 50 dollars please", "3 bottles please", "二十块以内", "they live in Beijing"]
)
def test_something_else(message: str) -> None:
    assert yes_or_no(message, 18) is None


def test_the_words_of_an_age() -> None:
    assert said_age("我三十多了") == (30.0, "三十多")
    assert said_age("yes but under $30") is None
