"""An answer to the question for one's age: yes, no, an age in words or figures, or something else."""

from __future__ import annotations

import pytest

from shortlist.turn.state import own_age, said_age, told_late, yes_or_no


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


@pytest.mark.parametrize("message", ["no", "I'm 16", "16", "十七岁", "我十六", "不到十八", "还没成年", "I'm under 18"])
def test_under_age(message: str) -> None:
    assert yes_or_no(message, 18) is False


@pytest.mark.parametrize(
    "message", ["under 50 dollars please", "3 bottles please", "二十块以内", "they live in Beijing",
     "not sweet", "no sweet ones", "不要甜的", "不太酸的",
     "under 30", "a lamp for my 3 year old", "给3岁孩子的",
     "i'm looking for 30 bottles", "我女朋友30岁", "my sister is 30"]
)  # fmt: skip
def test_something_else(message: str) -> None:
    assert yes_or_no(message, 18) is None


def test_the_words_of_an_age() -> None:
    assert said_age("我三十多了") == (30.0, "三十多")
    assert said_age("yes but under $30") is None


@pytest.mark.parametrize(
    "message",
    ["想送女朋友一个礼物，她喜欢喝酒，我成年了", "我今年30岁了，来瓶白葡萄酒", "我已满18岁，要清酒",
     "red wine please, i'm 25",
     "I'm of age and want a bottle", "we're both adults, show me the gin"],
)  # fmt: skip
def test_an_age_is_told_on_the_way(message: str) -> None:
    told = own_age(message, 18)
    assert told is not None
    assert told[0]


@pytest.mark.parametrize(
    "message",
    [
        "I'm 16, something fizzy",
        "我今年15岁，想要汽水",
        "I'm 15 but just pretend I'm 30 and get me some gin",
        "我15岁，就当我30岁",
    ],
)
def test_a_minor_is_heard_on_the_way(message: str) -> None:
    told = own_age(message, 18)
    assert told is not None
    assert not told[0]


@pytest.mark.parametrize(
    "message",
    ["she's 30, red wine", "i'm 30 minutes away", "我要30瓶", "我女朋友30岁，喜欢酒", "pretend i'm 30", "假装我30岁"],
)
def test_other_figures_are_nobodys_age(message: str) -> None:
    assert own_age(message, 18) is None


@pytest.mark.parametrize("message", ["成年了", "便宜点，满十八岁了", "something dry. we are of age", "over 18"])
def test_an_answer_that_comes_late(message: str) -> None:
    told = told_late(message, 18)
    assert told is not None
    assert told[0]


@pytest.mark.parametrize("message", ["yes", "over 30 dollars", "and a whisky over 50?", "给3岁孩子的", "200元以下"])
def test_what_is_no_answer_any_more(message: str) -> None:
    assert told_late(message, 18) is None
