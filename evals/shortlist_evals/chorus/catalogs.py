"""The catalogs that are searched, ingested and indexed once and kept in a cache outside the project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shortlist_evals.places import data_dir
from shortlist_evals.searching import prepared
from shortlist_tools.catalog import Catalog
from shortlist_tools.search import Searcher

VARIABLE = "SHORTLIST_EVAL_CACHE"
Progress = Callable[[str, int, int], None]


def cache_dir() -> Path:
    """Return the folder of what evals may keep between runs; all of it can be made again."""
    return Path(os.environ.get(VARIABLE) or Path.home() / ".cache" / "shortlist" / "evals")


@contextmanager
def open_searcher(name: str, folder: Path | None = None, progress: Progress | None = None) -> Iterator[Searcher]:
    """Yield a prepared searcher over `demo`, `chorus` or `litemall`.

    Args:
        name: The catalog.
        folder: Where its database and indexes are kept; the cache when None.
        progress: Told how far the indexes are; embedding all of chorus takes a minute or two.
    """
    place = folder or cache_dir() / f"search-{name}"
    with prepared(place, lambda catalog: _ingest(catalog, name), progress=progress) as searcher:
        yield searcher


def _ingest(catalog: Catalog, name: str) -> None:
    if name == "demo":
        from shortlist.demo import FOLDER, catalog_files

        catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml", retire_missing=True)
        return
    files = sorted(path for path in data_dir(name).iterdir() if ".jsonl" in path.name)
    catalog.ingest(*files, retire_missing=True)
