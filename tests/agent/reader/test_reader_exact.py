"""Names within a kind: which items go by them, which are other words for the kind, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Exact, Reader
from shortlist_tools.catalog import Requirement, Snapshot

Said = Callable[..., list[str]]


def found(phrase: str, kind: str, snapshot: Snapshot) -> list[str]:
    rows = Exact.of(snapshot).rows(phrase, kind)
    return [] if rows is None else [snapshot.ids[row] for row in rows.nonzero()[0]]


@pytest.mark.parametrize(
    ("phrase", "kind", "ids"),
    [
        ("espresso machine", "coffee", ["cf-01", "cf-02", "cf-03"]),
        ("coffee grinder", "coffee", ["cf-06", "cf-07"]),
        ("磨豆机", "coffee", ["cf-06", "cf-07"]),
        ("floor lamp", "lamps", ["lp-05", "lp-10"]),
        ("mystery game", "board_games", ["bg-04", "bg-12"]),
        ("起泡酒", "wine", ["wn-03", "wn-04", "wn-05"]),
        ("over-ear headphones", "headphones", ["hp-01", "hp-04", "hp-08"]),
        ("yoga class", "courses", ["co-03"]),
        ("articles about coffee", "articles", ["ar-01"]),
    ],
)
def test_a_narrower_name_stands_for_its_items(phrase: str, kind: str, ids: list[str], demo_snapshot: Snapshot) -> None:
    assert found(phrase, kind, demo_snapshot) == ids


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("双肩包", "backpacks"), ("trainers", "running_shoes"), ("灯", "lamps"), ("club", "groups"), ("咖啡", "coffee")],
)
def test_another_word_for_the_kind_narrows_nothing(phrase: str, kind: str, demo_snapshot: Snapshot) -> None:
    assert found(phrase, kind, demo_snapshot) == []


@pytest.mark.parametrize(
    ("message", "quote"),
    [
        ("wireless open-ear headphones", "open-ear headphones"),
        ("我想要女款的跑鞋", "女款的跑鞋"),
        ("show me all lamps", "all lamps"),
        ("有没有什么文章讲咖啡的", "文章讲咖啡"),
        ("想找一款两个人玩的桌游", "桌游"),
        ("SPF50的防晒", "防晒"),
    ],
)
def test_the_words_beside_a_kind_count_where_they_tell_its_items_apart(
    message: str, quote: str, reader: Reader
) -> None:
    assert [row.quote for row in reader.read(message).requirements if row.field == "category"] == [quote]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("想买个包", "backpacks"),
        ("买个包给儿子用", "backpacks"),
        ("买啥灯好", "lamps"),
        ("咖啡的吧", "coffee"),
        ("头戴耳几", "headphones"),
    ],
)
def test_less_than_its_name_is_enough_for_a_kind(message: str, kind: str, reader: Reader) -> None:
    assert [row.value for row in reader.read(message).requirements] == [kind]


def test_what_no_item_of_the_kind_tells_is_a_wish(reader: Reader) -> None:
    coffee = Requirement(field="category", op="==", value="coffee")
    assert [row.hard for row in reader.read("操作简单的", ledger=[coffee]).requirements] == [False]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("42码", "42码"),
        ("男款", "男款"),
        ("vegan only", "vegan"),
        ("护眼的", "护眼"),
        ("thanks", ""),
        ("好的谢谢", ""),
        ("black", ""),
    ],
)
def test_words_that_say_nothing_here_are_kept_as_said(message: str, words: str, reader: Reader) -> None:
    shoes = Requirement(field="category", op="==", value="running_shoes")
    assert reader.read(message, ledger=[shoes]).unheard == words
