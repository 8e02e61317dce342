"""What an item says, as one text: the input of embeddings and of the lexical index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.schema import Field, Role, Schema
from shortlist_tools.catalog.values import tidy

LONGEST = 2_400
"""Characters of a document; what comes first matters most, so the rest is cut."""

_TITLE = 300
_DESCRIPTION = 900
_REVIEW = 160
_REVIEWS = 6
_VALUES = 15
_FIRST: tuple[Role, ...] = ("kind", "brand")
_LAST: tuple[Role, ...] = ("title", "description", "image", "sponsored", "variant_group", "kind", "brand", "reviews")


@dataclass(frozen=True)
class Document:
    """An item's text for search by meaning, and the hash that embeddings are cached by."""

    id: str
    text: str
    hash: str


def document_of(item: Item, schema: Schema) -> Document:
    """Return an item's document: title, kind, brand, description, other searchable fields, reviews; all languages."""
    text = "\n".join(_kept(_parts(item, schema)))[:LONGEST].rstrip()
    return Document(item.id, text, blake2b(text.encode(), digest_size=16).hexdigest())


def _kept(parts: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for part in parts:
        if part and part not in seen:
            seen.add(part)
            yield part


def _parts(item: Item, schema: Schema) -> Iterator[str]:
    title = schema.role("title")
    if title:
        yield _said(item.values.get(title.name), _TITLE)
    for role in _FIRST:
        field = schema.role(role)
        if field and field.searchable:
            yield " ".join(_words(field, item.values.get(field.name), schema.languages))
    description = schema.role("description")
    if description:
        yield _said(item.values.get(description.name), _DESCRIPTION)
    handled = {schema.roles.get(role) for role in _LAST}
    for field in schema.fields:
        if field.searchable and field.name not in handled and field.name in item.values:
            yield _attribute(field, item.values[field.name], schema)
    for review in item.reviews[:_REVIEWS]:
        yield _said(review.text, _REVIEW)


def _attribute(field: Field, value: Any, schema: Schema) -> str:
    names = " ".join(dict.fromkeys(field.named(language) for language in schema.languages))
    if field.kind == "flag":
        if not value:
            return ""
        words = [word for listed in field.flag_words.values() for word in listed[:2]]
        return " ".join(words) or names
    if field.kind in ("number", "money"):
        return f"{names}: {value:g} {field.unit or ''}".rstrip()
    if field.kind == "text":
        said = _said(value, _DESCRIPTION)
        return f"{names}: {said}" if said else ""
    return f"{names}: {', '.join(_words(field, value, schema.languages))}"


def _words(field: Field, value: Any, languages: tuple[str, ...]) -> list[str]:
    values = value[:_VALUES] if isinstance(value, list) else [] if value is None else [value]
    if not field.values:
        return list(dict.fromkeys(map(str, values)))
    return list(dict.fromkeys(field.value_named(each, language) for each in values for language in languages))


def _said(value: Any, limit: int) -> str:
    """Return a text in every language it has, each cut to `limit` characters at a space where one is near."""
    if not value:
        return ""
    texts = [value] if isinstance(value, str) else list(value.values())
    return "\n".join(_cut(tidy(text), limit) for text in texts)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit - 30, limit)
    return text[: space if space > 0 else limit]
