"""Items named by a part of their title, what a message tells of them, and what it asks to be reminded of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item

Items = Callable[..., list[Item]]


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("How do the Brewhaus Solo in black and the Velto Drip 10 compare?", ["cf-02", "cf-13"]),
        ("Ridgeline vs Storm Shield - which weighs less?", ["rs-04", "rs-10"]),
        ("潮汐Drybag 25和松木盒折叠背包，哪个更能装？", ["bp-09", "bp-10"]),
        ("词语果园和口袋版有什么不一样", ["bg-06", "bg-07"]),
        ("Tom Hanks movies", []),
        ("I want a pour-over kettle", []),
        ("想学Python", []),
        ("敏感肌能用的防晒霜，SPF50的", []),
    ],
)
def test_parts_of_titles_name_items_and_ordinary_words_do_not(message: str, named: list[str], reader: Reader) -> None:
    assert [one.item_id for one in reader.read(message).references] == named


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("I already bought the Aurel", [("bought", "hp-01")]),
        ("not the Kestrel, the hinge cracks", [("dismissed", "hp-08")]),
        ("did I buy the Aurel?", []),
    ],
)
def test_what_is_told_of_an_item(message: str, told: list[tuple[str, str]], reader: Reader, items: Items) -> None:
    reading = reader.read(message, items("hp-01", "hp-08"))
    assert [(one.kind, one.item_id) for one in reading.feedback] == told


@pytest.mark.parametrize(
    ("message", "kinds"),
    [("what did I buy last time?", ("bought",)), ("我之前买过哪些？", ("bought",)), ("headphones please", ())],
)
def test_questions_about_ones_own_past(message: str, kinds: tuple[str, ...], reader: Reader) -> None:
    reading = reader.read(message)
    assert reading.recall == kinds
    assert (reading.intent == "profile") == bool(kinds)


def test_a_brand_refused_for_good_is_excluded(reader: Reader) -> None:
    (row,) = reader.read("红隼的质量太差了，以后别给我推这个牌子").requirements
    assert (row.field, row.op, row.value) == ("brand", "!=", "Kestrel")


def test_a_price_asked_for_in_another_currency(reader: Reader, items: Items) -> None:
    reading = reader.read("how much is the bamboo one in pounds?", items("lp-10", "lp-15"))
    assert (reading.currency, reading.references[0].item_id) == ("GBP", "lp-10")


def test_the_other_variant_of_the_item_under_discussion(reader: Reader, items: Items) -> None:
    reading = reader.read("is the silver one available?", items("hp-01"), focus="hp-01")
    assert [one.item_id for one in reading.references] == ["hp-02"]


@pytest.mark.parametrize("text", ["is it hard to grind by hand?", "will they last to the end of the day?"])
def test_small_words_of_a_title_name_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text).references == ()
