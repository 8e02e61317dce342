"""How long one ranking of 500 candidates with every signal takes, and that the time grows with the candidates alone.

Run it with `make bench`, or alone: `python evals/bench/bench_ranking.py --plot FILE` draws time against candidates too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from shortlist_evals.ranking import invented_catalog
from shortlist_evals.results import machine
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Event, ProfileSummary, summarise
from shortlist_tools.ranking import Person, Weights, rank

N = 200
ITEMS = 20_000
CANDIDATES = 500
SIZES = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000)
TOP = 48
EVERYTHING = Weights(slack=0.1, price_fit=0.1, freshness=0.1, novelty=0.1)
SOFT = (
    Requirement(field="price", op="lowest", hard=False),
    Requirement(field="brand", op="==", value="brand-3", hard=False),
)
HARD = (Requirement(field="price", op="<=", value=200.0),)
PERSON = Person(shifts={"quality": 0.1}, tastes={"tags=tag-1": 0.2, "brand=brand-2": -0.1})


def run(n: int | None = None) -> dict[str, Any]:
    """Return the figures: `rows` of name, value, unit and bound (None where none was promised), `n` and `machine`."""
    snapshot = invented_catalog(ITEMS, seed=1)
    profile = _shopper(snapshot)
    took = np.array(_times(snapshot, profile, CANDIDATES, n or N))
    sizes = linearity(snapshot, profile, max(5, (n or N) // 20))
    rows = [
        _row(f"{CANDIDATES} candidates, every signal, p50", float(np.percentile(took, 50)), 3.0),
        _row(f"{CANDIDATES} candidates, every signal, p95", float(np.percentile(took, 95))),
        _row(
            "the same with today's signals, p50",
            float(np.median(_times(snapshot, profile, CANDIDATES, n or N, Weights()))),
        ),
    ]
    rows += [_row(f"{size} candidates, p50", value) for size, value in sizes.items()]
    slope = float(np.polyfit(np.log(list(sizes)[2:]), np.log(list(sizes.values())[2:]), 1)[0])
    rows.append({"name": "growth: exponent of time in candidates", "value": round(slope, 3), "unit": "", "bound": 1.1})
    return {"bench": "ranking", "n": n or N, "machine": machine(), "rows": rows}


def linearity(snapshot: Snapshot, profile: ProfileSummary, repeats: int) -> dict[int, float]:
    """Return the median milliseconds by number of candidates."""
    return {size: float(np.median(_times(snapshot, profile, size, repeats))) for size in SIZES}


def draw(sizes: dict[int, float], path: Path) -> None:
    """Draw milliseconds against candidates, with the line through the origin that fits best."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    x, y = np.array(list(sizes), dtype=float), np.array(list(sizes.values()))
    slope, base = np.polyfit(x, y, 1)
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    axes.plot(x, y, "o", label="measured, median")
    axes.plot(x, base + slope * x, "-", label=f"{base:.2f} ms + {slope * 1000:.2f} ms a thousand")
    axes.set(xlabel="candidates", ylabel="milliseconds", title="One ranking with every signal")
    axes.legend()
    figure.savefig(path)
    plt.close(figure)


def _times(
    snapshot: Snapshot, profile: ProfileSummary, size: int, repeats: int, weights: Weights = EVERYTHING
) -> list[float]:
    draws = np.random.default_rng(3)
    took = []
    for _ in range(repeats + 3):
        rows: NDArray[np.int64] = np.sort(draws.choice(len(snapshot), size, replace=False)).astype(np.int64)
        relevance, given = draws.random(size), {"collaborative": draws.random(size), "offer": draws.random(size)}
        started = time.perf_counter()
        full = weights is EVERYTHING
        rank(
            snapshot, rows, relevance, SOFT, profile, weights, TOP,
            hard=HARD, given=given, person=PERSON if full else None, measured=full,
        )  # fmt: skip
        took.append((time.perf_counter() - started) * 1000)
    return took[3:]


def _shopper(snapshot: Snapshot) -> ProfileSummary:
    draws = np.random.default_rng(2)
    events = [
        Event(kind=kind, item_id=snapshot.ids[int(draws.integers(len(snapshot)))], time=1.7e9 + place)
        for place, kind in enumerate(["viewed"] * 30 + ["added"] * 6 + ["bought"] * 4 + ["dismissed"] * 4)
    ]
    return summarise("u", events, {}, snapshot, 1.7e9 + 100)


def _row(name: str, value: float, bound: float | None = None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": "ms", "bound": bound}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=None, help="rankings to time")
    parser.add_argument("--plot", type=Path, default=None, help="draw time against candidates into this file")
    given_options = parser.parse_args()
    if given_options.plot is not None:
        drawn = invented_catalog(ITEMS, seed=1)
        draw(linearity(drawn, _shopper(drawn), 20), given_options.plot)
    sys.stdout.write(json.dumps(run(given_options.n)) + "\n")
