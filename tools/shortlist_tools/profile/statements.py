"""Statements that contradict each other: the newest is the fact, earlier ones are kept as its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from shortlist_tools.profile.rights import INFERRED
from shortlist_tools.store import tables


def supersede(connection: Connection, user: str, field: str, value: Any) -> None:
    """Take the fact of `field` away, to make room for `value`; what was stated otherwise goes into the history.

    A value of None takes the fact back: then its history goes too.
    """
    facts, before = tables.facts, tables.superseded
    of_field = (facts.c.user_id == user, facts.c.field == field)
    old = connection.execute(select(facts).where(*of_field)).mappings().first()
    connection.execute(delete(facts).where(*of_field))
    if value is None:
        connection.execute(delete(before).where(before.c.user_id == user, before.c.field == field))
    elif old is not None and old["value"] != value and old["origin"] not in INFERRED:
        connection.execute(insert(before), [dict(old)])


def earlier(connection: Connection, user: str, field: str) -> list[dict[str, Any]]:
    """Return what was stated of `field` before, oldest first."""
    table = tables.superseded
    columns = (table.c.value, table.c.origin, table.c.source, table.c.time)
    query = select(*columns).where(table.c.user_id == user, table.c.field == field).order_by(table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]
