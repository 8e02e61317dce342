"""What no field holds is looked for in the texts: who says so comes first and is quoted, who warns goes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


def _wishes(reply: Reply) -> list[tuple[str, object]]:
    return [(row.op, row.value) for row in reply.ledger if row.field == "description" and row.status == "active"]


@pytest.mark.parametrize(
    ("turns", "first", "said"),
    [
        (("a backpack", "it must have a hidden pocket"), "bp-04", "hides a pocket"),
        (("双肩包", "要有暗袋的"), "bp-04", "护照暗袋"),
        (("a lamp with an alarm",), "lp-15", "before your alarm"),
        (("买个咖啡机，带打奶泡的",), "cf-01", "打奶泡可以同时"),
        (("headphones I can wear with gloves on",), "hp-06", "gloves on"),
        (("a lamp that doesn't flicker",), "lp-01", "A buyer of"),
        (("a moka pot that works on induction",), "cf-11", "induction hobs too"),
    ],
)
def test_what_says_so_comes_first_and_is_quoted(talk: Talk, turns: tuple[str, ...], first: str, said: str) -> None:
    reply = talk(*turns)
    assert reply.items[0].id == first
    assert said in reply.message
    assert len(_wishes(reply)) == 1
    assert all(not row.hard for row in reply.ledger if row.field == "description")


@pytest.mark.parametrize(
    ("turns", "out"),
    [
        (("hand cream", "I'm allergic to wool"), "sk-09"),
        (("护手霜", "我对羊毛过敏"), "sk-09"),
        (("baby lotion", "he has a nut allergy"), "sk-14"),
        (("我对坚果过敏，想要润肤乳",), "sk-14"),
    ],
)
def test_what_warns_goes_out_and_stays_out(talk: Talk, turns: tuple[str, ...], out: str) -> None:
    for reply in (talk(*turns), talk(*turns, "cheaper" if turns[0].isascii() else "便宜点的")):
        assert out not in [one.id for one in reply.items]
        assert len(_wishes(reply)) == 1


def test_what_is_refused_is_met_by_what_says_it_has_none(talk: Talk) -> None:
    reply = talk("moisturiser for sensitive skin", "no fragrance, and cruelty free")
    assert {one.id for one in reply.items} == {"sk-01", "sk-14"}
    assert "No perfume" in reply.message
    assert "cruelty" in reply.message
    assert _wishes(reply) == [("not_contains", "fragrance")]


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("skin cream", "I'm pregnant"), "pregnant"),
        (("我怀孕了，想找个面霜",), "怀孕"),
        (("小夜灯", "要感应的"), "感应"),
    ],
)
def test_what_no_text_speaks_of_is_owned_up_to_once(talk: Talk, turns: tuple[str, ...], words: str) -> None:
    assert f"“{words}”" in talk(*turns).message
    assert f"“{words}”" not in talk(*turns, "cheaper" if turns[0].isascii() else "便宜点的").message


def test_a_smell_is_no_weight(talk: Talk) -> None:
    reply = talk("护手霜", "味道不要太重")
    assert [row.op for row in reply.ledger if row.field == "weight"] == []
    assert _wishes(reply) == [("not_contains", "味道")]


def test_such_a_wish_is_told_and_taken_back(talk: Talk) -> None:
    assert "hidden pocket" in talk("a backpack", "it must have a hidden pocket", "what did I ask for?").message
    assert _wishes(talk("a backpack", "it must have a hidden pocket", "never mind the hidden pocket")) == []


@pytest.mark.parametrize(
    ("turns", "ids"),
    [
        (("headphones under 200", "only over ear ones"), {"hp-08"}),
        (("headphones under 200 in the over-ear style",), {"hp-08"}),
        (("headphones under 200", "over-ear please"), {"hp-08"}),
        (("headphones under 200", "only over ear ones", "actually in-ear ones"), {"hp-03"}),
        (("noise cancelling headphones", "not over-ear, something small"), {"hp-03"}),
        (("耳机，头戴的，1000元以内",), {"hp-08"}),
        (("想要个头戴式耳机，通勤坐地铁用，一千以内",), {"hp-08"}),
        (("耳机", "要头戴式的", "还是入耳式的吧"), {"hp-03"}),
        (("磨豆机", "要电动的"), {"cf-07"}),
    ],
)
def test_a_sort_that_only_texts_and_titles_tell_is_held_to(talk: Talk, turns: tuple[str, ...], ids: set[str]) -> None:
    assert {one.id for one in talk(*turns).items} == ids


def test_a_sort_that_nothing_left_has_is_owned_up_to(talk: Talk) -> None:
    assert "“over-ear”" in talk("headphones in the over-ear style, under 200", "cheaper").message


def test_another_sort_takes_the_place_of_one_in_a_kinds_name(talk: Talk) -> None:
    reply = talk("推荐一双女款跑鞋", "不对，男款")
    assert "“男款”" in reply.message
    assert "rs-12" not in [one.id for one in reply.items]


@pytest.mark.parametrize(
    ("message", "more", "denial"),
    [
        ("a co-op board game, not horror", "show me more", "Nothing in it is frightening"),
        ("合作桌游，不要恐怖的", "还有吗", "没有任何吓人的"),
    ],
)
def test_what_is_called_by_a_refused_value_comes_last_and_with_its_denial(
    talk: Talk, message: str, more: str, denial: str
) -> None:
    assert "bg-03" not in [one.id for one in talk(message).items]
    assert denial in talk(message, more).message


@pytest.mark.parametrize(
    ("message", "words"),
    [("台灯，不要USB供电的", "USB供电"), ("耳机要音质好的", "音质好"), ("headphones, only vegan ones", "vegan")],
)
def test_what_no_text_tells_of_a_plain_demand_is_named(talk: Talk, message: str, words: str) -> None:
    assert f"“{words}”" in talk(message).message


@pytest.mark.parametrize(
    ("message", "ask", "said"),
    [
        ("headphones, over-ear please", "what did I ask for?", "“over-ear”"),
        ("headphones, not over-ear", "what did I ask for?", "not “over-ear”"),
        ("a course, I'm vegetarian", "what did I ask for?", "with “vegetarian” in mind"),
        ("耳机，不要入耳式的", "我要了什么？", "不要“入耳式”"),
    ],
)
def test_such_a_wish_is_told_back_in_plain_words(talk: Talk, message: str, ask: str, said: str) -> None:
    reply = talk(message, ask).message
    assert said in reply
    assert "description" not in reply
    assert "介绍" not in reply


def test_a_refused_sort_takes_what_goes_by_its_name_with_it(talk: Talk) -> None:
    reply = talk("headphones, not in-ear", "white or silver")
    assert reply.items
    assert "hp-05" not in [item.id for item in reply.items]


@pytest.mark.parametrize(
    "turns",
    [
        ("headphones, not in-ear", "white or silver", "actually in-ear is fine"),
        ("耳机，不要入耳的", "白色的", "入耳的也行"),
    ],
)
def test_a_refused_sort_that_will_do_is_allowed_and_not_demanded(talk: Talk, turns: tuple[str, ...]) -> None:
    reply = talk(*turns)
    assert "hp-05" in [item.id for item in reply.items]
    assert not any(row.field == "description" for row in reply.ledger if row.status == "active")


@pytest.mark.parametrize("said", ["那就封闭的耳机", "closed-back headphones", "封闭式的耳机"])
def test_what_says_another_sort_by_the_same_measure_goes_out(talk: Talk, said: str) -> None:
    reply = talk(said)
    assert len(reply.items) == 3
    assert "hp-12" not in [item.id for item in reply.items]


@pytest.mark.parametrize("said", ["without fragrance", "I'm allergic to fragrance"])
def test_a_worry_that_no_item_left_speaks_to_is_owned_up_to(talk: Talk, said: str) -> None:
    reply = talk("moisturizer for dry skin", said, "under 25 euros")
    assert "sk-13" not in [item.id for item in reply.items]
    assert "fragrance" in reply.message
