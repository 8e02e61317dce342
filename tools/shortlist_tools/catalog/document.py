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
_SHORT = 60
_MOST_REMEMBERED = 65_536
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
    return DocumentWriter(schema).document(item)


class DocumentWriter:
    """Writes the documents of many items of one schema; what it has said of a short value it says again unchanged."""

    def __init__(self, schema: Schema) -> None:
        self._languages = schema.languages
        self._title, self._description = schema.role("title"), schema.role("description")
        roles = (schema.role(role) for role in _FIRST)
        self._first = [field for field in roles if field is not None and field.searchable]
        apart = {schema.roles.get(role) for role in _LAST}
        self._others = [field for field in schema.fields if field.searchable and field.name not in apart]
        self._names = {
            field.name: " ".join(dict.fromkeys(map(field.named, schema.languages))) for field in self._others
        }
        self._remembered: dict[tuple[str, Any], str] = {}

    def document(self, item: Item) -> Document:
        """Return the document of one item."""
        text = self.text(item)
        return Document(item.id, text, blake2b(text.encode(), digest_size=16).hexdigest())

    def text(self, item: Item) -> str:
        """Return the text of an item's document: its parts on lines of their own, none of them twice."""
        return "\n".join(dict.fromkeys(filter(None, self._parts(item))))[:LONGEST].rstrip()

    def _parts(self, item: Item) -> Iterator[str]:
        values = item.values
        if self._title is not None:
            yield _said(values.get(self._title.name), _TITLE)
        for field in self._first:
            yield " ".join(self._words(field, values.get(field.name)))
        if self._description is not None:
            yield _said(values.get(self._description.name), _DESCRIPTION)
        for field in self._others:
            if field.name in values:
                yield self._attribute(field, values[field.name])
        for review in item.reviews[:_REVIEWS]:
            yield _said(review.text, _REVIEW)

    def _attribute(self, field: Field, value: Any) -> str:
        if isinstance(value, list | dict) or (isinstance(value, str) and len(value) > _SHORT):
            return self._written(field, value)
        key = (field.name, value)
        said = self._remembered.get(key)
        if said is None:
            said = self._written(field, value)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[key] = said
        return said

    def _written(self, field: Field, value: Any) -> str:
        names = self._names[field.name]
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
        return f"{names}: {', '.join(self._words(field, value))}"

    def _words(self, field: Field, value: Any) -> list[str]:
        values = value[:_VALUES] if isinstance(value, list) else [] if value is None else [value]
        if not field.values:
            return list(dict.fromkeys(map(str, values)))
        return list(dict.fromkeys(field.value_named(each, language) for each in values for language in self._languages))


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
