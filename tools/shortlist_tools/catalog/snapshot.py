"""One unchanging state of the catalog, as columns to filter over and items to look up lazily."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from shortlist_tools.catalog.columns import (
    Bools,
    CategoryColumn,
    Codes,
    Column,
    Floats,
    MultiColumn,
    NumberColumn,
    Rows,
    TextColumn,
    category_column,
    multi_column,
    number_column,
    text_column,
)
from shortlist_tools.catalog.conditions import day_number, iso_day, mask_of, requirement_mask
from shortlist_tools.catalog.errors import RequirementError, UnknownItemError
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.masks import Masks
from shortlist_tools.catalog.requirement import Requirement
from shortlist_tools.catalog.schema import Field, Schema

ITEMS_CACHED = 4096


class Snapshot:
    """The catalog at one version: `ids` ascending, a column for each field, items on demand. Safe to share by threads.

    Attributes:
        version: The catalog's version it was taken at.
        schema: The schema, with `low`, `high` and `coverage` as the items have them now.
        ids: Ids of all items, ascending; an item's row is its place here.
        row_of: Row of each id.
    """

    def __init__(
        self,
        *,
        version: str,
        schema: Schema,
        ids: Sequence[str],
        columns: dict[str, Column],
        load: Callable[[Sequence[str]], list[Item]],
        texts: Callable[[str], list[str | dict[str, str]]],
    ) -> None:
        self.version = version
        self.ids = tuple(ids)
        self.row_of = {name: row for row, name in enumerate(self.ids)}
        self.schema = _measured(schema, columns, len(self.ids))
        self.columns = columns
        self._load = load
        self._item = lru_cache(maxsize=ITEMS_CACHED)(self._load_one)
        self.text = lru_cache(maxsize=8)(texts)
        self.texts = lru_cache(maxsize=8)(self._text_column)
        self.masks = Masks(len(self.ids))

    def __len__(self) -> int:
        return len(self.ids)

    def item(self, row: int) -> Item:
        """Return the item of `row`."""
        return self._item(int(row))

    def items(self, rows: Iterable[int]) -> list[Item]:
        """Return the items of `rows`, in their order."""
        return [self._item(int(row)) for row in rows]

    def rows(self, ids: Iterable[str]) -> Rows:
        """Return the rows of `ids`, in their order.

        Raises:
            UnknownItemError: If an id is not in this snapshot.
        """
        names = list(ids)
        missing = [name for name in names if name not in self.row_of]
        if missing:
            raise UnknownItemError(missing)
        return np.array([self.row_of[name] for name in names], dtype=np.int64)

    def column(self, field: str) -> Column:
        """Return the column of a field of any kind but text.

        Raises:
            RequirementError: If there is no such column.
        """
        column = self.columns.get(field)
        if column is None:
            raise RequirementError(f"no field called {field!r} has a column; text fields are read with text()", field)
        return column

    def numbers(self, field: str) -> Floats:
        """Return a field's numbers, money, days since 1970-01-01, or flags as 0 and 1; NaN where missing."""
        column = self.column(field)
        if not isinstance(column, NumberColumn):
            raise RequirementError(f"{field} holds no numbers", field)
        return column.values

    def codes(self, field: str) -> tuple[Codes, list[str]]:
        """Return the code of a category's value for each item (-1 where missing) and the values by code."""
        column = self.column(field)
        if not isinstance(column, CategoryColumn):
            raise RequirementError(f"{field} is no category", field)
        return column.codes, list(column.values)

    def sets(self, field: str) -> MultiColumn:
        """Return a multi_category's values for each item: item `i` has `codes[starts[i]:starts[i + 1]]`."""
        column = self.column(field)
        if not isinstance(column, MultiColumn):
            raise RequirementError(f"{field} is no multi_category", field)
        return column

    def value(self, row: int, field: str) -> Any:
        """Return one item's value of a non-text field as `Item.values` has it, or None where it is missing."""
        column = self.column(field)
        if isinstance(column, CategoryColumn):
            code = int(column.codes[row])
            return column.values[code] if code >= 0 else None
        if isinstance(column, MultiColumn):
            return column.of(row) or None
        number = float(column.values[row])
        if np.isnan(number):
            return None
        kind = self.schema.by_name[field].kind
        return iso_day(number) if kind == "date" else bool(number) if kind == "flag" else number

    def mask(self, requirements: Iterable[Requirement]) -> Bools:
        """Return which items satisfy every active hard requirement, groups and kind scopes included.

        Wishes (`lowest`, `highest`) and requirements on the slate filter nothing.

        Raises:
            RequirementError: If a requirement does not fit the schema.
        """
        return mask_of(self, requirements)

    def mask_rows(self, requirements: Iterable[Requirement], rows: Rows) -> Bools:
        """Return which of `rows` satisfy every active hard requirement; cheap when the rows are few."""
        return mask_of(self, requirements, np.asarray(rows, dtype=np.int64))

    def satisfies(self, row: int, requirement: Requirement) -> bool:
        """Whether the item of `row` satisfies this one requirement, whether hard or soft, active or not."""
        return bool(requirement_mask(self, requirement, np.array([row], dtype=np.int64))[0])

    def _text_column(self, field: str) -> TextColumn:
        return text_column(self.text(field))

    def _load_one(self, row: int) -> Item:
        return self._load([self.ids[row]])[0]


def build_columns(schema: Schema, values: Iterable[dict[str, Any]]) -> dict[str, Column]:
    """Return the columns of all fields but texts, from the items' values in row order."""
    fields = [field for field in schema.fields if field.kind != "text"]
    raw: dict[str, list[Any]] = {field.name: [] for field in fields}
    appends = [(raw[field.name].append, field.name) for field in fields]
    for row in values:
        for append, name in appends:
            append(row.get(name))
    return {field.name: _column(field, raw.pop(field.name)) for field in fields}


def _column(field: Field, values: list[Any]) -> Column:
    if field.kind == "category":
        return category_column(values)
    if field.kind == "multi_category":
        return multi_column(value or () for value in values)
    if field.kind == "date":
        return number_column(None if value is None else day_number(value) for value in values)
    return number_column(values)


def _measured(schema: Schema, columns: dict[str, Column], size: int) -> Schema:
    """Return `schema` with the lowest and highest value and the coverage that the columns show."""
    fields = []
    for field in schema.fields:
        column = columns.get(field.name)
        if column is None or size == 0:
            fields.append(field)
            continue
        update: dict[str, Any] = {"coverage": round(float(column.present.mean()), 4)}
        if isinstance(column, NumberColumn) and field.kind != "flag" and column.present.any():
            update |= {"low": float(np.nanmin(column.values)), "high": float(np.nanmax(column.values))}
        fields.append(field.model_copy(update=update))
    return schema.model_copy(update={"fields": tuple(fields)})
