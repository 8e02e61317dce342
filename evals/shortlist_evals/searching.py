"""A prepared searcher over a catalog of evaluation data, kept in the cache since embedding takes a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist_tools.catalog import Catalog
    from shortlist_tools.search import Searcher
    from shortlist_tools.search.searcher import Kind


@contextmanager
def searcher_over(
    rows: Iterable[Mapping[str, Any]], place: Path, progress: Callable[[str, int, int], None] | None = None
) -> Iterator[Searcher]:
    """Yield a searcher over `rows`, all of whose vectors stand; what `place` holds of an earlier time is used again."""
    place.mkdir(parents=True, exist_ok=True)
    file = place / "movies.jsonl"
    part = file.with_suffix(".part")
    part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    part.replace(file)
    with prepared(place, lambda catalog: catalog.ingest(file, retire_missing=True), "exact", progress) as searcher:
        yield searcher


@contextmanager
def prepared(
    place: Path,
    fill: Callable[[Catalog], object],
    kind: Kind = "chroma",
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Searcher]:
    """Yield a searcher over the catalog that `fill` ingests into the folder `place`, all of whose vectors stand."""
    from shortlist_tools.catalog import Catalog
    from shortlist_tools.search import Searcher
    from shortlist_tools.store import Store

    place.mkdir(parents=True, exist_ok=True)
    store = Store.open(place / "catalog.db")
    try:
        catalog = Catalog(store)
        fill(catalog)
        searcher = Searcher(catalog, store, place / "index", kind=kind)
        try:
            searcher.prepare(progress, wait=600.0)
            yield searcher
        finally:
            searcher.close()
    finally:
        store.close()
