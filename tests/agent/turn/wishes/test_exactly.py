"""A conversation keeps to the very thing asked for, names what is out of stock, and owns up to words it cannot use."""

from __future__ import annotations

import uuid

import pytest

from shortlist import Recommender
from shortlist.reply import Reply


def last(recommender: Recommender, *messages: str) -> Reply:
    session = uuid.uuid4().hex
    return [recommender.reply(message, session_id=session) for message in messages][-1]


def test_a_grinder_is_asked_for_after_an_espresso_machine(recommender: Recommender) -> None:
    reply = last(recommender, "espresso machine", "no wait I meant a coffee grinder")
    assert {item.id for item in reply.items} == {"cf-06", "cf-07"}


def test_what_is_only_out_of_stock_is_not_denied(recommender: Recommender) -> None:
    reply = last(recommender, "looking for a gaming headset")
    assert "Northpeak Rally Gaming Headset" in reply.message
    assert "stock" in reply.message


@pytest.mark.parametrize(("message", "words"), [("42码", "42码"), ("男款", "男款"), ("华为的", "华为")])
def test_unknown_words_keep_the_search_and_are_named_once(message: str, words: str, recommender: Recommender) -> None:
    reply = last(recommender, "我想买双跑鞋", message)
    assert reply.items
    assert words in reply.message
    assert words not in last(recommender, "我想买双跑鞋", message, message).message


def test_a_good_that_is_not_here_brings_no_question(recommender: Recommender) -> None:
    reply = last(recommender, "有手表吗")
    assert "手表" in reply.message
    assert (reply.kind, reply.items, reply.question) == ("abstain", (), None)
