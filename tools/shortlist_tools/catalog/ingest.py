"""Bringing files into the catalog: staged in batches that survive a kill, then made visible in one transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from pathlib import Path
from typing import Any

from shortlist_tools.catalog.errors import IngestError, ValueRefusedError
from shortlist_tools.catalog.files import RawRow
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.reading import Rows
from shortlist_tools.catalog.rows import Converter, describe_refusal
from shortlist_tools.catalog.runs import Run
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.visible import switch
from shortlist_tools.store import Store

STRICT_SHOWN = 20
"""Bad rows that a strict ingest names before it refuses."""

Derive = Callable[[Schema, Callable[[], Iterator[Item]]], tuple[Schema, Iterator[tuple[str, dict[str, Any]]]]]
"""Given schema and items (read anew at each call): the schema with derived fields, and derived values by id."""


@dataclass(frozen=True)
class Progress:
    """How far an ingest is: its stage, rows done, rows in all when known, rows a second, and the file being read."""

    stage: str
    done: int
    total: int | None = None
    rate: float = 0.0
    file: str = ""


@dataclass(frozen=True)
class IngestReport:
    """What an ingest changed, how long it took, and what it decided by itself.

    `rejected` counts rows that were left out; `rejects` is the file that says why, when one was asked for.
    `resumed` is the number of rows that an earlier, interrupted run had already read.
    """

    added: int
    updated: int
    unchanged: int
    retired: int
    rejected: int
    seconds: float
    decisions: list[str] = _field(default_factory=list)
    resumed: int = 0
    rejects: str | None = None


@dataclass(frozen=True)
class Ingest:
    """Everything one ingest was asked to do.

    Args:
        store: The database.
        paths: Files, in the order in which they are read.
        rows: Their rows.
        schema: The schema to read them by.
        strict: Refuse everything when any row is bad.
        rejects: Where to write bad rows as JSONL, or None.
        progress: Called every now and then with a `Progress`.
        retire_missing: Retire items that none of the files has.
        derive: Given the staged items, yields id and derived values of each (content understanding), or None.
        decisions: What was decided before, for the report.
    """

    store: Store
    paths: Sequence[Path]
    rows: Rows
    schema: Schema
    strict: bool = False
    rejects: Path | None = None
    progress: Callable[[Progress], None] | None = None
    retire_missing: bool = False
    derive: Derive | None = None
    decisions: Sequence[str] = ()

    def run(self) -> IngestReport:
        """Do it, continuing an interrupted run over the same files and schema, and return what changed.

        Raises:
            IngestError: If a file cannot be read at all, or `strict` was asked for and a row is bad.
        """
        started = time.perf_counter()
        run = Run.begin(self.store, self.paths, self.schema)
        resumed = run.done
        self._stage(run)
        written = self._write_rejects(run)
        if run.rejected and self.strict:
            self._refuse(run)
        schema = run.tally.measured(run.schema)
        if self.derive is not None:
            self._tell("understand", run.done, run.done, started)
            schema, derived = self.derive(schema, run.staged)
            run.derive(derived)
        self._tell("switch", run.done, run.done, started)
        counts = switch(self.store, run.id, run.claim, schema, self.retire_missing)
        return IngestReport(
            **counts,
            rejected=run.rejected,
            seconds=round(time.perf_counter() - started, 3),
            decisions=[*self.decisions],
            resumed=resumed,
            rejects=written,
        )

    def _stage(self, run: Run) -> None:
        converter = Converter(self.schema)
        started, before = time.perf_counter(), run.done
        for number in range(run.file, len(self.paths)):
            path = self.paths[number]
            if number != run.file:
                run.file, run.line = number, 0
            for row in self.rows.of(number, run.line):
                _read(run, converter, row, path.name)
                if run.is_full:
                    run.save()
                    self._tell("read", run.done, None, started, before=before, file=path.name)
            run.save()
            self._tell("read", run.done, None, started, before=before, file=path.name)

    def _write_rejects(self, run: Run) -> str | None:
        if self.rejects is None:
            return None
        rows = run.refused()
        try:
            if not rows:
                self.rejects.unlink(missing_ok=True)
                return None
            self.rejects.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        except OSError as error:
            raise IngestError(f"cannot write rejects file {self.rejects}: {error.strerror or error}") from error
        return str(self.rejects)

    def _refuse(self, run: Run) -> None:
        rows = run.refused(STRICT_SHOWN)
        run.drop()
        lines = [f"{row['file']}:{row['line']}: {_said(row)}, got {row['value']}" for row in rows]
        more = f"\nand {run.rejected - len(rows)} more" if run.rejected > len(rows) else ""
        raise IngestError(f"{run.rejected} bad rows, nothing was changed (strict):\n" + "\n".join(lines) + more)

    def _tell(
        self, stage: str, done: int, total: int | None, started: float, *, before: int = 0, file: str = ""
    ) -> None:
        if self.progress is not None:
            rate = (done - before) / max(1e-9, time.perf_counter() - started)
            self.progress(Progress(stage, done, total, round(rate, 1), file))


def _read(run: Run, converter: Converter, row: RawRow, file: str) -> None:
    """Stage a row's item, or note why it is refused."""
    run.line = row.line
    run.done += 1
    if row.values is None:
        run.refuse(file, row.line, {"field": "", "reason": row.problem, "value": row.text})
        return
    try:
        item = converter.item_of(row.values)
    except ValueRefusedError as error:
        run.refuse(file, row.line, describe_refusal(error))
        return
    problem = run.doubled(item)
    if problem is not None:
        run.refuse(file, row.line, problem)
    else:
        run.keep(item, file, row.line)


def _said(row: dict[str, Any]) -> str:
    return f"{row['field']}: {row['reason']}" if row["field"] else str(row["reason"])
