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


@pytest.mark.parametrize(
    ("messages", "worry"),
    [
        (("im allergic to nuts. snacks for a movie night", "what did I say I was allergic to?"), "nuts"),
        (("我对花生过敏，想买护手霜", "我说过我对什么过敏"), "花生"),
    ],
)
def test_a_worry_is_kept_and_told_also_where_the_good_is_missing(
    messages: tuple[str, ...], worry: str, talk: Callable[..., Reply]
) -> None:
    replies = [talk(message) for message in messages]
    assert worry in replies[-1].message


def test_a_worry_that_is_taken_back_is_forgotten_by_a_guest_too(talk: Callable[..., Reply]) -> None:
    talk("im vegetarian and allergic to nuts. something for a movie night")
    rows = [row.value for row in talk("forget that I am vegetarian").ledger if row.status == "active"]
    assert ("nuts" in rows, "vegetarian" in rows) == (True, False)


def test_a_wish_that_gives_way_is_named_once(talk: Callable[..., Reply]) -> None:
    talk("I want to learn spanish or maybe photography")
    assert "photography" in talk("online, beginner").message
    assert "photography" not in talk("anything free?").message
