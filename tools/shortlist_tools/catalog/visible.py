"""The visible catalog in the database: its schema, its version, and the one transaction that changes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update

from shortlist_tools.catalog.rows import content_hash
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.store import Store
from shortlist_tools.store.tables import ingest_runs, items, meta, rejects, staging

_SCHEMA = "catalog.schema"
_VERSION = "catalog.version"
_SUM = "catalog.sum"
_CHANGES = "catalog.changes"
_STEPS, _NAMED = 200, 2_000
_MODULUS = 1 << 64
_VALUE = select(meta.c.value).where(meta.c.key == bindparam("key"))


def read_meta(connection: Connection, key: str) -> Any:
    """Return a value of the meta table, or None."""
    return connection.scalar(_VALUE, {"key": key})


def write_meta(connection: Connection, key: str, value: Any) -> None:
    """Set a value of the meta table."""
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(insert(meta).values(key=key, value=value))


def read_version(connection: Connection) -> str:
    """Return the catalog's version: a digest of every item and the schema, `empty` before the first ingest."""
    return str(read_meta(connection, _VERSION) or "empty")


def noted_version(store: Store) -> str:
    """Return the catalog's version as `read_version` does, outside any transaction."""
    return str(store.note(_VERSION) or "empty")


def read_schema(connection: Connection) -> Schema:
    """Return the catalog's schema, an empty one before the first ingest."""
    data = read_meta(connection, _SCHEMA)
    return Schema.model_validate(data) if data is not None else Schema()


def write_schema(connection: Connection, schema: Schema) -> None:
    """Set the schema and the version that follows from it."""
    write_meta(connection, _SCHEMA, schema.model_dump(mode="json", exclude_defaults=True))
    _set_version(connection, int(read_meta(connection, _SUM) or "0", 16))


def digest(name: str, doc_hash: str, derived: str) -> int:
    """Return the part that one item has in the catalog's version."""
    return int.from_bytes(blake2b(f"{name}|{doc_hash}|{derived}".encode(), digest_size=8).digest())


def add_to_version(connection: Connection, plus: Iterable[int], minus: Iterable[int], names: Sequence[str]) -> str:
    """Change the version by what came (`plus`) and went (`minus`), noting which items changed; return the new one."""
    before = read_version(connection)
    total = int(read_meta(connection, _SUM) or "0", 16) + sum(plus) - sum(minus)
    known = read_meta(connection, _CHANGES) or []
    version = _set_version(connection, total % _MODULUS)
    changes = [*known, [before, version, list(names)]][-_STEPS:]
    while changes and sum(len(each[2]) for each in changes) > _NAMED:
        changes.pop(0)
    write_meta(connection, _CHANGES, changes)
    return version


def changes_since(connection: Connection, before: str, now: str) -> set[str] | None:
    """Return the ids of the items that changed between two versions, or None where that is not known any more."""
    changes = read_meta(connection, _CHANGES) or []
    starts = [number for number, (start, _, _) in enumerate(changes) if start == before]
    if not starts or changes[-1][1] != now:
        return None
    return {name for _, _, names in changes[starts[-1] :] for name in names}


def _set_version(connection: Connection, total: int) -> str:
    schema = read_meta(connection, _SCHEMA) or {}
    version = content_hash(f"{total:x}|{Schema.model_validate(schema).model_dump_json()}")[:12]
    write_meta(connection, _SUM, f"{total:x}")
    write_meta(connection, _VERSION, version)
    write_meta(connection, _CHANGES, [])
    return version


def switch(
    store: Store, run: str, claim: Callable[[Connection], None], schema: Schema, retire_missing: bool
) -> dict[str, int]:
    """Make a staged run visible, all of it or nothing; return how many items were added, updated, left and retired."""
    of_run = staging.c.run == run
    with store.write() as connection:
        claim(connection)
        known = select(items.c.id)
        same = (items.c.hash == staging.c.hash) & (items.c.derived == staging.c.derived)
        joined = staging.join(items, staging.c.id == items.c.id)
        count = select(func.count())
        staged = connection.execute(count.select_from(staging).where(of_run)).scalar_one()
        present = connection.execute(count.select_from(joined).where(of_run)).scalar_one()
        unchanged = connection.execute(
            count.select_from(joined).where(of_run, items.c.hash == staging.c.hash)
        ).scalar_one()
        changed = select(staging.c.id).select_from(joined).where(of_run, ~same)
        gone = items.c.id.not_in(select(staging.c.id).where(of_run)) if retire_missing else literal_column("1") == 0
        retired = connection.execute(count.select_from(items).where(gone)).scalar_one()
        connection.execute(delete(items).where(gone))
        connection.execute(delete(items).where(items.c.id.in_(changed)))
        columns = ["id", "hash", "doc", "derived"]
        new = select(*(staging.c[name] for name in columns)).where(of_run, staging.c.id.not_in(known))
        connection.execute(insert(items).from_select(columns, new))
        write_meta(connection, _SCHEMA, schema.model_dump(mode="json", exclude_defaults=True))
        rows = connection.execute(select(items.c.id, items.c.hash, items.c.derived))
        _set_version(connection, sum(digest(*row) for row in rows) % _MODULUS)
        counts = {"added": staged - present, "updated": present - unchanged, "unchanged": unchanged, "retired": retired}
        connection.execute(
            update(ingest_runs)
            .where(ingest_runs.c.id == run)
            .values(state="done", finished=time.time(), report=counts, progress=None)
        )
        for table in (staging, rejects):
            connection.execute(delete(table).where(table.c.run == run))
    return counts
