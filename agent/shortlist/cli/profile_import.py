"""`shortlist profile import`: a line of progress, then what came in and what could not be used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from shortlist_prompts.errors import CallerError

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist_tools.profile import ImportProgress, ImportReport


def run_import(
    recommender: Recommender, files: list[Path], columns: Sequence[str], zone: str, rejects: Path | None, as_json: bool
) -> None:
    """Import files of events behind a progress bar and report what could not be used."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise CallerError(f"no such file: {', '.join(missing)}; give files of events, one event a row")
    named = {ours: theirs for ours, _, theirs in (one.partition("=") for one in columns)}
    if "" in named.values():
        raise CallerError("--column takes OURS=THEIRS, such as --column user=customer_id")
    console = Console(stderr=True, highlight=False)
    bars = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[told]}"), TimeElapsedColumn(),
        console=console, transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bars:
        task = bars.add_task("reading", told="")

        def show(at: ImportProgress) -> None:
            told = f"{at.rows:,} rows, {at.recorded:,} new, {at.rejected:,} left out"
            bars.update(task, description=at.file, told=told)

        report = recommender.profiles.import_events(*files, columns=named, zone=zone, rejects=rejects, progress=show)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        _report(report)


def _report(report: ImportReport) -> None:
    speed = report.rows / report.seconds if report.seconds else 0.0
    typer.echo(
        f"{report.recorded:,} new events of {report.users:,} people from {report.rows:,} rows "
        f"in {report.seconds:.1f} s ({speed:,.0f} rows/s)"
    )
    for count, what in (
        (report.duplicates, "were known already"),
        (report.refused, "were not kept: these people do not allow it"),
        (report.rejected, "could not be used and were left out"),
    ):
        if count:
            typer.echo(f"  {count:,} {what}")
    for bad in report.bad:
        field = f" {bad.field}:" if bad.field else ""
        value = f" ({bad.value!r:.60})" if bad.value else ""
        typer.echo(f"    {bad.file} line {bad.line}:{field} {bad.reason}{value}")
    if report.rejected > len(report.bad):
        where = f"all are in {report.rejects}" if report.rejects else "--rejects FILE writes all of them"
        typer.echo(f"    … {where}")
    if report.unknown_events:
        items = ", ".join(f"{item} ({count})" for item, count in list(report.unknown_items.items())[:5])
        typer.echo(f"  {report.unknown_events:,} are about items the catalog does not have, and were kept: {items}")
    if report.ignored:
        typer.echo(f"  columns that were not read: {', '.join(report.ignored)}")
