"""A small bilingual catalog for the tests of search, and an embedder that counts what it is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from shortlist_tools.catalog import Catalog, Field, Schema
from shortlist_tools.search import BuiltInEmbedder, EmbeddingError
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.store import Store

SCHEMA = Schema(
    languages=("en", "zh"),
    fields=(
        Field(name="title", kind="text"),
        Field(name="description", kind="text"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="sold", kind="number"),
    ),
    roles={"title": "title", "description": "description", "price": "price", "popularity": "sold"},
)
ROWS = [
    {"id": "hp1", "title": {"en": "Quiet headphones", "zh": "降噪耳机"}, "price": 120, "sold": 5},
    {"id": "hp2", "title": "Sport earbuds for running", "price": 40, "sold": 90},
    {"id": "mug", "title": "Blue ceramic coffee mug", "price": 12, "sold": 70},
    {"id": "wine", "title": {"en": "Red wine from Chile", "zh": "智利红酒"}, "price": 15, "sold": 20},
    {"id": "lamp", "title": "Desk lamp with warm light", "description": "Good for reading at night", "price": 30},
]


def open_shop(folder: Path, rows: Sequence[dict[str, object]] = ROWS) -> Catalog:
    """Return a catalog of `rows` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "items.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    catalog = Catalog(Store.open(folder / "shop.db"))
    catalog.ingest(source, schema=SCHEMA)
    return catalog


class CountingEmbedder:
    """The built-in model, counting texts; it fails when told to."""

    dimensions = BuiltInEmbedder.dimensions

    def __init__(self, fail_after: int | None = None) -> None:
        self.name = "counting"
        self.asked: list[str] = []
        self.fail_after = fail_after
        self._model = BuiltInEmbedder()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.fail_after is not None and len(self.asked) + len(texts) > self.fail_after:
            raise EmbeddingError("the service is down")
        self.asked.extend(texts)
        return self._model.embed(texts)
