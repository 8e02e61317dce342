"""How long EASE takes on the given ratings, both ways it is solved, what memory it needs, and one user's scores.

Run it alone: `python evals/bench/bench_training.py`. Where there are fewer users than items, as here, training solves
over users; over items is what a shop with more users than items pays. Processor time stands beside wall time, since on
a busy machine only the former says what the code costs.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from shortlist_evals.movielens.models import split_of
from shortlist_evals.movielens.ratings import load_ratings
from shortlist_evals.results import machine
from shortlist_tools.ranking.collaborative import Ease, Interactions, Recency, Settings, fit_ours
from shortlist_tools.ranking.collaborative import ease as solving
from shortlist_tools.ranking.training import Options, only_shared
from shortlist_tools.ranking.training.train import THREADS

RIDGE = 300.0
HISTORIES = 200
Row = dict[str, Any]


def run(n: int | None = None) -> dict[str, Any]:
    """Return the figures: `rows` of name, value, unit and bound (None where none was promised), `n` and `machine`."""
    ratings = split_of(load_ratings()).fitted
    users = ratings.of_users(np.arange(min(n or ratings.users, ratings.users)))
    with threadpool_limits(THREADS, "blas"):
        rows = _timed("EASE over users", lambda: solving.ease_weights(users, RIDGE), 60.0)
        rows += _timed("EASE over items", lambda: solving._over_items(users, RIDGE))
        rows += _scored(users)
    return {"bench": "training", "n": users.users, "machine": machine(), "rows": rows}


def _timed(name: str, work: Callable[[], Any], bound: float | None = None) -> list[Row]:
    before = _peak()
    started, used = time.perf_counter(), time.process_time()
    work()
    wall, busy = time.perf_counter() - started, time.process_time() - used
    return [
        _row(name, wall, "s", bound),
        _row(f"{name}, processor time", busy, "s"),
        _row(f"{name}, peak memory of the process, at most", _peak(), "MB"),
        _row(f"{name}, memory before", before, "MB"),
    ]


def _scored(users: Interactions) -> list[Row]:
    ours = fit_ours(users, Settings(ease=Ease(RIDGE, Recency(steps=5.0))))
    kept = only_shared(ours, users, Options())
    taken = []
    with threadpool_limits(1, "blas"):
        for number in range(HISTORIES):
            history = users.of_users(np.array([number % users.users]))
            started = time.perf_counter()
            kept.scores(history)
            taken.append((time.perf_counter() - started) * 1000)
    name = f"scores of {len(users.items)} items for one history"
    return [
        _row(f"{name}, p50", float(np.percentile(taken, 50)), "ms"),
        _row(f"{name}, p95", float(np.percentile(taken, 95)), "ms"),
    ]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _row(name: str, value: float, unit: str, bound: float | None = None) -> Row:
    return {"name": name, "value": round(value, 3), "unit": unit, "bound": bound}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=None, help="users to learn from")
    sys.stdout.write(json.dumps(run(parser.parse_args().n)) + "\n")
