"""The small shop that the tests of search share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog
from shortlist_tools.search import Searcher

from .shop import open_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Catalog]:
    catalog = open_shop(tmp_path)
    yield catalog
    catalog.store.close()


@pytest.fixture
def searcher(shop: Catalog, tmp_path: Path) -> Iterator[Searcher]:
    made = Searcher(shop, shop.store, tmp_path / "index", kind="exact")
    yield made
    made.close()
