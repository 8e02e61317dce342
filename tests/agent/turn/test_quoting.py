"""Sentences of an item's own texts are found by the words of a question."""

from __future__ import annotations

from collections.abc import Callable

from shortlist import Reply
from shortlist.turn.quoting import quotes, quotes_by_meaning
from shortlist_tools.catalog import Item, Review, Schema, Snapshot
from shortlist_tools.search import BuiltInEmbedder

Talk = Callable[..., Reply]


def test_the_sentence_that_speaks_of_it_is_quoted(demo_snapshot: Snapshot) -> None:
    item = Item(
        id="x",
        values={"title": {"en": "Bag"}, "description": {"en": "It is blue. A 16-inch laptop slides in."}},
        reviews=(Review(text={"en": "The zip broke."}, rating=1), Review(text={"en": "Lovely."}, rating=5)),
    )
    schema: Schema = demo_snapshot.schema
    (found,) = quotes(item, schema, "16 inch laptop", "would a 16 inch laptop fit?", "en")
    assert (found.source, found.text) == ("description", "A 16-inch laptop slides in.")
    (worst,) = quotes(item, schema, "buyers complain", "what do buyers complain about?", "en")
    assert (worst.source, worst.text) == ("review", "The zip broke.")
    assert quotes(item, schema, "dishwasher", "dishwasher safe?", "en") == ()


def test_a_sentence_is_quoted_for_its_meaning_and_none_that_only_stands_there(demo_snapshot: Snapshot) -> None:
    item, schema, embedder = demo_snapshot.item(demo_snapshot.row_of["hp-13"]), demo_snapshot.schema, BuiltInEmbedder()
    (found,) = quotes_by_meaning(item, schema, "is it loud? I worry about his ears", "en", embedder)
    assert "85 decibels" in found.text
    assert quotes_by_meaning(item, schema, "does it come with a warranty?", "en", embedder) == ()


def test_reviews_are_quoted_beside_the_rating(talk: Talk) -> None:
    reply = talk("noise cancelling headphones under $250", "reviews of the first one?")
    assert reply.kind == "answer"
    assert "“" in reply.message
    chinese = talk("降噪耳机，1500元以内", "第一个评价怎么样？")
    assert "评分" in chinese.message
    assert "“" in chinese.message
