"""The benchmarks of `evals/bench`, each run in a process of its own, in one table."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from shortlist_evals.places import project_root
from shortlist_evals.results import machine
from shortlist_prompts.errors import OperatorError


class BenchmarkError(OperatorError):
    """A benchmark is not there, or failed; says what it said."""


def run_all(n: int | None = None) -> dict[str, Any]:
    """Run every `bench_*.py` and return their figures: `rows` by benchmark, `machine`, `date`.

    A benchmark prints one JSON object, with `rows` of `name`, `value`, `unit` and `bound`.

    Raises:
        BenchmarkError: If there is none, or one fails.
    """
    scripts = sorted((project_root() / "evals" / "bench").glob("bench_*.py"))
    if not scripts:
        raise BenchmarkError(f"no benchmarks under {project_root() / 'evals' / 'bench'}: run this in a checkout")
    found = {script.stem.removeprefix("bench_"): _run(script, n) for script in scripts}
    return {
        "suite": "bench",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "hashes": {},
        "machine": machine(),
        "scores": found,
    }


def _run(script: Path, n: int | None) -> dict[str, Any]:
    given = [] if n is None else ["--n", str(n)]
    done = subprocess.run([sys.executable, str(script), *given], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise BenchmarkError(f"{script.name} failed with {done.returncode}: {done.stderr.strip()[-800:]}")
    result: dict[str, Any] = json.loads(lines[-1])
    return result


def render(result: dict[str, Any]) -> Any:
    """Return one table of all figures, with what was promised beside each."""
    from rich.table import Table

    where = result["machine"]
    table = Table(title=f"{where['cores']} cores, Python {where['python']}, {where['system']}", title_justify="left")
    table.add_column("benchmark")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("at most", justify="right")
    table.add_column("n", justify="right")
    for name, bench in result["scores"].items():
        for row in bench.get("rows", ()):
            bound = row.get("bound")
            met = bound is None or row["value"] <= bound
            value = f"{row['value']:,g} {row['unit']}"
            allowed = "" if bound is None else f"{bound:g} {row['unit']}"
            table.add_row(name, row["name"], value if met else f"[red]{value}[/red]", allowed, str(bench.get("n", "")))
    return table
