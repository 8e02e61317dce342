"""Sets of items made on the spot, each with the columns a test asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist_tools.catalog import Field, Item, Schema, Snapshot

SCHEMA = Schema(
    name="shop",
    fields=(
        Field(name="title", kind="text"),
        Field(name="kind", kind="category"),
        Field(name="brand", kind="category"),
        Field(name="tags", kind="multi_category"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="rating", kind="number", unit="star"),
        Field(name="count", kind="number"),
        Field(name="wireless", kind="flag"),
    ),
    roles={"title": "title", "kind": "kind", "price": "price", "rating": "rating", "popularity": "count"},
)
Make = Callable[..., Snapshot]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return a function from rows of values to a snapshot; ids are `i00`, `i01` … in the order of the rows."""
    from shortlist_tools.catalog.snapshot import build_columns

    def made(*rows: dict[str, Any], schema: Schema = SCHEMA) -> Snapshot:
        ids = [f"i{place:02d}" for place in range(len(rows))]
        items = {name: Item(id=name, values=dict(row)) for name, row in zip(ids, rows, strict=True)}
        return Snapshot(
            version=repr(rows),
            schema=schema,
            ids=ids,
            columns=build_columns(schema, list(rows)),
            load=lambda names: [items[name] for name in names],
            texts=lambda field: [items[name].values.get(field, "") for name in ids],
        )

    return made
