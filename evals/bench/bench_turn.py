"""How long a whole turn takes without model calls over 19,406 products, its commit included, and how fast `--help` is.

Run it with `make bench`, or alone: `python evals/bench/bench_turn.py --db FILE` keeps the ingested catalog in FILE, so
that the next run begins at once.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from shortlist_evals.places import data_dir
from shortlist_evals.results import machine

N = 240
WARM_UP = 24
HELP_RUNS = 10
CONVERSATIONS = (
    ("wireless mouse under $40, not Logitech", "cheaper", "show me others", "what's the price of the second one?"),
    ("a laptop with at least 8 GB of memory", "preferably from HP or Dell", "under $900", "compare the first two"),
    ("HDMI cable 2 m", "something longer", "forget the budget", "thanks!"),
    ("I need a printer for a small office", "not Canon", "the second one but cheaper", "anything else?"),
    ("罗技的无线鼠标，40美元以内", "再便宜一点", "还有别的吗", "第二个多少钱？"),
    ("想要一台笔记本电脑，不要惠普", "最好是黑色的", "预算无所谓", "对比一下前两个"),
    ("noise cancelling headphones for the office", "black ones", "none of these", "the cheapest, please"),
    ("usb-c hub", "over $30 and below $80", "hello", "which one has the best reviews?"),
)


def run(n: int | None = None, db: Path | None = None) -> dict[str, Any]:
    """Return the figures: `rows` of name, value, unit and bound (None where none was promised), `n` and `machine`."""
    with TemporaryDirectory(prefix="shortlist-bench-") as folder:
        database = db or Path(folder) / "chorus.db"
        rows, turns = _turns(n or N, database)
    return {"bench": "turn", "n": turns, "machine": machine(), "rows": rows + _help()}


def _turns(n: int, database: Path) -> tuple[list[dict[str, Any]], int]:
    from shortlist import Recommender

    rows = []
    with Recommender.open(database, model="offline", settings={"wait_for_seconds": 0.0}) as recommender:
        if not database.exists() or not _ingested(recommender):
            started = time.perf_counter()
            recommender.catalog.ingest(data_dir("chorus", "products.jsonl.gz"))
            rows.append(_row("catalog ingested", time.perf_counter() - started, "s"))
        started = time.perf_counter()
        recommender.prepare(wait=True)
        rows.append(_row("vectors and words ready", time.perf_counter() - started, "s"))
        items = len(recommender.catalog)
        this_run = time.time_ns()
        took, worked = [], []
        for place, message in _messages(WARM_UP + n):
            started, busy = time.perf_counter(), time.process_time()
            recommender.reply(message, session_id=f"{this_run}-{place}", user_id=f"{this_run}-{place % 7}")
            took.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - busy) * 1000)
    timed = took[WARM_UP:]
    cuts = quantiles(timed, n=100)
    rows += [
        _row(f"whole turn over {items:,} items, p50", median(timed), "ms", 20.0),
        _row(f"whole turn over {items:,} items, p95", cuts[94], "ms", 50.0),
        _row("slowest turn", max(timed), "ms"),
        _row("processor time of a turn, p50", median(worked[WARM_UP:]), "ms"),
    ]
    return rows, len(timed)


def _ingested(recommender: Any) -> bool:
    from shortlist_prompts.errors import ShortlistError

    try:
        return len(recommender.catalog) > 0
    except ShortlistError:
        return False


def _messages(n: int) -> list[tuple[int, str]]:
    """Return `n` messages, each with the number of its conversation."""
    found: list[tuple[int, str]] = []
    for place in count():
        found += [(place, message) for message in CONVERSATIONS[place % len(CONVERSATIONS)]]
        if len(found) >= n:
            break
    return found[:n]


def _help() -> list[dict[str, Any]]:
    """Time `shortlist --help` as a whole process."""
    command = [str(Path(sys.executable).parent / "shortlist"), "--help"]
    took = []
    for _ in range(HELP_RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    name = f"shortlist --help, {{}} of {HELP_RUNS} runs"
    return [_row(name.format("least"), min(took), "s", 0.5), _row(name.format("median"), median(took), "s", 0.5)]


def _row(name: str, value: float, unit: str, bound: float | None = None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3 if unit == "s" else 2), "unit": unit, "bound": bound}


def main() -> None:
    """Print the figures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, help="turns to time")
    parser.add_argument("--db", type=Path, help="keep the ingested catalog here")
    given = parser.parse_args()
    print(json.dumps(run(given.n, given.db)))


if __name__ == "__main__":
    main()
