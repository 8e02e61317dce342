"""A small shop of six lamps and four kettles, so that every base rate can be told by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog, Field, Schema, Snapshot
from shortlist_tools.profile import Profiles
from shortlist_tools.store import Store

SCHEMA = Schema(
    name="shop",
    fields=(
        Field(name="title", kind="text"),
        Field(name="kind", kind="category"),
        Field(name="brand", kind="category"),
        Field(name="colours", kind="multi_category"),
        Field(name="rating", kind="number", unit="star"),
    ),
    roles={"title": "title", "kind": "kind", "brand": "brand", "rating": "rating"},
)
ITEMS = [
    {"id": "l1", "title": "a", "kind": "lamp", "brand": "Acme", "colours": ["red", "black"], "rating": 5},
    {"id": "l2", "title": "b", "kind": "lamp", "brand": "Acme", "colours": ["black"], "rating": 4},
    {"id": "l3", "title": "c", "kind": "lamp", "brand": "Bolt", "colours": ["black"]},
    {"id": "l4", "title": "d", "kind": "lamp", "brand": "Bolt", "colours": ["black"]},
    {"id": "l5", "title": "e", "kind": "lamp", "brand": "Bolt", "colours": ["black"]},
    {"id": "l6", "title": "f", "kind": "lamp", "brand": "Bolt", "colours": ["black"]},
    {"id": "k1", "title": "g", "kind": "kettle", "brand": "Acme"},
    {"id": "k2", "title": "h", "kind": "kettle", "brand": "Bolt"},
    {"id": "k3", "title": "i", "kind": "kettle", "brand": "Bolt"},
    {"id": "k4", "title": "j", "kind": "kettle"},
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "shop.db")
    yield opened
    opened.close()


@pytest.fixture
def catalog(store: Store, tmp_path: Path) -> Catalog:
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in ITEMS), "utf-8")
    catalog = Catalog(store)
    catalog.ingest(path, schema=SCHEMA)
    return catalog


@pytest.fixture
def snapshot(catalog: Catalog) -> Snapshot:
    return catalog.snapshot()


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same shop for property tests, which read it many times."""
    folder = tmp_path_factory.mktemp("shop")
    path = folder / "items.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in ITEMS), "utf-8")
    opened = Store.open(folder / "shop.db")
    catalog = Catalog(opened)
    catalog.ingest(path, schema=SCHEMA)
    found = catalog.snapshot()
    opened.close()
    return found


@pytest.fixture
def profiles(store: Store, catalog: Catalog) -> Profiles:
    return Profiles(store, catalog)
