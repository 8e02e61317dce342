"""Everything stored about a user as one JSON that a person can read: plain values, times as dates."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Float, LargeBinary, select

from shortlist_tools.store import belonging, personal_tables, tables

TIMES = frozenset({"time", "created", "updated", "first_seen", "last_seen", "expires"})


def exported(connection: Connection, user: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row about `user` by table, times as ISO 8601 in UTC, bytes (vectors) in hexadecimal."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in personal_tables(tables.metadata):
        how = belonging(table)
        column = table.c[how.user if how is not None else "user_id"]
        times = {one.name for one in table.c if isinstance(one.type, Float) and one.name in TIMES}
        blobs = {one.name for one in table.c if isinstance(one.type, LargeBinary)}
        rows = connection.execute(select(table).where(column == user).order_by(*table.primary_key.columns)).mappings()
        found[table.name] = [{name: _readable(name, row[name], times, blobs) for name in row} for row in rows]
    return found


def _readable(name: str, value: Any, times: set[str], blobs: set[str]) -> Any:
    if value is None:
        return None
    if name in times:
        return datetime.fromtimestamp(value, UTC).isoformat().replace("+00:00", "Z")
    return value.hex() if name in blobs else value
