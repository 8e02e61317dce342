"""Remarks move no search, answers and wishes do; words that single out items leave nothing to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize("message", ["should I apologise to my sister?", "你吃饭了吗", "are you married?"])
def test_what_no_catalog_serves_brings_no_slate(talk: Talk, message: str) -> None:
    reply = talk(message)
    assert (reply.kind, reply.items) == ("chat", ())


def test_a_remark_does_not_repeat_the_slate(talk: Talk) -> None:
    reply = talk("noise cancelling headphones", "it's been a long day")
    assert (reply.kind, reply.items) == ("chat", ())
    assert {row.field for row in reply.ledger if row.status == "active"} >= {"category", "noise_cancelling"}


@pytest.mark.parametrize("message", ["my skin is flaky", "天天坐着，腰酸背痛", "something cosy"])
def test_a_need_told_in_passing_is_no_remark(talk: Talk, message: str) -> None:
    assert talk(message).kind in ("ask", "recommend")


def test_an_age_is_an_answer_and_no_remark(talk: Talk) -> None:
    reply = talk("来瓶起泡酒，两百块以内", "我二十九了")
    assert reply.kind == "recommend"
    assert all(row.value != 29 for row in reply.ledger)


def test_a_wish_for_something_unrestricted_needs_no_age(talk: Talk) -> None:
    reply = talk("a present for a couple, maybe a class they can do together")
    assert reply.kind == "recommend"


def test_the_nearest_are_of_the_kind_asked_for(talk: Talk) -> None:
    assert talk("a bottle of wine under $5").items == ()


def test_words_that_single_out_items_leave_nothing_to_ask(talk: Talk) -> None:
    assert "Moka" in talk("moka pot").items[0].title
    assert talk("running shoes").question is not None
    assert talk("moka pot").question is None


def test_both_together_is_a_budget_for_the_set(talk: Talk) -> None:
    reply = talk("need a lamp and a backpack, both together under $60")
    assert len(reply.items) == 2
    assert "slate" in {row.scope for row in reply.ledger}


def test_anything_will_do_leaves_the_choice_to_us(talk: Talk) -> None:
    assert len(talk("noise cancelling headphones", "either is fine").items) == 1
