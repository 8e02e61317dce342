"""`shortlist ingest`: a progress bar with rates, then what was decided, what changed and what was rejected."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist_tools.catalog import IngestReport


def run_ingest(
    recommender: Recommender,
    files: list[Path],
    schema: Path | None,
    schema_out: Path | None,
    strict: bool,
    rejects: Path | None,
    retire_missing: bool,
    understand: bool,
    as_json: bool,
) -> None:
    """Ingest `files` and print the report."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from shortlist_tools.catalog import save_schema

    console = Console(stderr=True)
    rate_column = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), rate_column, TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int | None, rate: float = 0.0) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, rate="")
            bars.update(tasks[stage], completed=done, total=total, rate=f"{rate:,.0f}/s" if rate else "")

        report = recommender.catalog.ingest(
            *files,
            schema=schema,
            strict=strict,
            rejects=rejects,
            progress=lambda at: show(at.stage, at.done, at.total, at.rate),
            retire_missing=retire_missing,
            understand=understand,
        )
        recommender.prepare()
    if schema_out is not None:
        save_schema(recommender.catalog.schema, schema_out)
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False, default=str))
    else:
        _print(console, report, schema_out)


def _print(console: Any, report: IngestReport, schema_out: Path | None) -> None:
    for decision in report.decisions:
        console.print(f"  {decision}", style="dim", highlight=False)
    counts = ", ".join(
        f"{getattr(report, name):,} {name}" for name in ("added", "updated", "unchanged", "retired", "rejected")
    )
    console.print(f"{counts} in {report.seconds:.1f} s", highlight=False)
    if schema_out is not None:
        console.print(
            f"The schema is in {schema_out}: edit it and ingest again with --schema {schema_out}", highlight=False
        )
