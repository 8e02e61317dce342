"""What search costs over one million synthetic items with random vectors, and where the time goes.

Takes minutes and 8 GB, so `make bench` leaves it out: `python evals/bench/million.py --items 1000000 --index exact`.
With `--index chroma` Chroma's graph is built too, which takes far longer than all the rest: on two cores, hours.
Items have titles of made-up words, a price and a category; vectors are random around 2,000 centres, since wholly random
ones have no neighbours to find. The matrix, Chroma's index and the lexical index are those of the product; the
catalog's database is left out, its mask is stood in for by one comparison over a column.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist_evals.results import machine, write_result
from shortlist_tools.search import BuiltInEmbedder, LexicalIndex, Nearest, recall_of
from shortlist_tools.search.building import Rows, build_vectors
from shortlist_tools.search.embedders import Vectors, unit
from shortlist_tools.search.nearest import MOST, cheapest, wanted_of_chroma
from shortlist_tools.search.versions import Versions

DIMENSIONS = 512
CENTRES = 2_000
SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
QUERIES = 40
Row = dict[str, Any]
Allowed = NDArray[np.int64] | None


def run(items: int, kind: str = "chroma") -> dict[str, Any]:
    """Return the figures: `rows` of name, value and unit, `n` (items), `index` (its kind) and `machine`."""
    draws = np.random.default_rng(0)
    rows: list[Row] = []
    with TemporaryDirectory(prefix="shortlist-million-") as folder:
        matrix, queries = _vectors(items, draws)
        ids = [f"i{number:07d}" for number in range(items)]
        started = time.perf_counter()
        built = build_vectors(Versions(Path(folder), "vectors"), "random", kind, Rows(ids, ids, matrix))
        rows.append(_row("vector index built, verified and published", time.perf_counter() - started, "s"))
        rows.append(_row("size of the index on disk", _size(Path(folder)) / 1e9, "GB"))
        del matrix
        nearest = Nearest(built)
        if kind == "chroma":
            started = time.perf_counter()
            nearest.wait()
            rows.append(_row("Chroma probed and opened", time.perf_counter() - started, "s"))
        rows += _by_share(nearest, queries, draws)
        rows += _words(ids, draws)
        rows.append(_row("embedding a query", _median(lambda k: BUILT_IN.embed([f"query {k}"])), "ms"))
        nearest.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rows.append(_row("peak memory of this process", memory, "GB"))
    return {"bench": "million", "n": items, "index": kind, "machine": machine(), "rows": rows}


BUILT_IN = BuiltInEmbedder()


def _vectors(items: int, draws: np.random.Generator) -> tuple[Vectors, list[Vectors]]:
    centres = unit(draws.standard_normal((CENTRES, DIMENSIONS), dtype=np.float32))
    matrix = np.empty((items, DIMENSIONS), dtype=np.float32)
    for start in range(0, items, 50_000):
        part = matrix[start : start + 50_000]
        noise = draws.standard_normal(part.shape, dtype=np.float32) / np.float32(np.sqrt(DIMENSIONS))
        part[:] = unit(centres[draws.integers(0, CENTRES, len(part))] + noise)
    picked = matrix[draws.integers(0, items, QUERIES)]
    noise = draws.standard_normal(picked.shape, dtype=np.float32) / np.float32(2 * np.sqrt(DIMENSIONS))
    return matrix, list(unit(picked + noise))


def _by_share(nearest: Nearest, queries: list[Vectors], draws: np.random.Generator) -> list[Row]:
    """Time both ways to 60 neighbours for filters that let different shares of the items through."""
    rows: list[Row] = []
    price = draws.random(len(nearest.built.ids))
    for share in SHARES:
        allowed = None if share == 1.0 else np.flatnonzero(price < share)
        rows.append(_row(f"mask, {share:.1%} survive", _median(partial(_mask, price, share)), "ms"))
        rows += _both_ways(nearest, queries, allowed, f"{share:.1%} survive")
    if nearest.built.kind != "chroma":
        return rows
    rows.append(_row("recall@10 of Chroma, all", recall_of("chroma", nearest, queries[:20], 10), ""))
    half = [np.flatnonzero(price < 0.5)]
    rows.append(_row("recall@10 of Chroma, half survive", recall_of("chroma", nearest, queries[:20], 10, half), ""))
    return rows


def _both_ways(nearest: Nearest, queries: list[Vectors], allowed: Allowed, label: str) -> list[Row]:
    total = len(nearest.built.ids)
    survivors = total if allowed is None else len(allowed)
    wanted = wanted_of_chroma(60, survivors, total)
    built = nearest.built
    chosen = cheapest(60, survivors, total, chroma=built.kind == "chroma", sketch=built.sketch is not None)

    def exact(number: int) -> object:
        return nearest.exactly(queries[number % QUERIES], 60, allowed)

    def chroma(number: int) -> object:
        return nearest.by_chroma(queries[number % QUERIES], 60, allowed, wanted)

    def used(number: int) -> object:
        return nearest.search(queries[number % QUERIES], 60, allowed)

    rows = [_row(f"exact, {label}", _median(exact, 7), "ms")]
    if nearest.built.kind == "chroma" and wanted <= MOST:
        rows.append(_row(f"Chroma, {label}, {wanted:,} asked for", _median(chroma), "ms"))
    return [*rows, _row(f"as chosen ({chosen}), {label}", _median(used, 15), "ms")]


def _mask(price: NDArray[np.float64], share: float, _number: int) -> object:
    return np.flatnonzero(price < share)


def _words(ids: list[str], draws: np.random.Generator) -> list[Row]:
    vocabulary = np.array([f"word{number}" for number in range(50_000)])
    ranks = np.minimum(draws.zipf(1.3, size=(len(ids), 8)) - 1, len(vocabulary) - 1)
    started = time.perf_counter()
    titles = (" ".join(vocabulary[row]) for row in ranks)
    index = LexicalIndex.build((name, title, title) for name, title in zip(ids, titles, strict=True))
    built = time.perf_counter() - started
    queries = [" ".join(vocabulary[ranks[place][:3]]) for place in draws.integers(0, len(ids), QUERIES)]
    scored = _median(lambda k: index.scores(queries[k % QUERIES]))
    return [
        _row("lexical index built (titles of 8 words)", built, "s"),
        _row("lexical scores of a query", scored, "ms"),
    ]


def _median(call: Callable[[int], object], times: int = 25) -> float:
    took = []
    for number in range(times):
        started = time.perf_counter()
        call(number)
        took.append((time.perf_counter() - started) * 1000)
    return float(np.median(took))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _row(name: str, value: float, unit: str) -> Row:
    return {"name": name, "value": round(value, 3), "unit": unit, "bound": None}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--index", choices=("chroma", "exact"), default="chroma")
    parser.add_argument("--save", action="store_true", help="keep the figures in evals/results/million.json")
    arguments = parser.parse_args()
    found = run(arguments.items, arguments.index)
    if arguments.save:
        write_result("million", {"suite": "million", "hashes": {}, "scores": found, "machine": found["machine"]})
    sys.stdout.write(json.dumps(found) + "\n")
