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
