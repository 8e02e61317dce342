"""From a raw row of a file to an item: paths resolved, values made canonical, or the reason why not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

from shortlist_tools.catalog.errors import ValueRefusedError, shortened
from shortlist_tools.catalog.item import Item, Review
from shortlist_tools.catalog.schema import Field, Schema
from shortlist_tools.catalog.values import LONGEST_NAME, coerce, is_localised, is_missing, tidy

REST = "*"
HASHED = "#"
YEAR = "#year"
REVIEW_TEXTS = ("text", "content", "comment", "review", "body", "评论", "内容", "评价")
REVIEW_RATINGS = ("rating", "star", "stars", "score", "评分", "星级")
_LONGEST_REVIEW = 4_000
_MOST_REVIEWS = 400
_SHORT = 60
_HOLDING = (list, dict)
_YEAR = re.compile(r"[（(](\d{4})(?:[-–]\d{0,4})?[)）]\s*$")


def flatten(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values by path: nested mappings joined by dots, except texts by language, which stay whole.

    What is flat already comes back with the same paths.
    """
    flat: dict[str, Any] = {}
    _flatten(raw, "", flat)
    return flat


def _flatten(raw: Mapping[str, Any], prefix: str, flat: dict[str, Any]) -> None:
    for key, value in raw.items():
        if isinstance(value, dict) and not is_localised(value):
            _flatten(value, f"{prefix}{key}.", flat)
        else:
            flat[f"{prefix}{key}"] = value


@dataclass(frozen=True)
class Converter:
    """Makes items of raw rows as one schema says."""

    schema: Schema

    def item(self, raw: Mapping[str, Any]) -> Item:
        """Return the item that a raw row describes.

        Raises:
            ValueRefusedError: If the id is missing or too long, or a value does not fit its field.
        """
        return self.item_of(flatten(raw))

    def item_of(self, flat: Mapping[str, Any]) -> Item:
        """Return the item of a row that `flatten` has flattened; as `item`."""
        values: dict[str, Any] = {}
        rest: list[str] = []
        routes = self._routes
        for path, value in flat.items():
            if value is None:
                continue
            field = routes[path] if path in routes else self.field_of(path)
            if field is None:
                if self._rest and path not in self._taken and _is_plain(value):
                    rest.append(f"{_leaf(path)}: {_said(value)}")
            elif field.name not in values:
                short = isinstance(value, str) and len(value) <= _SHORT and field.kind != "multi_category"
                stored = self._coerced(field.name, value) if short else coerce(field, value, self.schema)
                if stored is not None and (stored or not isinstance(stored, _HOLDING)):
                    values[field.name] = stored
        for field, path in self._years:
            found = _YEAR.search(str(flat.get(path) or "").rstrip())
            if found:
                values[field.name] = coerce(field, found[1], self.schema)
        if self._rest and rest:
            values[self._rest.name] = tidy("; ".join(rest))[:4000]
        return Item.model_construct(id=self._id(flat), values=values, reviews=self._reviews(flat), quotes={})

    def field_of(self, path: str) -> Field | None:
        """Return the field that takes the values at `path`: by its source, its name, or the path's last part."""
        if path not in self._routes:
            self._routes[path] = self._route(path)
        return self._routes[path]

    def _route(self, path: str) -> Field | None:
        if path in self._sources:
            return self._sources[path]
        leaf = path.rpartition(".")[2]
        for name in (path, leaf):
            field = self.schema.get(name)
            if field is not None and field.source is None and not field.derived:
                return field
        return None

    @cached_property
    def _coerced(self) -> Callable[[str, str], Any]:
        """What a field makes of a short text; catalogs repeat their words, so most are remembered."""
        schema = self.schema
        return lru_cache(maxsize=65_536)(lambda name, text: coerce(schema.by_name[name], text, schema))

    @cached_property
    def _routes(self) -> dict[str, Field | None]:
        return {}

    @cached_property
    def _sources(self) -> dict[str, Field]:
        fields = [field for field in self.schema.fields if field.source and field.source != REST]
        return {field.source: field for field in fields if field.source and not field.source.endswith(YEAR)}

    @cached_property
    def _rest(self) -> Field | None:
        return next((field for field in self.schema.fields if field.source == REST), None)

    @cached_property
    def _years(self) -> list[tuple[Field, str]]:
        fields = [field for field in self.schema.fields if field.source and field.source.endswith(YEAR)]
        return [(field, (field.source or "").removesuffix(YEAR)) for field in fields]

    @cached_property
    def _taken(self) -> set[str]:
        return {self.schema.id, self.schema.roles.get("reviews", "")}

    def _id(self, flat: Mapping[str, Any]) -> str:
        if self.schema.id == HASHED:
            return content_hash(json.dumps(flat, ensure_ascii=False, sort_keys=True, default=str))[:16]
        value = flat.get(self.schema.id)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if is_missing(value) or isinstance(value, bool | list | dict):
            raise ValueRefusedError(self.schema.id, "the id is missing", value)
        text = tidy(str(value))
        if len(text) > LONGEST_NAME:
            raise ValueRefusedError(self.schema.id, f"the id is longer than {LONGEST_NAME} characters", text)
        return text

    def _reviews(self, flat: Mapping[str, Any]) -> tuple[Review, ...]:
        listed = flat.get(self.schema.roles.get("reviews", ""))
        if not isinstance(listed, list):
            return ()
        found = (_review(each) for each in listed[:_MOST_REVIEWS])
        return tuple(review for review in found if review is not None)


def _review(raw: Any) -> Review | None:
    if isinstance(raw, str):
        raw = {"text": raw}
    if not isinstance(raw, Mapping):
        return None
    text = next((raw[key] for key in REVIEW_TEXTS if not is_missing(raw.get(key))), None)
    if is_localised(raw):
        text = raw
    if is_localised(text):
        text = {str(code)[:2].lower(): tidy(str(each))[:_LONGEST_REVIEW] for code, each in dict(text or {}).items()}
    elif isinstance(text, str):
        text = tidy(text)[:_LONGEST_REVIEW]
    else:
        return None
    rating = next((raw[key] for key in REVIEW_RATINGS if key in raw), None)
    try:
        number = None if rating is None or isinstance(rating, bool) else float(rating)
    except (TypeError, ValueError):
        number = None
    return Review.model_construct(text=text, rating=number)


@lru_cache(maxsize=65_536)
def _leaf(path: str) -> str:
    return path.rpartition(".")[2].replace("_", " ")


def _is_plain(value: Any) -> bool:
    if isinstance(value, list) and any(isinstance(each, list | Mapping) for each in value):
        return False
    return not is_missing(value)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value[:20])
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_said(each)}" for key, each in list(value.items())[:20])
    return f"{value:g}" if isinstance(value, float) else str(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(item: Item) -> str:
    """Return an item's values and reviews as the canonical JSON that the store keeps."""
    doc: dict[str, Any] = {"v": dict(sorted(item.values.items()))}
    if item.reviews:
        doc["r"] = [[review.text, review.rating] for review in item.reviews]
    return _CANONICAL.encode(doc)


def decode(name: str, doc: str, derived: str = "{}") -> Item:
    """Return the item that `encode` wrote, with the values that content understanding derived."""
    from pydantic_core import from_json

    data = from_json(doc)
    values = data["v"]
    quotes: dict[str, tuple[str, ...]] = {}
    if derived != "{}":
        more = from_json(derived)
        values = values | more.get("v", {})
        quotes = {value: tuple(said) for value, said in more.get("q", {}).items()}
    reviews = tuple(Review.model_construct(text=text, rating=rating) for text, rating in data.get("r", ()))
    return Item.model_construct(id=name, values=values, reviews=reviews, quotes=quotes)


def content_hash(text: str) -> str:
    """Return 32 hexadecimal digits that stand for `text`."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def describe_refusal(error: ValueRefusedError) -> dict[str, str]:
    """Return a refusal's field, reason and shortened value, as a reject records them."""
    return {"field": error.field, "reason": error.reason, "value": shortened(error.value)}
