"""One item of the catalog, with its values as the schema stores them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic import Field as _Field


class Review(BaseModel):
    """What one person wrote about an item; `rating` is in the item's own rating unit, `text` may be localised."""

    model_config = ConfigDict(frozen=True)

    text: str | dict[str, str]
    rating: float | None = None


class Item(BaseModel):
    """An item: its id and its values by field name; a missing value is absent, never None.

    Values by field kind: number and money are floats (in the field's unit), a category is its canonical string,
    a multi_category a list of canonical strings, text a string or `{"en": …, "zh": …}`, a date `YYYY-MM-DD`,
    a flag a bool. `quotes` holds sentences of reviews for each value of `liked_for` and `disliked_for`.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    values: dict[str, Any] = _Field(default_factory=dict)
    reviews: tuple[Review, ...] = ()
    quotes: dict[str, tuple[str, ...]] = _Field(default_factory=dict)

    def text(self, field: str, language: str = "en") -> str:
        """Return the text of `field` in `language`, in any other language where that is missing, or an empty string."""
        value = self.values.get(field, "")
        return localised(value, language) if isinstance(value, str | dict) else str(value)


def localised(value: str | dict[str, str], language: str) -> str:
    """Return `value` in `language`, else in English, else in whatever language it has."""
    if isinstance(value, str):
        return value
    return value.get(language) or value.get("en") or next(iter(value.values()), "")
