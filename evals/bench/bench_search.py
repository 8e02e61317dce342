"""How fast 19,406 products can be searched, and how soon after their ingest began.

Run it with `make bench`, or alone: `python evals/bench/bench_search.py --n 300`. Every query is new, so each one is
embedded; processor time stands beside wall time, since on a busy machine only the former says what the code costs.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from shortlist_evals.chorus.queries import chorus_queries
from shortlist_evals.places import data_dir
from shortlist_evals.results import machine
from shortlist_tools.catalog import Catalog, Requirement
from shortlist_tools.search import Searcher
from shortlist_tools.search.exact import similarities_of
from shortlist_tools.store import Store

N = 300
FILTERS = (
    (Requirement(field="price", op="<", value=20),),
    (Requirement(field="price", op="<", value=100),),
    (Requirement(field="price", op="between", value=[20, 200]), Requirement(field="brand", op="not_in", value=["HP"])),
    (Requirement(field="brand", op="in", value=["Sony", "Philips"]),),
    (Requirement(field="price", op=">=", value=30), Requirement(field="weight", op="exists", value=True)),
)
Row = dict[str, Any]


def run(n: int | None = None) -> dict[str, Any]:
    """Return the figures: `rows` of name, value, unit and bound (None where none was promised), `n` and `machine`."""
    count = n or N
    with TemporaryDirectory(prefix="shortlist-bench-") as folder:
        store = Store.open(Path(folder) / "chorus.db")
        searcher = Searcher(Catalog(store), store, Path(folder) / "index")
        rows = _ingest(searcher)
        nearest = searcher.nearest()
        assert nearest is not None
        nearest.wait()
        rows += _searches(searcher, count)
        rows += _parts(searcher)
        searcher.close()
        store.close()
    return {"bench": "search", "n": count, "machine": machine(), "rows": rows}


def _ingest(searcher: Searcher) -> list[Row]:
    started = time.perf_counter()
    reached: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if done >= total:
            reached.setdefault(stage, time.perf_counter() - started)

    searcher.catalog.ingest(data_dir("chorus", "products.jsonl.gz"))
    ingested = time.perf_counter() - started
    searcher.prepare(tell)
    own, child = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    return [
        _row("catalog ingested", ingested, "s"),
        _row("search by words ready, from the start of the ingest", reached["lexical"], "s", 15.0),
        _row("all vectors embedded, from the start of the ingest", reached["vectors"], "s", 120.0),
        _row("index built, verified and published", reached["index"], "s"),
        _row("processor time of it all", used, "s"),
        _row("peak memory, at most", own + 2 * child, "MB", 1500.0),
    ]


def _searches(searcher: Searcher, n: int) -> list[Row]:
    texts = [query.text for query in chorus_queries()]
    fresh = iter(f"{texts[number % len(texts)]} {number}" for number in range(10_000_000))
    for _ in range(20):
        searcher.search(next(fresh), FILTERS[0])
    filtered = _timed(n, lambda number: searcher.search(next(fresh), FILTERS[number % len(FILTERS)]))
    unfiltered = _timed(n, lambda _: searcher.search(next(fresh)))
    wide = _timed(n, lambda number: searcher.search(next(fresh), FILTERS[number % len(FILTERS)], n=100))
    return [
        *_percentiles("filtered search", filtered, 7.0),
        *_percentiles("unfiltered search", unfiltered),
        *_percentiles("filtered search for 100", wide),
    ]


def _parts(searcher: Searcher) -> list[Row]:
    """Return what the parts of a search cost, from which the constants of `search/nearest.py` were taken."""
    nearest = searcher.nearest()
    assert nearest is not None
    matrix, total = nearest.built.matrix, len(nearest.built.ids)
    vector = searcher.embedder.embed(["wireless mouse"])[0]
    picked = np.sort(np.random.default_rng(0).choice(total, 3_000, replace=False))
    snapshot = searcher.catalog.snapshot()
    parts: list[tuple[str, Callable[[int], object], float, str]] = [
        ("embedding a query", lambda number: searcher.embedder.embed([f"mouse {number}"]), 1.0, "ms"),
        ("mask of the requirements", lambda number: snapshot.mask(FILTERS[number % len(FILTERS)]), 1.0, "ms"),
        ("exact products with all items", lambda _: similarities_of(matrix, vector), 1.0, "ms"),
        ("exact product with one item in order", lambda _: similarities_of(matrix, vector), 1000 / total, "us"),
        ("exact product with one item picked", lambda _: similarities_of(matrix, vector, picked), 1000 / 3_000, "us"),
        ("60 nearest of all by the sketch", lambda _: nearest.by_sketch(vector, 60), 1.0, "ms"),
        ("Chroma, 10 neighbours", lambda _: nearest.by_chroma(vector, 10, None, 10), 1.0, "ms"),
        ("Chroma, 500 neighbours", lambda _: nearest.by_chroma(vector, 500, None, 500), 1.0, "ms"),
    ]
    return [_row(name, float(np.median(_timed(60, call)[0])) * scale, unit) for name, call, scale, unit in parts]


def _timed(n: int, call: Callable[[int], object]) -> tuple[list[float], list[float]]:
    """Return wall and processor milliseconds of `n` calls."""
    wall, busy = [], []
    for number in range(n):
        started, used = time.perf_counter(), time.process_time()
        call(number)
        wall.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - used) * 1000)
    return wall, busy


def _percentiles(name: str, times: tuple[Sequence[float], Sequence[float]], bound: float | None = None) -> list[Row]:
    wall, busy = times
    return [
        _row(f"{name}, p50", float(np.percentile(wall, 50)), "ms", bound),
        _row(f"{name}, p95", float(np.percentile(wall, 95)), "ms"),
        _row(f"{name}, processor time, p50", float(np.percentile(busy, 50)), "ms"),
    ]


def _row(name: str, value: float, unit: str, bound: float | None = None) -> Row:
    return {"name": name, "value": round(value, 3), "unit": unit, "bound": bound}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=None, help="searches of each kind to time")
    sys.stdout.write(json.dumps(run(parser.parse_args().n)) + "\n")
