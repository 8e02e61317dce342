"""Numbered migrations: each brings the database from the number before to its own, once, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, inspect, select

from shortlist_tools.store import tables


@dataclass(frozen=True)
class Migration:
    """One step of the database's history; a released step never changes, a new one is appended."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _first_tables(connection: Connection) -> None:
    tables.metadata.create_all(connection)


def _context_of_events(connection: Connection) -> None:
    if "context" not in {column["name"] for column in inspect(connection).get_columns("events")}:
        connection.exec_driver_sql("ALTER TABLE events ADD COLUMN context JSON")


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first tables", _first_tables),
    Migration(2, "circumstances of events", _context_of_events),
)


def current(connection: Connection) -> int:
    """Return the number of the last migration applied, 0 for an empty database."""
    if not inspect(connection).has_table("migrations"):
        return 0
    return int(connection.execute(select(func.coalesce(func.max(tables.migrations.c.number), 0))).scalar_one())


def migrate(connection: Connection, steps: tuple[Migration, ...] = MIGRATIONS) -> list[int]:
    """Apply what is missing inside the caller's transaction and return the numbers applied."""
    if not inspect(connection).has_table("migrations"):
        tables.migrations.create(connection)
    done = current(connection)
    applied = []
    for step in steps:
        if step.number > done:
            step.apply(connection)
            row = {"number": step.number, "name": step.name, "applied": time.time()}
            connection.execute(insert(tables.migrations).values(row))
            applied.append(step.number)
    return applied
