"""The catalog has no such thing only where no title ends in its name and no kind means nearly that."""

from collections.abc import Callable

import pytest

from shortlist import Reply
from shortlist.turn.state import Services
from shortlist.turn.wishes.missing import missing_good


@pytest.mark.parametrize(
    "good", ["watches", "mens watches", "laptops", "bikes", "phone cases", "手表", "自行车", "显示器"]
)
def test_what_the_demo_shop_does_not_have(good: str, services: Services) -> None:
    assert missing_good(good, services) == good


@pytest.mark.parametrize("good", ["", "kettles", "footwear", "beers", "torches", "racers", "啤酒", "饮料"])
def test_what_it_has_or_may_have(good: str, services: Services) -> None:
    assert missing_good(good, services) == ""


@pytest.mark.parametrize(
    "messages",
    [
        ("watch for my wife", "budget is around 200", "nothing too big"),
        ("I have 80 for a tent", "a green one", "something with poles"),
        ("手表 防水 1000元以内", "不要皮带", "200以内呢"),
        ("tennis racket for beginners", "under 60"),
        ("我的自行车丢了，想换一辆", "2000以内"),
        ("想买个能泡茶的壶", "白色的", "我是说茶壶，不是咖啡壶"),
    ],
)
def test_nothing_is_shown_for_what_is_missing_until_another_thing_is_sought(
    messages: tuple[str, ...], talk: Callable[..., Reply]
) -> None:
    for message in messages:
        reply = talk(message)
        assert (reply.kind, reply.items) == ("abstain", ())
        assert reply.plan.good
    assert talk("a lamp then").items
    assert not talk("under 300").plan.good


def test_what_a_missing_thing_would_be_for_chooses_what_is_shown(talk: Callable[..., Reply]) -> None:
    reply = talk("a watch for running")
    assert reply.message.startswith(("We don't have watches", "There are no watches"))
    assert reply.items


def test_the_kind_that_means_nearly_the_word_is_named_and_stays(talk: Callable[..., Reply]) -> None:
    reply = talk("I need some earplugs or something")
    assert "earplugs" in reply.message.partition(".")[0]
    assert all(item.id.startswith("hp") for item in (*reply.items, *talk("under 100").items))


def test_kinds_offered_instead_meet_what_else_was_said(talk: Callable[..., Reply]) -> None:
    message = talk("a watch under $15").message
    assert "coffee" not in message
