"""What search reads of an item: its document, and the part of it that says what the item is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shortlist_tools.catalog import Catalog, Field, Item, Role, Schema, document_of

_MAIN: tuple[Role, ...] = ("title", "kind", "brand", "description")


class SearchText(NamedTuple):
    """An item's id, its main text (title, kind, brand, description), its whole document and that document's hash."""

    id: str
    main: str
    whole: str
    hash: str


def search_texts(catalog: Catalog) -> Iterator[SearchText]:
    """Yield what search reads of every item, by id."""
    schema = catalog.schema
    for item in catalog.items():
        document = document_of(item, schema)
        yield SearchText(item.id, main_text(item, schema), document.text, document.hash)


def main_text(item: Item, schema: Schema) -> str:
    """Return title, kind, brand and description in every language; where the schema knows none of them, all texts."""
    fields = [field for role in _MAIN if (field := schema.role(role)) is not None and field.searchable]
    if not fields:
        fields = [field for field in schema.fields if field.kind == "text" and field.searchable]
    return "\n".join(_said(item, field, schema) for field in fields if field.name in item.values)


def _said(item: Item, field: Field, schema: Schema) -> str:
    value = item.values[field.name]
    if isinstance(value, dict):
        return "\n".join(str(text) for text in value.values())
    values = value if isinstance(value, list) else [value]
    return " ".join(
        dict.fromkeys(field.value_named(each, language) for each in values for language in schema.languages)
    )
