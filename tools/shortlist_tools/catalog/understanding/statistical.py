"""Understanding a catalog by statistics alone: opinions and topics of every item, and the fields that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, repeat
from typing import Any

from shortlist_tools.catalog.item import Item, Review
from shortlist_tools.catalog.schema import Field, Schema, Words
from shortlist_tools.catalog.understanding.adapt import learn, rating_scale
from shortlist_tools.catalog.understanding.lexicon import Aspect, aspects_of
from shortlist_tools.catalog.understanding.opinions import Listener
from shortlist_tools.catalog.understanding.topics import topics_of

METHOD = "statistics@1"
LIKED, DISLIKED, TOPICS, MOOD = "liked_for", "disliked_for", "topics", "review_mood"
_LEARNED_FROM = 50_000

Items = Callable[[], Iterator[Item]]


def understand(schema: Schema, items: Items) -> tuple[Schema, Iterator[tuple[str, dict[str, Any]]]]:
    """Return the schema with the derived fields, and each item's derived values and quotes: `{"v": …, "q": …}`.

    Args:
        schema: The schema of the items.
        items: Reads them from the start each time it is called; they come in the same order each time.
    """
    listener = listener_for(schema, items)
    return with_fields(schema, listener.aspects), _derived(schema, items, listener)


def overlay(
    derived: Iterable[tuple[str, dict[str, Any]]], read: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield `derived` with the values that somebody else `read` in place of its own, field by field."""
    left = dict(read)
    for name, values in derived:
        yield name, _joined(values, left.pop(name, {}))
    yield from left.items()


def _joined(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    if not other.get("v"):
        return own
    quotes = {**own.get("q", {}), **other.get("q", {})}
    values = {**own["v"], **other["v"]}
    named = {called for field in (LIKED, DISLIKED) for called in values.get(field, ())}
    kept = {called: said for called, said in quotes.items() if called in named}
    return {"v": values, **({"q": kept} if kept else {})}


def listener_for(schema: Schema, items: Items) -> Listener:
    """Return what reads this catalog's reviews: its aspects, and weights learned where ratings differ."""
    said = items() if schema.roles.get("reviews") else ()
    reviews: list[Review] = list(islice((review for item in said for review in item.reviews), _LEARNED_FROM))
    scale = rating_scale(review.rating for review in reviews if review.rating is not None)
    return Listener(aspects_of(schema), learn(reviews), scale)


def with_fields(schema: Schema, aspects: Iterable[Aspect]) -> Schema:
    """Return `schema` with the fields that understanding fills, unless the schema has its own of the same name."""
    listed = list(aspects)
    made = [
        _opinion_field(
            LIKED, {"en": "liked for", "zh": "好评点"}, {aspect.good["en"]: aspect.good for aspect in listed}
        ),
        _opinion_field(
            DISLIKED, {"en": "disliked for", "zh": "差评点"}, {aspect.bad["en"]: aspect.bad for aspect in listed}
        ),
        Field(name=MOOD, kind="number", label={"en": "mood of the reviews", "zh": "评论情绪"}, **_QUIET, shown=False),
        Field(
            name=TOPICS, kind="multi_category", label={"en": "topics", "zh": "关键词"}, **_QUIET, open=True, shown=False
        ),
    ]
    if not schema.roles.get("reviews"):
        made = made[-1:]
    kept = tuple(field for field in schema.fields if not field.derived)
    taken = {field.name for field in kept}
    return schema.model_copy(update={"fields": kept + tuple(field for field in made if field.name not in taken)})


_QUIET: dict[str, Any] = {"derived": True, "known": 0.0, "searchable": False}


def _opinion_field(name: str, label: dict[str, str], values: dict[str, Any]) -> Field:
    words: dict[str, Words] = {value: {code: [word] for code, word in named.items()} for value, named in values.items()}
    return Field(name=name, kind="multi_category", label=label, values=words, **_QUIET)


def _derived(schema: Schema, items: Items, listener: Listener) -> Iterator[tuple[str, dict[str, Any]]]:
    own = {field.name for field in schema.fields if not field.derived}
    spoken = bool(schema.roles.get("reviews"))
    opinions = (_heard(item, listener) for item in items()) if spoken else repeat(_NOTHING)
    for (heard, quotes), (name, topics) in zip(opinions, topics_of(items, schema), strict=spoken):
        values = {TOPICS: topics, **heard} if topics else heard
        values = {key: value for key, value in values.items() if key not in own}
        if values:
            yield name, {"v": values, **({"q": quotes} if quotes else {})}


_Heard = tuple[dict[str, Any], dict[str, tuple[str, ...]]]
_NOTHING: _Heard = ({}, {})


def _heard(item: Item, listener: Listener) -> _Heard:
    """Return what the reviews of an item say as values of the derived fields, and the sentences that say so."""
    if not item.reviews:
        return _NOTHING
    heard = listener.listen(item)
    values: dict[str, Any] = {LIKED: list(heard.liked)} if heard.liked else {}
    values |= {DISLIKED: list(heard.disliked)} if heard.disliked else {}
    values |= {MOOD: heard.mood} if heard.mood is not None else {}
    return values, heard.quotes
