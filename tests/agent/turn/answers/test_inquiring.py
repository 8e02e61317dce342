"""A pick, reasons, a sum and the shop's own matters are answered, and no field of an item is read out for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("wish", "question"), [("headphones under $150", "which one would you buy?"), ("150美元以内的耳机", "你选哪个？")]
)
def test_one_item_is_picked_with_its_reasons_against_the_next(talk: Talk, wish: str, question: str) -> None:
    shown = talk(wish)
    reply = talk(wish, question)
    assert reply.items[0].id == shown.items[0].id
    assert len(reply.items) == 2
    assert all(reason in reply.message for reason in reply.items[0].reasons)


def test_why_gives_the_reasons_of_the_item_in_focus(talk: Talk) -> None:
    reply = talk("headphones under $150", "which one would you buy?", "why?")
    assert [one.id for one in reply.items] == [talk("headphones under $150").items[0].id]
    assert reply.items[0].reasons


def test_a_sum_is_of_the_items_named_or_of_all_shown(talk: Talk) -> None:
    prices = [float(one.facts["price"].strip("$")) for one in talk("headphones under $150").items]
    assert f"${sum(prices):g}" in talk("headphones under $150", "what do they cost together?").message
    two = talk("headphones under $150", "how much are the first and the second together?")
    assert f"${sum(prices[:2]):g}" in two.message


def test_what_was_asked_for_is_told_from_the_ledger(talk: Talk) -> None:
    reply = talk("headphones under $150", "not sony", "what did I ask for so far?")
    assert all(words in reply.message for words in ("headphones", "$150", "Sony"))
    assert "in stock" not in reply.message


def test_what_is_sold_is_told_by_kind(talk: Talk) -> None:
    assert "headphones (13)" in talk("what do you sell?").message
    assert "耳机（13）" in talk("你们都卖什么").message


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many headphones do you have?", "headphones: 13"),
        ("how many pairs of running shoes do you sell", "running shoes: 13"),
        ("你们有几款双肩包", "13款：背包"),
        ("which brands of backpacks?", "Mossrock (2)"),
        ("双肩包有哪些牌子", "苔石（2）"),
        ("跑鞋都有什么颜色", "蓝色（4）"),
    ],
)
def test_how_many_of_a_kind_there_are_and_what_of_a_field_is_told_of_the_catalog(
    talk: Talk, question: str, told: str
) -> None:
    reply = talk(question)
    assert told in reply.message
    assert not reply.items


@pytest.mark.parametrize(
    ("wish", "question", "told"),
    [
        ("show me headphones", "does anything you showed me have bad reviews?", "Call quality in wind is poor"),
        ("show me headphones", "do people complain about them?", "Call quality in wind is poor"),
        ("推荐耳机", "你推荐的有差评吗", "有风的时候通话效果很差"),
    ],
)
def test_who_speaks_and_what_was_shown_is_no_matter_that_opinions_are_asked_of(
    talk: Talk, wish: str, question: str, told: str
) -> None:
    assert told in talk(wish, question).message


@pytest.mark.parametrize("question", ["how do I pay?", "can I return it?", "do they ship to Germany?", "能寄到德国吗"])
def test_matters_of_the_shop_are_left_to_it_and_move_no_requirement(talk: Talk, question: str) -> None:
    reply = talk("headphones under $150", question)
    assert (reply.kind, reply.items) == ("chat", ())
    assert {row.field for row in reply.ledger} == {"category", "price"}


def test_what_goes_into_a_cart_is_named_where_one_item_is_meant(talk: Talk) -> None:
    first = talk("headphones under $150").items[0].title
    assert first in talk("headphones under $150", "put the first one in my basket").message
    assert talk("headphones under $150", "add it to my cart").items == ()


def test_what_is_taken_up_is_named_and_asked_for_where_it_is_not_clear(talk: Talk) -> None:
    titles = [one.title for one in talk("headphones under $150").items]
    assert titles[0] in talk("headphones under $150", "love the first one").message
    assert all(title in talk("headphones under $150", "perfect, I'll take it").message for title in titles)
    chinese = talk("150美元以内的耳机")
    assert chinese.items[1].title in talk("150美元以内的耳机", "第二个不错").message


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("compare lumora hush with sony pocketline", {"hp-06", "hp-03"}),
        ("what's the difference between the two brewhaus solo machines?", {"cf-02", "cf-03"}),
        ("这俩哪个好：盐道 和 皇仓", {"bg-01", "bg-14"}),
        ("皇仓几个人玩", {"bg-14"}),
        ("how much is ridge line", {"bg-13"}),
    ],
)
def test_a_question_names_items_that_nobody_showed(talk: Talk, question: str, items: set[str]) -> None:
    reply = talk(question)
    assert (reply.kind, {one.id for one in reply.items}) == ("answer", items)


def test_the_utmost_of_what_was_shown_is_looked_for_among_all_of_it(talk: Talk) -> None:
    reply = talk("headphones under $150", "the cheapest backpack", "what was the most expensive you showed me?")
    assert reply.items[0].facts["price"] == "$128"


def test_the_best_of_all_is_shown_and_not_asked_about(talk: Talk) -> None:
    reply = talk("the best rated one?")
    assert reply.kind == "recommend"
    assert reply.items[0].facts["rating"] == "4.9 stars"


def test_a_price_is_told_for_several_of_one_item(talk: Talk) -> None:
    first = float(talk("headphones under $150").items[0].facts["price"].strip("$"))
    assert f"${2 * first:g}" in talk("headphones under $150", "how much for two of the first?").message
    assert f"{3 * first:g}美元" in talk("150美元以内的耳机", "第一个，三副多少钱").message


def test_what_buyers_complain_of_is_quoted(talk: Talk) -> None:
    assert "“" in talk("150美元以内的耳机", "第一个有差评吗").message
    assert "“" in talk("headphones under $150", "any bad reviews of the first one?").message


@pytest.mark.parametrize(
    ("turns", "first"),
    [
        (("headphones under $300", "which is better for flights?"), "hp-05"),
        (("咖啡机", "哪个更适合送礼"), "cf-03"),
        (("headphones under $300", "which of these is more suitable for studying"), "hp-07"),
    ],
)
def test_the_better_one_is_the_one_that_has_it(talk: Talk, turns: tuple[str, ...], first: str) -> None:
    reply = talk(*turns)
    assert (reply.kind, reply.items[0].id) == ("answer", first)


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("backpack under $150", "which of those fits under an airplane seat?"), "airplane seat"),
        (("backpack under $150", "which one is quickest to dry?"), "quickest dry"),
        (("headphones under $300", "which sounds better?"), "sounds"),
        (("咖啡机", "第一个和第二个哪个好清洗"), "清洗"),
        (("背包", "哪个能塞进飞机座位底下"), "飞机座位"),
    ],
)
def test_a_pick_owns_up_to_what_nothing_tells(talk: Talk, turns: tuple[str, ...], words: str) -> None:
    message = talk(*turns).message
    assert words in message.splitlines()[0]
    assert len(message.splitlines()) > 1


def test_what_all_have_alike_is_no_reason_to_choose(talk: Talk) -> None:
    assert "几款都" in talk("降噪耳机", "第一个跟第二个比哪个降噪好").message
