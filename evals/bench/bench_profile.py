"""How long a million events take to import, and a profile to follow one more event.

Run it alone: `python evals/bench/bench_profile.py --n 1000000`. The events are of made-up shoppers over the demo
catalog, written to a gzipped CSV first; processor time stands beside wall time, since on a busy machine only the former
says what the code costs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from shortlist_evals.results import machine
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.profile import Event, Profiles
from shortlist_tools.profile.builder import build
from shortlist_tools.profile.statistics import Statistics
from shortlist_tools.store import Store

N = 1_000_000
OF_ONE = 100
"""Events of each shopper."""
BUSY = 50_000
"""Events of one shopper with very many."""
UPDATES = 300
START = 1_700_000_000
KINDS = ("viewed",) * 8 + ("added", "bought")
DEMO = Path(__file__).parents[2] / "agent" / "shortlist" / "demo"
Row = dict[str, Any]


def run(n: int | None = None) -> dict[str, Any]:
    """Return the figures: `rows` of name, value, unit and bound (None where none was promised), `n` and `machine`."""
    count = n or N
    with TemporaryDirectory(prefix="shortlist-bench-") as folder:
        store = Store.open(Path(folder) / "events.db")
        catalog = Catalog(store)
        catalog.ingest(*sorted((DEMO / "catalog").glob("*.jsonl")), schema=DEMO / "schema.yaml")
        path = Path(folder) / "events.csv.gz"
        _write(path, catalog.snapshot().ids, count)
        profiles = Profiles(store, catalog, clock=lambda: START + 100.0 * 86_400)
        rows = _imported(profiles, path, count) + _updated(profiles, catalog.snapshot())
        store.close()
    return {"bench": "profile", "n": count, "machine": machine(), "rows": rows}


def _write(path: Path, items: Sequence[str], count: int) -> None:
    draws = Random(1)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        out.write("user,kind,item_id,time\n")
        for number in range(count):
            user = 0 if number < min(BUSY, count // 10) else 1 + number % max(1, count // OF_ONE)
            moment = START + draws.randrange(90 * 86_400)
            item = items[int(draws.random() ** 2 * len(items))]
            out.write(f"u{user},{draws.choice(KINDS)},{item},{moment}\n")


def _imported(profiles: Profiles, path: Path, count: int) -> list[Row]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    started, used = time.perf_counter(), time.process_time()
    report = profiles.import_events(path)
    wall, busy = time.perf_counter() - started, time.process_time() - used
    assert report.rows == count
    return [
        _row(f"{count} events imported, base rates counted", wall, "s", 600.0),
        _row("the same, processor time", busy, "s"),
        _row("events a second", count / wall, "1/s"),
        _row("peak memory, at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB", 600.0),
        _row("memory before", before, "MB"),
    ]


def _updated(profiles: Profiles, snapshot: Snapshot) -> list[Row]:
    """Return what one more event costs: for the statistics, for a profile built from them, and through the store."""
    population = profiles.base_rates()
    draws = Random(2)
    events = [
        Event(kind=draws.choice(KINDS), item_id=draws.choice(snapshot.ids), time=START + draws.randrange(90 * 86_400))
        for _ in range(OF_ONE + UPDATES)
    ]
    rows = []
    for size in (30, OF_ONE):
        adding: list[float] = []
        building: list[float] = []
        for number in range(UPDATES // 3):
            statistics = Statistics(events[number : number + size])
            event = events[OF_ONE + number]
            used = time.process_time()
            statistics.add(event)
            added = time.process_time()
            build("u", statistics, snapshot, population, START + 90 * 86_400)
            adding.append((added - used) * 1000)
            building.append((time.process_time() - used) * 1000)
        rows += [
            _row(f"one more event for the statistics of {size}, p95", float(np.percentile(adding, 95)), "ms"),
            _row("the same and the profile built anew, p50 (processor)", float(np.percentile(building, 50)), "ms"),
            _row("the same and the profile built anew, p95 (processor)", float(np.percentile(building, 95)), "ms", 5.0),
        ]
    started = time.perf_counter()
    profiles.profile("u0")
    rows.append(_row("first profile of the busiest shopper", (time.perf_counter() - started) * 1000, "ms"))
    return rows


def _row(name: str, value: float, unit: str, bound: float | None = None) -> Row:
    return {"name": name, "value": round(value, 3), "unit": unit, "bound": bound}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=None, help="events to import")
    sys.stdout.write(json.dumps(run(parser.parse_args().n)) + "\n")
