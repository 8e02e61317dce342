"""What search reads of an item: what it is called, all it says, and what of that carries meaning."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from shortlist_tools.catalog import Catalog, DocumentWriter, Field, Item, Role, Schema

_MAIN: tuple[Role, ...] = ("title", "kind", "brand", "description")
_APART: tuple[Role, ...] = (*_MAIN, "image", "sponsored", "variant_group", "reviews")
_LONGEST = 900
"""Characters of one text that are read for its meaning."""
_REVIEW = 160
_REVIEWS = 6


class SearchText(NamedTuple):
    """What search by words reads of one item.

    Attributes:
        id: The item's.
        main: Title, kind, brand and description: words here say what the item is.
        whole: The item's document, for words anywhere.
    """

    id: str
    main: str
    whole: str


class MeaningText(NamedTuple):
    """What search by meaning reads of one item: its id, the text that is embedded, and that text's hash."""

    id: str
    text: str
    hash: str


def search_texts(catalog: Catalog) -> Iterator[SearchText]:
    """Yield what search by words reads of every item, by id."""
    schema = catalog.schema
    writer = DocumentWriter(schema)
    for item in catalog.items():
        yield SearchText(item.id, main_text(item, schema), writer.text(item))


def meaning_texts(catalog: Catalog) -> Iterator[MeaningText]:
    """Yield what search by meaning reads of every item, by id; vectors are cached by its hash."""
    schema = catalog.schema
    for item in catalog.items():
        text = meaning_text(item, schema)
        yield MeaningText(item.id, text, blake2b(text.encode(), digest_size=16).hexdigest())


def main_text(item: Item, schema: Schema) -> str:
    """Return title, kind, brand and description in every language; where the schema knows none of them, all texts."""
    fields = [field for role in _MAIN if (field := schema.role(role)) is not None and field.searchable]
    if not fields:
        fields = [field for field in schema.fields if field.kind == "text" and field.searchable]
    return "\n".join(_said(item, field, schema) for field in fields if field.name in item.values)


def meaning_text(item: Item, schema: Schema) -> str:
    """Return the main text, the values of categories, the flags that hold, and some reviews.

    Figures and the names of fields are left out: to a model of meaning they are noise, and cost as much as words.
    Other texts (model codes, lists of specifications) speak only for items without a description.
    """
    parts = [main_text(item, schema)]
    apart = {schema.roles.get(role) for role in _APART}
    fields = [f for f in schema.fields if f.searchable and f.name in item.values and f.name not in apart]
    parts += [_said(item, field, schema) for field in fields if field.kind in ("category", "multi_category")]
    parts += [_flag(field, schema) for field in fields if field.kind == "flag" and item.values[field.name]]
    for review in item.reviews[:_REVIEWS]:
        texts = [review.text] if isinstance(review.text, str) else list(review.text.values())
        parts += [text[:_REVIEW] for text in texts]
    description = schema.role("description")
    if description is None or not item.values.get(description.name):
        parts += [_said(item, field, schema) for field in fields if field.kind == "text"]
    return "\n".join(dict.fromkeys(part[:_LONGEST] for part in parts if part))


def _said(item: Item, field: Field, schema: Schema) -> str:
    value = item.values[field.name]
    if isinstance(value, dict):
        return "\n".join(str(text) for text in value.values())
    values = value if isinstance(value, list) else [value]
    if not field.values:
        return " ".join(dict.fromkeys(map(str, values)))
    return " ".join(
        dict.fromkeys(field.value_named(each, language) for each in values for language in schema.languages)
    )


def _flag(field: Field, schema: Schema) -> str:
    words = [listed[0] for language in schema.languages if (listed := field.flag_words.get(language))]
    return " ".join(words) or field.named("en")
