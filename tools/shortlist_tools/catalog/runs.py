"""One ingest under way: its staged items, where each file stands, what was refused; all of it survives a kill."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from shortlist_tools.catalog.errors import IngestError
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.rows import content_hash, decode, encode
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.tally import Tally
from shortlist_tools.store import Store
from shortlist_tools.store.tables import ingest_runs, rejects, staging

BATCH = 2_000
"""Rows that are staged in one transaction."""


@dataclass
class Run:
    """One ingest: what it has read so far, and the batch that is not staged yet."""

    store: Store
    id: str
    owner: str
    schema: Schema
    file: int = 0
    line: int = 0
    done: int = 0
    rejected: int = 0
    tally: Tally = _field(init=False)
    seen: dict[str, tuple[str, int]] = _field(default_factory=dict)
    good: list[dict[str, str]] = _field(default_factory=list)
    bad: list[dict[str, Any]] = _field(default_factory=list)

    def __post_init__(self) -> None:
        self.tally = Tally.of(self.schema)

    @classmethod
    def begin(cls, store: Store, paths: Sequence[Path], schema: Schema) -> Run:
        """Return the interrupted run over the same files and schema, or a new one; runs over any other are dropped.

        Raises:
            IngestError: If a file is missing.
        """
        key, owner = _inputs_key(paths, schema), uuid.uuid4().hex
        unfinished = ingest_runs.c.state == "staging"
        with store.write() as connection:
            other = unfinished & (ingest_runs.c.inputs != key)
            _clear(connection, select(ingest_runs.c.id).where(other))
            connection.execute(update(ingest_runs).where(other).values(state="dropped"))
            found = connection.execute(select(ingest_runs).where(unfinished, ingest_runs.c.inputs == key)).first()
            if found is None:
                run = cls(store, uuid.uuid4().hex, owner, schema)
                row = {"id": run.id, "inputs": key, "owner": owner, "state": "staging", "started": time.time()}
                connection.execute(insert(ingest_runs).values(row | {"progress": run._place()}))
                return run
            connection.execute(update(ingest_runs).where(ingest_runs.c.id == found.id).values(owner=owner))
        run = cls(store, found.id, owner, schema, **found.progress)
        for item in run.staged():
            run._note(item, "", 0)
        return run

    def keep(self, item: Item, file: str, line: int) -> None:
        """Stage an item that was read well."""
        self._note(item, file, line)
        doc = encode(item)
        self.good.append({"run": self.id, "id": item.id, "hash": content_hash(doc), "doc": doc, "derived": "{}"})

    def refuse(self, file: str, line: int, problem: dict[str, str]) -> None:
        """Note a bad row; `problem` has its field, reason and value."""
        self.rejected += 1
        self.bad.append({"run": self.id, "number": self.rejected, "file": file, "line": line, **problem})

    def doubled(self, item: Item) -> dict[str, str] | None:
        """Return the problem of an item whose id was read before, or None."""
        if item.id not in self.seen:
            return None
        file, line = self.seen[item.id]
        where = f"line {line} of {file}" if line else "an earlier line"
        return {"field": self.schema.id, "reason": f"the id is taken by {where}", "value": item.id}

    @property
    def is_full(self) -> bool:
        """Whether a batch is ready to be saved."""
        return len(self.good) + len(self.bad) >= BATCH

    def save(self) -> None:
        """Write the batch and the place it was read to, in one transaction."""
        with self.store.write() as connection:
            self.claim(connection)
            if self.good:
                connection.execute(insert(staging), self.good)
            if self.bad:
                connection.execute(insert(rejects), self.bad)
            connection.execute(update(ingest_runs).where(ingest_runs.c.id == self.id).values(progress=self._place()))
        self.good.clear()
        self.bad.clear()

    def claim(self, connection: Connection) -> None:
        """Make sure, inside a transaction, that no other process has begun an ingest since.

        Raises:
            IngestError: If one has; this run must not go on.
        """
        mine = (ingest_runs.c.id == self.id) & (ingest_runs.c.owner == self.owner) & (ingest_runs.c.state == "staging")
        if connection.execute(select(ingest_runs.c.id).where(mine)).first() is None:
            raise IngestError("another ingest into this database has begun since and has taken over; this one stops")

    def staged(self) -> Iterator[Item]:
        """Yield the staged items, by id."""
        statement = select(staging.c.id, staging.c.doc).where(staging.c.run == self.id).order_by(staging.c.id)
        with self.store.read() as connection:
            for row in connection.execute(statement, execution_options={"yield_per": BATCH}):
                yield decode(row.id, row.doc)

    def derive(self, derived: Iterable[tuple[str, Any]]) -> None:
        """Write derived values to the staged items of these ids."""
        statement = update(staging).where(staging.c.run == self.id, staging.c.id == bindparam("name"))
        statement = statement.values(derived=bindparam("text"))
        batch: list[dict[str, str]] = []
        for name, values in derived:
            batch.append({"name": name, "text": _canonical(values)})
            if len(batch) == BATCH:
                self._execute(statement, batch)
        self._execute(statement, batch)

    def refused(self, limit: int | None = None) -> list[dict[str, Any]]:
        """Return the first bad rows with file, line, field, reason and value."""
        statement = select(rejects).where(rejects.c.run == self.id).order_by(rejects.c.number).limit(limit)
        with self.store.read() as connection:
            rows = connection.execute(statement).mappings().all()
        return [{name: value for name, value in row.items() if name not in ("run", "number")} for row in rows]

    def drop(self) -> None:
        """Forget everything that was staged."""
        with self.store.write() as connection:
            _clear(connection, select(ingest_runs.c.id).where(ingest_runs.c.id == self.id))
            connection.execute(update(ingest_runs).where(ingest_runs.c.id == self.id).values(state="refused"))

    def _execute(self, statement: Any, batch: list[dict[str, str]]) -> None:
        if batch:
            with self.store.write() as connection:
                self.claim(connection)
                connection.execute(statement, batch)
            batch.clear()

    def _note(self, item: Item, file: str, line: int) -> None:
        self.seen[item.id] = (file, line)
        self.tally.add(item)

    def _place(self) -> dict[str, int]:
        return {"file": self.file, "line": self.line, "done": self.done, "rejected": self.rejected}


def _clear(connection: Connection, runs: Any) -> None:
    for table in (staging, rejects):
        connection.execute(delete(table).where(table.c.run.in_(runs)))


def _canonical(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
