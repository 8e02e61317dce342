"""Numbered migrations: each brings the database from the number before to its own, once, in one transaction."""

from __future__ import annotations

import secrets
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


def _rights(connection: Connection) -> None:
    """Consent by source, what must not be inferred, who did what, and erasures that survive a crash."""
    for table in (tables.forbidden, tables.erasing):
        table.create(connection, checkfirst=True)
    present = {name: {column["name"] for column in inspect(connection).get_columns(name)} for name in _CHANGED}
    if "source" not in present["consents"]:
        connection.exec_driver_sql("ALTER TABLE consents RENAME TO consents_before")
        tables.consents.create(connection)
        connection.exec_driver_sql(
            "INSERT INTO consents (user_id, purpose, source, granted, time) "
            "SELECT user_id, purpose, '*', granted, time FROM consents_before"
        )
        connection.exec_driver_sql("DROP TABLE consents_before")
    if "times" not in present["erasures"]:
        connection.exec_driver_sql("ALTER TABLE erasures ADD COLUMN times INTEGER NOT NULL DEFAULT 1")
    if "actor" not in present["audit"]:
        connection.exec_driver_sql("ALTER TABLE audit ADD COLUMN actor VARCHAR")
        connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS audit_of_user ON audit (user_hash)")
    known = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == USER_HASH_KEY))
    if known is None:
        # Made at once, so that a backup of any age hashes users as the list of erasures does.
        connection.execute(insert(tables.meta), [{"key": USER_HASH_KEY, "value": secrets.token_hex(32)}])


def _inferred(connection: Connection) -> None:
    tables.inferred.create(connection, checkfirst=True)


def _superseded(connection: Connection) -> None:
    tables.superseded.create(connection, checkfirst=True)


def _last_turns(connection: Connection) -> None:
    """Find a person's newest turns without reading every turn of theirs."""
    connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS last_turns_of_user ON turns (user_id, created)")
    connection.exec_driver_sql("DROP INDEX IF EXISTS turns_of_user")


_CHANGED = ("consents", "erasures", "audit")
USER_HASH_KEY = "user_hash_key"

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first tables", _first_tables),
    Migration(2, "circumstances of events", _context_of_events),
    Migration(3, "consents by source, forbidden inferences, erasures under way", _rights),
    Migration(4, "facts read from a user's own words", _inferred),
    Migration(5, "statements that newer ones took the place of", _superseded),
    Migration(6, "the newest turns of a person by their time", _last_turns),
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
