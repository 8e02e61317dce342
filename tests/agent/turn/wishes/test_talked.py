"""The kind of what was just shown stays, though nobody named it, until something else is sought."""

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (("蓝牙的 音质好 女生戴好看", "白色", "300美元以内"), "hp"),
        (("苹果酒和梅酒哪个度数低 我22岁", "要甜一点的", "200以下"), "wn"),
        (("Is Lantern Keepers good for grandparents?", "something similar for adults"), "bg"),
        (("headphones for work, noise cancelling", "show me wired ones"), "hp"),
    ],
)
def test_the_kind_under_discussion_stays(messages: tuple[str, ...], kind: str, talk: Talk) -> None:
    talk(messages[0])
    for message in messages[1:]:
        reply = talk(message)
        assert reply.items
        assert {item.id[:2] for item in reply.items} == {kind}


def test_another_wish_leaves_it(talk: Talk) -> None:
    talk("wireless, good sound")
    reply = talk("a gift for my mother")
    assert not any(row.field == "category" and row.status == "active" for row in reply.ledger)


def test_a_mixed_slate_has_no_kind_to_keep(talk: Talk) -> None:
    talk("a gift for mum")
    assert not any(row.field == "category" for row in talk("under 50").ledger)


@pytest.mark.parametrize(
    ("need", "kind"),
    [
        ("the train is so loud I can't concentrate", "headphones"),
        ("my bag hurts my shoulders on the way to work", "backpacks"),
        ("手冻得裂口", "skincare"),
        ("我的书桌晚上太暗了", "lamps"),
    ],
)
def test_a_need_is_taken_for_the_kind_that_is_nearest_and_says_so(need: str, kind: str, talk: Talk) -> None:
    reply = talk(need)
    (row,) = (row for row in reply.ledger if row.field == "category")
    assert (row.value, row.origin, row.hard) == (kind, "inferred", False)
    assert need in reply.message


@pytest.mark.parametrize(
    ("need", "further", "prefix"),
    [
        ("my desk is too dark at night", "not white, and it needs to be dimmable", "lp"),
        ("the coffee at the office is terrible", "anything under 50?", "cf"),
        ("my bag hurts my shoulders on the way to work", "something lighter", "bp"),
        ("地铁上太吵了", "两百美元以内", "hp"),
    ],
)
def test_who_goes_on_from_an_assumption_agrees_to_it(need: str, further: str, prefix: str, talk: Talk) -> None:
    talk(need)
    reply = talk(further)
    assert {item.id[:2] for item in reply.items} == {prefix}
    assert any(row.field == "category" and row.hard and row.status == "active" for row in reply.ledger)


@pytest.mark.parametrize(
    "vague", ["I can't sleep", "something for the kitchen", "I moved here and know nobody", "想放松一下"]
)
def test_a_need_that_several_kinds_meet_is_taken_for_none(vague: str, talk: Talk) -> None:
    assert not any(row.field == "category" for row in talk(vague).ledger)


def test_what_somebody_likes_and_was_shown_alone_stays(talk: Talk) -> None:
    talk("a present for my uncle")
    talk("he's into wine, I'm 40")
    talk("something red")
    assert {item.id[:2] for item in talk("cheaper?").items} == {"wn"}


@pytest.mark.parametrize(
    ("kind", "wish", "told"),
    [
        ("running shoes", "wide", "Wide"),
        ("推荐台灯", "放桌上的，暖光", "暖光"),
        ("推荐咖啡机", "要半自动的", "“半自动”"),
    ],
)
def test_a_bare_wish_is_borne_out_or_owned_up_to(kind: str, wish: str, told: str, talk: Talk) -> None:
    talk(kind)
    assert told in talk(wish).message


def test_a_bare_range_is_in_the_currency_of_the_talk(talk: Talk) -> None:
    talk("送男朋友的礼物")
    assert [row.unit for row in talk("300-500").ledger if row.field == "price"] == ["CNY"]


def test_another_number_of_people_takes_the_place_of_the_first(talk: Talk) -> None:
    talk("board game for 4")
    assert [row.value for row in talk("we are actually 5 people").ledger if row.field == "players"][-1] == 5.0
