"""Events of many people from CSV, JSONL or Parquet files into the store: checked row by row, kept batch by batch."""

from __future__ import annotations

import json
import time as clock
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Catalog
from shortlist_tools.catalog.files import read_rows
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.reading import RowError, RowReader
from shortlist_tools.profile.rights import Consents, read_consents
from shortlist_tools.store import Store, tables

BATCH = 5_000
SHOWN = 20
"""Bad rows, and unknown items, that the report itself names."""
MOST_UNKNOWN = 10_000
"""Different unknown items that are counted one by one."""
MOST_CONSENTS = 50_000


class BadRow(BaseModel):
    """A row that was left out: where it stands, which field is wrong, and why."""

    model_config = ConfigDict(frozen=True)

    file: str
    line: int
    field: str
    reason: str
    value: str = ""


class ImportProgress(BaseModel):
    """How far an import is: rows read of the file at hand, and events kept and rows rejected of all files so far."""

    model_config = ConfigDict(frozen=True)

    file: str
    rows: int
    recorded: int
    rejected: int


class ImportReport(BaseModel):
    """What became of the rows.

    Attributes:
        rows: Rows read.
        recorded: Events that are new.
        duplicates: Events that were known, or stood in the files before.
        rejected: Rows left out as they could not be used; `refused` those that the person does not let be kept.
        users: How many people they were of, as far as counted (at most 50,000).
        unknown_items: Items that the catalog does not have, by how many events; the events were kept.
        ignored: Columns that nothing was read from.
        bad: The first bad rows.
        rejects: The file that holds all of them, if one was asked for.
        seconds: Wall time.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    recorded: int
    duplicates: int
    rejected: int
    refused: int
    users: int
    unknown_items: dict[str, int]
    unknown_events: int
    ignored: tuple[str, ...]
    bad: tuple[BadRow, ...]
    rejects: str | None
    seconds: float


def import_events(
    store: Store,
    catalog: Catalog,
    *paths: str | Path,
    columns: Mapping[str, str] | None = None,
    zone: str = "UTC",
    source: str = "import",
    rejects: str | Path | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
    now: float | None = None,
) -> ImportReport:
    """Keep the events of `paths` (CSV, JSONL, JSON, Parquet; `.gz` may follow); importing again changes nothing.

    Every 5,000 rows are one transaction, so that memory stays bounded and a run that was killed is simply repeated.

    Args:
        store: Where they are kept.
        catalog: The items they are about; an event of an unknown item is kept and reported.
        paths: The files; every row names a person, a kind and a time.
        columns: Column by our name (`user`, `kind`, `item_id`, `time`, `value`, `text`, `channel`, `session`, `device`,
            `place`, `occasion`, `recipient`, `price`, `offset`), where a file calls it something unusual.
        zone: The time zone of times that name none, such as `Asia/Shanghai`.
        source: What the store notes as their source.
        rejects: A file for the rows left out, as JSONL with file, line, field, reason and value.
        progress: Called after every batch.
        now: The present moment in Unix seconds: nothing later has happened yet.

    Raises:
        CallerError: If no path is given, or `columns` or `zone` name something unknown.
        IngestError: If a file cannot be read at all.
    """
    if not paths:
        raise CallerError("no file of events to import: give at least one path")
    started = clock.time()
    reader = RowReader(columns or {}, zone, started if now is None else now)
    work = _Import(store, frozenset(catalog.snapshot().row_of), source)
    with ExitStack() as stack:
        out = _opened(rejects, stack)
        for path in map(Path, paths):
            read = 0
            for rows in _batches(path):
                read += len(rows)
                work.take(str(path.name), rows, reader, out)
                if progress is not None:
                    done = ImportProgress(file=path.name, rows=read, recorded=work.recorded, rejected=work.rejected)
                    progress(done)
    return ImportReport(
        rows=work.rows,
        recorded=work.recorded,
        duplicates=work.rows - work.recorded - work.rejected - work.refused,
        rejected=work.rejected,
        refused=work.refused,
        users=len(work.consents),
        unknown_items=dict(sorted(work.unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]),
        unknown_events=work.unknown_events,
        ignored=tuple(sorted(reader.ignored)),
        bad=tuple(work.bad),
        rejects=str(rejects) if rejects else None,
        seconds=round(clock.time() - started, 3),
    )


@dataclass
class _Import:
    """The running counts of one import."""

    store: Store
    known: frozenset[str]
    source: str
    rows: int = 0
    recorded: int = 0
    rejected: int = 0
    refused: int = 0
    unknown_events: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    consents: dict[str, Consents] = field(default_factory=dict)

    def take(self, file: str, rows: Sequence[Any], reader: RowReader, out: IO[str] | None) -> None:
        """Keep the rows of one batch that can be used."""
        read: dict[str, tuple[str, Event]] = {}
        for raw in rows:
            self.rows += 1
            if raw.values is None:
                self._reject(BadRow(file=file, line=raw.line, field="", reason=raw.problem, value=raw.text), out)
                continue
            try:
                user, event = reader.read(raw.values)
            except RowError as error:
                bad = BadRow(file=file, line=raw.line, field=error.field, reason=error.reason, value=error.value)
                self._reject(bad, out)
                continue
            read[f"{user}:{event.id}"] = (user, event)
        with self.store.write() as connection:
            kept = [
                {"id": key, "user_id": user, "source": self.source, **_columns(event)}
                for key, (user, event) in read.items()
                if self._may(connection, user, event)
            ]
            if kept:
                self.recorded += _insert_new(connection, tables.events, kept)

    def _may(self, connection: Connection, user: str, event: Event) -> bool:
        if user not in self.consents:
            if len(self.consents) >= MOST_CONSENTS:
                self.consents.clear()
            self.consents[user] = read_consents(connection, user)
        if not self.consents[user].may_event("record", event.kind, event.channel):
            self.refused += 1
            return False
        if event.item_id and event.item_id not in self.known:
            self.unknown_events += 1
            if event.item_id in self.unknown or len(self.unknown) < MOST_UNKNOWN:
                self.unknown[event.item_id] += 1
        return True

    def _reject(self, row: BadRow, out: IO[str] | None) -> None:
        self.rejected += 1
        if len(self.bad) < SHOWN:
            self.bad.append(row)
        if out is not None:
            out.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")


def _columns(event: Event) -> dict[str, Any]:
    found = {name: getattr(event, name) for name in Event.model_fields}
    if event.context is not None:
        found["context"] = event.context.model_dump()
    return found


def _insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert those of `rows` whose id is not there and return how many these were."""
    ids = [row["id"] for row in rows]
    present: set[str] = set()
    for start in range(0, len(ids), 500):
        present |= set(connection.scalars(select(table.c.id).where(table.c.id.in_(ids[start : start + 500]))))
    fresh = [row for row in rows if row["id"] not in present]
    if fresh:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), fresh)
    return len(fresh)


def _batches(path: Path) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in read_rows(path):
        batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _opened(rejects: str | Path | None, stack: ExitStack) -> IO[str] | None:
    if rejects is None:
        return None
    try:
        return stack.enter_context(Path(rejects).open("w", encoding="utf-8"))
    except OSError as error:
        raise CallerError(f"cannot write the file of rejected rows {rejects}: {error.strerror}") from error
