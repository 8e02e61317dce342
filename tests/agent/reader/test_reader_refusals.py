"""Refusals: values side by side, what goes on in the next message, whose they are, and what is never searched for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Requirement

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("不要黑色白色", ["colour not_contains black", "colour not_contains white"]),
        ("粉色蓝色不要", ["colour not_contains blue", "colour not_contains pink"]),
        ("no red blue", ["colour not_contains blue", "colour not_contains red"]),
        ("not sony bose", ["brand not_in ['Sony', 'Bose']"]),
        ("不要红色 蓝色可以", ["colour contains blue", "colour not_contains red"]),
        ("以后都不要桌游", ["category != board_games"]),
        ("也不要夜灯", ["title not_contains 夜灯"]),
        ("没有红色的吗", ["colour contains red"]),
        ("nothing in red?", ["colour contains red"]),
        ("nothing for skin", ["category != skincare"]),
        ("不要护肤的", ["category != skincare"]),
        ("不要头戴的", []),
        ("he says no canvas either", ["material not_contains canvas"]),
        ("she doesn't like red", ["colour not_contains red"]),
        ("他说不要帆布的", ["material not_contains canvas"]),
        ("he hates his sony headphones, they broke", []),
    ],
)
def test_a_refusal_is_never_turned_round(message: str, expected: list[str], reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("or germany", ["country != Germany"]),
        ("nor germany", ["country != Germany"]),
        ("same for germany", ["country != Germany"]),
        ("或者德国的", ["country != Germany"]),
        ("德国也一样", ["country != Germany"]),
        ("germany is fine", ["country == Germany"]),
        ("or germany?", ["country == Germany"]),
        ("or a black one", ["colour contains black"]),
    ],
)
def test_a_refusal_goes_on_in_the_next_message(message: str, expected: list[str], reader: Reader, said: Said) -> None:
    ledger = [Requirement(field="country", op="!=", value="China", turn=1)]
    assert said(reader.read(message, ledger=ledger).requirements) == expected


@pytest.mark.parametrize(
    "message", ["有线无线都行", "wired or wireless, either is fine", "防水不防水都行", "waterproof or not, either way"]
)
def test_either_way_asks_for_nothing(message: str, reader: Reader) -> None:
    reading = reader.read(message)
    assert (reading.requirements, reading.query) == ((), "")


def test_either_way_takes_back_what_was_asked_for(reader: Reader) -> None:
    ledger = [Requirement(field="wireless", op="==", value=True)]
    assert reader.read("有线无线都可以", ledger=ledger).withdrawn == ("wireless",)


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("她不化妆", ""),
        ("不要皮的", ""),
        ("不要胶囊的", ""),
        ("a tea without caffeine for my gardening mum", "tea gardening mum"),
        ("nothing expensive for my gardening mum", "gardening mum"),
        ("不含酒精的饮料", "饮料"),
    ],
)
def test_what_is_denied_is_not_searched_for(message: str, query: str, reader: Reader) -> None:
    assert reader.read(message).query == query


def test_a_space_divides_chinese(reader: Reader, said: Said) -> None:
    assert said(reader.read("耳机 有线的 不要入耳").requirements) == ["category == headphones", "wireless == False"]
    assert reader.read("not the first one").requirements == ()
