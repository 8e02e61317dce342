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


@pytest.mark.parametrize("words", ["any whisky?", "有威士忌吗"])
def test_a_narrower_name_that_nothing_goes_by_is_owned_up_to(words: str, recommender: Recommender) -> None:
    reply = last(recommender, "I'm 40", words) if words.isascii() else last(recommender, "我40岁了", words)
    assert reply.items
    assert "whisky" in reply.message or "威士忌" in reply.message


def test_a_name_by_a_value_leaves_out_what_goes_by_another_name(recommender: Recommender) -> None:
    assert [one.id for one in last(recommender, "I'm 40, any white wine?").items] == ["wn-06", "wn-05"]
    assert {one.id for one in last(recommender, "我40岁了", "有清酒吗").items} <= {"wn-09", "wn-10"}


@pytest.mark.parametrize(("name", "only"), [("洗面奶", "sk-08"), ("护手霜", "sk-09")])
def test_a_name_no_title_has_stands_for_what_means_the_same(name: str, only: str, recommender: Recommender) -> None:
    assert [one.id for one in last(recommender, f"有{name}吗").items] == [only]


def test_the_narrower_name_that_binds_is_named_where_nothing_fits(recommender: Recommender) -> None:
    reply = last(recommender, "espresso machine under 100")
    assert reply.kind == "abstain"
    assert "“espresso machine”" in reply.message


@pytest.mark.parametrize("words", ["games for kids aged 6", "儿童玩的游戏，6岁"])
def test_what_names_of_a_kind_end_in_is_the_kind_and_no_use(words: str, recommender: Recommender) -> None:
    assert {one.id for one in last(recommender, words).items} == {"bg-03", "bg-10"}


@pytest.mark.parametrize("words", ["便宜点的，300多块", "300块左右的"])
def test_what_costs_less_than_a_rough_amount_is_near_and_misses_nothing(words: str, recommender: Recommender) -> None:
    reply = last(recommender, "有线耳机有吗", words)
    assert reply.items
    assert all(one.broken for one in reply.items), "what is shown of another price is owned up to"
    assert "19美元" in reply.message
    assert "便宜" in reply.message
