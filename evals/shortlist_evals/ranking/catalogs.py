"""Catalogs that a simulation makes up: as many items as wanted, with a kind, a brand, tags, a price and ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shortlist_tools.catalog import Field, Item, Schema, Snapshot
from shortlist_tools.catalog.snapshot import build_columns

KINDS, BRANDS, TAGS = 20, 60, 80
SCHEMA = Schema(
    name="invented",
    fields=(
        Field(name="title", kind="text"),
        Field(name="kind", kind="category"),
        Field(name="brand", kind="category"),
        Field(name="tags", kind="multi_category"),
        Field(name="price", kind="money", unit="USD", better="lower"),
        Field(name="rating", kind="number", unit="star", better="higher"),
        Field(name="reviews", kind="number"),
        Field(name="released", kind="date"),
    ),
    roles={
        "title": "title", "kind": "kind", "brand": "brand", "price": "price", "rating": "rating",
        "popularity": "reviews", "released": "released",
    },
)  # fmt: skip


def invented_catalog(items: int, seed: int, kinds: int = KINDS, plain: bool = False) -> Snapshot:
    """Return a catalog of `items` items; popularity and brand sizes fall off as they do in shops (Zipf).

    A `plain` one has neither brands nor tags: its items differ by their kind, and in numbers.
    """
    draws = np.random.default_rng(seed)
    brand = draws.choice(BRANDS, items, p=_zipf(BRANDS))
    kind = draws.integers(kinds, size=items)
    price = np.round(np.exp(draws.normal(3.5, 0.8, items)), 2)
    rating = np.round(draws.normal(4.1, 0.4, items).clip(1, 5), 1)
    reviews = np.floor(np.exp(draws.normal(4, 1.5, items)))
    day = np.datetime64("2020-01-01") + draws.integers(0, 2_000, items)
    rows = [
        {
            "title": f"Item {place}",
            "kind": f"kind-{kind[place]}",
            "brand": f"brand-{brand[place]}",
            "tags": [f"tag-{tag}" for tag in sorted(draws.choice(TAGS, 3, replace=False, p=_zipf(TAGS)))],
            "price": float(price[place]),
            "rating": float(rating[place]),
            "reviews": float(reviews[place]),
            "released": str(day[place]),
        }
        for place in range(items)
    ]
    if plain:
        rows = [{name: value for name, value in row.items() if name not in ("brand", "tags")} for row in rows]
    return snapshot_of(rows, SCHEMA, f"invented-{items}-{seed}-{kinds}-{plain}")


def snapshot_of(rows: Sequence[Mapping[str, Any]], schema: Schema, version: str) -> Snapshot:
    """Return a snapshot that holds `rows`, with ids by their order."""
    ids = [f"i{place:06d}" for place in range(len(rows))]
    values = dict(zip(ids, map(dict, rows), strict=True))
    return Snapshot(
        version=version,
        schema=schema,
        ids=ids,
        columns=build_columns(schema, [dict(row) for row in rows]),
        load=lambda names: [Item(id=name, values=values[name]) for name in names],
        texts=lambda field: [values[name].get(field, "") for name in ids],
    )


def _zipf(size: int) -> Any:
    shares = 1.0 / np.arange(1, size + 1)
    return shares / shares.sum()
