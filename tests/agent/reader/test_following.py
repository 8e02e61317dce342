"""Messages that go on from what was shown, and messages that end the search."""

import pytest

from shortlist.reader import gives_up, goes_on


@pytest.mark.parametrize(
    "message",
    [
        "something nicer", "not that nice", "anything prettier?", "something a bit more elegant please", "too bulky",
        "I don't like it, too loud. something calm", "some lighter ones",
        "实用一点", "好看一点的", "有什么好看点的吗", "别太花哨",
        "没那么贵的", "送点实用的东西",
    ],
)  # fmt: skip
def test_what_only_compares_or_complains_goes_on(message: str) -> None:
    assert goes_on(message)


@pytest.mark.parametrize(
    "message",
    ["something for my sister", "I need something to read", "a lamp", "headphones under $50",
     "给妈妈挑点实用的", "想学点吉他", "something else"],
)  # fmt: skip
def test_a_wish_of_its_own_does_not(message: str) -> None:
    assert not goes_on(message)


@pytest.mark.parametrize(
    "message",
    [
        "never mind", "too expensive, never mind", "ok forget it then", "hmm I'll pass, thanks",
        "that's too pricey. leave it",
        "maybe another time", "太贵了算了",
        "算了吧", "那就不买了", "有点贵，还是算了", "我再考虑考虑", "先不买了，谢谢",
    ],
)  # fmt: skip
def test_a_farewell_ends_the_search(message: str) -> None:
    assert gives_up(message)


@pytest.mark.parametrize(
    "message",
    ["never mind the colour", "too expensive", "forget the budget", "太贵了",
     "颜色算了", "算了，换个背包", "不要了这个颜色", "leave out the red ones"],
)  # fmt: skip
def test_who_says_more_does_not_end_it(message: str) -> None:
    assert not gives_up(message)
