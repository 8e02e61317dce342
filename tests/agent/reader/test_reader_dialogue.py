"""What messages ask for inside a conversation: critiques, references, corrections, withdrawals, answers, intents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Requirement

Items = Callable[..., list[Item]]
Said = Callable[..., list[str]]
SHOWN = ("hp-01", "hp-06", "hp-09")

CRITIQUES = {
    "something cheaper": ["price < 89"],
    "those are too heavy": ["weight < 254"],
    "the second one but cheaper": ["category == headphones", "price < 89"],
    "cheaper than the third": ["price < 119"],
    "something like the Lumora but waterproof": ["category == headphones", "waterproof == True"],
    "longer battery": ["battery_life > 55"],
    "再便宜一点": ["price < 89"],
    "都太重了": ["weight < 254"],
    "第一款，但是要便宜点的": ["category == headphones", "price < 379"],
    "要比第一个便宜，比第二个轻": ["price < 379", "weight < 268"],
    "不要这么贵的": ["price < 89"],
    "评分再高点": ["rating > 4.7"],
}


@pytest.mark.parametrize("message", CRITIQUES)
def test_a_critique_compares_with_what_was_shown(message: str, reader: Reader, items: Items, said: Said) -> None:
    assert said(reader.read(message, items(*SHOWN)).requirements) == CRITIQUES[message]


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("I'll take the second one", ["hp-06"]),
        ("compare the first and the third", ["hp-01", "hp-09"]),
        ("compare the first two", ["hp-01", "hp-06"]),
        ("the cheaper one please", ["hp-06"]),
        ("is the Aurel 900 waterproof?", ["hp-01"]),
        ("that Velto looks nice", ["hp-09"]),
        ("最后一个多少钱", ["hp-09"]),
        ("那个索尼的续航多久", ["hp-01"]),
        ("便宜的那个多重", ["hp-06"]),
    ],
)
def test_shown_items_are_pointed_at(message: str, ids: list[str], reader: Reader, items: Items) -> None:
    reading = reader.read(message, items(*SHOWN))
    assert [reference.item_id for reference in reading.references] == ids
    assert reading.requirements == ()


def test_a_title_of_the_catalog_is_found_and_asks_for_nothing(reader: Reader) -> None:
    reading = reader.read("have you got Coffee Table Sunrise?")
    assert [reference.item_id for reference in reading.references] == ["lp-05"]
    assert reading.requirements == ()


@pytest.mark.parametrize("message", ["does it come in black?", "有没有红色的？", "防水吗", "is it waterproof"])
def test_questions_about_the_one_item_shown_ask_for_nothing(message: str, reader: Reader, items: Items) -> None:
    reading = reader.read(message, items("hp-06"))
    assert reading.requirements == ()
    assert reading.intent == "about"


def test_the_same_words_with_a_kind_are_a_request(reader: Reader, items: Items, said: Said) -> None:
    found = reader.read("有没有红色的耳机", items("hp-06"))
    assert said(found.requirements) == ["category == headphones", "colour contains red"]


def _row(field: str, op: str, value: Any, unit: str | None = None) -> Requirement:
    return Requirement(id="r1", field=field, op=op, value=value, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "row", "expected"),
    [
        ("actually 200, not 150", _row("price", "<", 150), ["price < 200"]),
        ("how about 200?", _row("price", "<=", 150), ["price <= 200"]),
        ("no, 100", _row("price", "<=", 150), ["price <= 100"]),
        ("不是150，是200", _row("price", "<=", 150, "CNY"), ["price <= 200 CNY"]),
        ("not Sony, I meant Bose", _row("brand", "==", "Sony"), ["brand == Bose"]),
        ("不要索尼了，换博士", _row("brand", "==", "Sony"), ["brand == Bose"]),
        ("actually, a lamp under 50", _row("duration", "<", 60, "min"), ["category == lamps", "price < 50"]),
    ],
)
def test_a_correction_leaves_only_what_holds(
    message: str, row: Requirement, expected: list[str], reader: Reader, said: Said
) -> None:
    assert said(reader.read(message, ledger=[row]).requirements) == expected


def test_a_correction_says_what_it_replaces(reader: Reader) -> None:
    [edit] = reader.read("actually, make it blue", ledger=[_row("colour", "contains", "red")]).edits
    assert (edit.field, edit.replaces) == ("colour", True)
    [plain] = reader.read("blue", ledger=[_row("colour", "contains", "red")]).edits
    assert not plain.replaces


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("forget the budget", ("price",)),
        ("any colour is fine", ("colour",)),
        ("ignore what I said about colour", ("colour",)),
        ("预算无所谓了", ("price",)),
        ("品牌的要求取消", ("brand",)),
        ("do you have any waterproof shoes?", ()),
        ("any brand but Sony", ()),
    ],
)
def test_withdrawals_name_the_field(message: str, fields: tuple[str, ...], reader: Reader) -> None:
    assert reader.read(message).withdrawn == fields


def test_a_feature_that_was_asked_for_is_given_up_not_excluded(reader: Reader, said: Said) -> None:
    reading = reader.read("算了，不要防水了", ledger=[_row("waterproof", "==", True)])
    assert reading.withdrawn == ("waterproof",)
    assert reading.requirements == ()
    assert said(reader.read("不要防水的").requirements) == ["waterproof == False"]


@pytest.mark.parametrize(
    ("asked", "message", "expected"),
    [
        ("price", "100", ["price <= 100"]),
        ("price", "一百左右", ["price between ['80', '120'] CNY"]),
        ("waterproof", "yes please", ["waterproof == True"]),
        ("waterproof", "不用", ["waterproof == False"]),
        ("brand", "doesn't matter", []),
        ("colour", "红的", ["colour contains red"]),
        ("players", "we are four", ["players >= 4"]),
    ],
)
def test_answers_are_read_by_the_question(
    asked: str, message: str, expected: list[str], reader: Reader, said: Said
) -> None:
    assert said(reader.read(message, asked=[asked]).requirements) == expected


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("which one has the longest battery?", "compare"),
        ("哪款最轻", "compare"),
        ("what's the battery life of the second one?", "about"),
        ("none of these", "reject"),
        ("换一批", "more"),
        ("就要第二个", "accept"),
        ("thanks a lot", "chat"),
        ("start over", "reset"),
        ("what do you know about me?", "profile"),
        ("something cheaper", "refine"),
    ],
)
def test_the_intent_is_guessed(message: str, intent: str, reader: Reader, items: Items) -> None:
    assert reader.read(message, items(*SHOWN)).intent == intent


def test_a_question_names_the_fields_it_is_about(reader: Reader, items: Items) -> None:
    assert reader.read("how heavy are they?", items(*SHOWN)).about == ("weight",)


@pytest.mark.parametrize(
    ("claim", "quote", "op"),
    [
        (("price", "<=", 150.0), "under $150", "<"),
        (("brand", "==", "Sony"), "索尼", "=="),
        (("brand", "!=", "Sony"), "not Sony", "!="),
        (("duration", "<", 120), "under two hours", "<"),
        (("price", "lowest", None), "not too expensive", "lowest"),
    ],
)
def test_derive_confirms_what_the_words_yield(claim: tuple[str, str, Any], quote: str, op: str, reader: Reader) -> None:
    found = reader.derive(*claim, quote)
    assert found is not None
    assert (found.field, found.op) == (claim[0], op)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (("price", "<=", 100.0), "under $150"),
        (("price", ">=", 150.0), "under $150"),
        (("brand", "==", "Sony"), "not Sony"),
        (("rating", ">=", 4.0), "good headphones"),
    ],
)
def test_derive_refuses_what_the_words_do_not_yield(claim: tuple[str, str, Any], quote: str, reader: Reader) -> None:
    assert reader.derive(*claim, quote) is None
