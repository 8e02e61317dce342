"""Bringing files into the catalog: staged in batches that survive a kill, then made visible in one transaction."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from shortlist_tools.catalog.errors import IngestError, ValueRefusedError
from shortlist_tools.catalog.files import read_rows
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.rows import Converter, content_hash, decode, describe_refusal, encode
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.tally import Tally
from shortlist_tools.catalog.visible import switch
from shortlist_tools.store import Store
from shortlist_tools.store.tables import ingest_runs, rejects, staging

BATCH = 2_000
STRICT_SHOWN = 20


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


@dataclass
class _Run:
    """One ingest that is under way: what is staged, where each file stands, what was refused."""

    id: str
    schema: Schema
    file: int = 0
    line: int = 0
    done: int = 0
    rejected: int = 0
    tally: Tally = _field(default_factory=Tally)
    seen: dict[str, tuple[str, int]] = _field(default_factory=dict)

    def progress(self) -> dict[str, int]:
        return {"file": self.file, "line": self.line, "done": self.done, "rejected": self.rejected}


@dataclass(frozen=True)
class Ingest:
    """Everything one ingest was asked to do.

    Args:
        store: The database.
        paths: Files, in the order in which they are read.
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
        run = self._begin()
        resumed = run.done
        self._stage(run)
        written = self._write_rejects(run)
        if run.rejected and self.strict:
            self._refuse(run)
        schema = run.tally.measured(run.schema)
        if self.derive is not None:
            schema = self._derive(run, schema)
        self._tell("switch", run.done, run.done, started)
        counts = switch(self.store, run.id, schema, self.retire_missing)
        return IngestReport(
            **counts,
            rejected=run.rejected,
            seconds=round(time.perf_counter() - started, 3),
            decisions=[*self.decisions],
            resumed=resumed,
            rejects=written,
        )

    def _begin(self) -> _Run:
        """Find the interrupted run over the same input, or start a new one; drop runs over any other."""
        key = _inputs_key(self.paths, self.schema)
        with self.store.write() as connection:
            found = connection.execute(
                select(ingest_runs.c.id, ingest_runs.c.progress).where(
                    ingest_runs.c.inputs == key, ingest_runs.c.state == "staging"
                )
            ).first()
            stale = select(ingest_runs.c.id).where(ingest_runs.c.state == "staging", ingest_runs.c.inputs != key)
            for table in (staging, rejects):
                connection.execute(delete(table).where(table.c.run.in_(stale)))
            connection.execute(
                update(ingest_runs)
                .where(ingest_runs.c.state == "staging", ingest_runs.c.inputs != key)
                .values(state="dropped")
            )
            if found is None:
                run = _Run(uuid.uuid4().hex, self.schema)
                row = {
                    "id": run.id,
                    "inputs": key,
                    "state": "staging",
                    "started": time.time(),
                    "progress": run.progress(),
                }
                connection.execute(insert(ingest_runs).values(row))
                return run
            run = _Run(found.id, self.schema, **found.progress)
        for item in self._staged(run):
            run.seen[item.id] = ("", 0)
            run.tally.add(item)
        return run

    def _stage(self, run: _Run) -> None:
        converter = Converter(self.schema)
        started, before = time.perf_counter(), run.done
        good: list[dict[str, str]] = []
        bad: list[dict[str, Any]] = []
        for number in range(run.file, len(self.paths)):
            path = self.paths[number]
            if number != run.file:
                run.file, run.line = number, 0
            for row in read_rows(path, run.line):
                self._row(run, converter, row, path, good=good, bad=bad)
                if len(good) + len(bad) >= BATCH:
                    self._save(run, good, bad)
                    self._tell("read", run.done, None, started, before=before, file=path.name)
            self._save(run, good, bad)
            self._tell("read", run.done, None, started, before=before, file=path.name)

    def _row(self, run: _Run, converter: Converter, row: Any, path: Path, *, good: list[Any], bad: list[Any]) -> None:
        run.line = row.line
        run.done += 1
        problem: dict[str, str] | None = None
        if row.values is None:
            problem = {"field": "", "reason": row.problem, "value": row.text}
        else:
            try:
                item = converter.item(row.values)
                if item.id in run.seen:
                    problem = _doubled(self.schema, item.id, *run.seen[item.id])
            except ValueRefusedError as error:
                problem = describe_refusal(error)
        if problem is not None:
            run.rejected += 1
            bad.append({"run": run.id, "number": run.rejected, "file": path.name, "line": row.line, **problem})
            return
        run.seen[item.id] = (path.name, row.line)
        run.tally.add(item)
        doc = encode(item)
        good.append({"run": run.id, "id": item.id, "hash": content_hash(doc), "doc": doc, "derived": "{}"})

    def _save(self, run: _Run, good: list[dict[str, str]], bad: list[dict[str, Any]]) -> None:
        with self.store.write() as connection:
            if good:
                connection.execute(insert(staging), good)
            if bad:
                connection.execute(insert(rejects), bad)
            connection.execute(update(ingest_runs).where(ingest_runs.c.id == run.id).values(progress=run.progress()))
        good.clear()
        bad.clear()

    def _derive(self, run: _Run, schema: Schema) -> Schema:
        assert self.derive is not None
        schema, derived = self.derive(schema, lambda: self._staged(run))
        statement = update(staging).where(staging.c.run == run.id, staging.c.id == bindparam("name"))
        statement = statement.values(derived=bindparam("text"))
        for batch in _batches(derived):
            with self.store.write() as connection:
                connection.execute(statement, [{"name": name, "text": _canonical(values)} for name, values in batch])
        return schema

    def _staged(self, run: _Run) -> Iterator[Item]:
        with self.store.read() as connection:
            statement = select(staging.c.id, staging.c.doc).where(staging.c.run == run.id).order_by(staging.c.id)
            for row in connection.execute(statement, execution_options={"yield_per": BATCH}):
                yield decode(row.id, row.doc)

    def _write_rejects(self, run: _Run) -> str | None:
        if self.rejects is None:
            return None
        with self.store.read() as connection:
            rows = connection.execute(select(rejects).where(rejects.c.run == run.id).order_by(rejects.c.number))
            lines = [
                json.dumps(
                    {name: value for name, value in row._mapping.items() if name not in ("run", "number")},
                    ensure_ascii=False,
                )
                for row in rows
            ]
        if not lines:
            self.rejects.unlink(missing_ok=True)
            return None
        self.rejects.write_text("\n".join(lines) + "\n", "utf-8")
        return str(self.rejects)

    def _refuse(self, run: _Run) -> None:
        with self.store.write() as connection:
            rows = connection.execute(
                select(rejects).where(rejects.c.run == run.id).order_by(rejects.c.number).limit(STRICT_SHOWN)
            ).all()
            for table in (staging, rejects):
                connection.execute(delete(table).where(table.c.run == run.id))
            connection.execute(update(ingest_runs).where(ingest_runs.c.id == run.id).values(state="refused"))
        lines = [
            f"{row.file}:{row.line}: {row.field + ': ' if row.field else ''}{row.reason}, got {row.value}"
            for row in rows
        ]
        more = f"\nand {run.rejected - len(rows)} more" if run.rejected > len(rows) else ""
        raise IngestError(f"{run.rejected} bad rows, nothing was changed (strict):\n" + "\n".join(lines) + more)

    def _tell(
        self, stage: str, done: int, total: int | None, started: float, *, before: int = 0, file: str = ""
    ) -> None:
        if self.progress is not None:
            rate = (done - before) / max(1e-9, time.perf_counter() - started)
            self.progress(Progress(stage, done, total, round(rate, 1), file))


def _inputs_key(paths: Sequence[Path], schema: Schema) -> str:
    """Return what an interrupted run is recognised by: the files (path, size, time of change) and the schema."""
    digest = sha256()
    for path in paths:
        try:
            state = path.stat()
        except OSError as error:
            raise IngestError(f"{path}: {error.strerror or error}") from error
        digest.update(f"{path.resolve()}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    digest.update(schema.model_dump_json().encode())
    return digest.hexdigest()


def _doubled(schema: Schema, name: str, file: str, line: int) -> dict[str, str]:
    where = f"line {line} of {file}" if line else "an earlier line"
    return {"field": schema.id, "reason": f"the id is taken by {where}", "value": name}


def _canonical(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _batches(derived: Iterable[tuple[str, Any]]) -> Iterator[list[tuple[str, Any]]]:
    batch: list[tuple[str, Any]] = []
    for pair in derived:
        batch.append(pair)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
