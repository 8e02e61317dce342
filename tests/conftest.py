"""Fixtures that many tests share: the demo catalog, ingested once a worker into a directory of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from shortlist.demo import FOLDER, catalog_files
from shortlist_tools.catalog import Catalog, Schema, Snapshot
from shortlist_tools.profile import Profiles
from shortlist_tools.search import Searcher
from shortlist_tools.store import Store

# How long an example takes says more of the machine than of the code. The tests of every commit draw the same examples
# each time, so that a change is judged by what it changed; `make test-slow` draws new ones and many more.
settings.register_profile("shortlist", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("shortlist")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of this worker alone: under xdist every worker has its own base."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo_store(demo_folder: Path) -> Iterator[Store]:
    """The store with the demo catalog. Shared: read it, and write only under user and session ids of the test's own."""
    store = Store.open(demo_folder / "demo.db")
    Catalog(store).ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
    yield store
    store.close()


@pytest.fixture(scope="session")
def demo_catalog(demo_store: Store) -> Catalog:
    """The demo catalog; a test that changes items takes a store of its own."""
    return Catalog(demo_store)


@pytest.fixture(scope="session")
def demo_snapshot(demo_catalog: Catalog) -> Snapshot:
    return demo_catalog.snapshot()


@pytest.fixture(scope="session")
def demo_schema(demo_snapshot: Snapshot) -> Schema:
    return demo_snapshot.schema


@pytest.fixture(scope="session")
def demo_profiles(demo_store: Store, demo_catalog: Catalog) -> Profiles:
    return Profiles(demo_store, demo_catalog)


@pytest.fixture(scope="session")
def demo_searcher(demo_catalog: Catalog, demo_store: Store, demo_folder: Path) -> Iterator[Searcher]:
    """Search over the demo catalog, by words and by meaning, prepared."""
    searcher = Searcher(demo_catalog, demo_store, demo_folder / "index", kind="exact")
    searcher.prepare()
    yield searcher
    searcher.close()
