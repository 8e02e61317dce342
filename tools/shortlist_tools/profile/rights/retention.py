"""Deletes what has become too old to keep, and the conversations of those who let nothing be kept."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from shortlist_tools.profile.rights.consent import INFERRED, read_consents
from shortlist_tools.store import belonging, personal_tables, tables

DAY = 86_400.0


def delete_old(connection: Connection, before: float) -> dict[str, int]:
    """Delete the rows of every personal table older than `before` (Unix seconds); return how many by table.

    What a person stated, allowed or forbade has no age; what was concluded has.
    """
    counts: dict[str, int] = {}
    for table in personal_tables(tables.metadata):
        how = belonging(table)
        if how is not None and how.age is not None:
            counts[table.name] = connection.execute(delete(table).where(table.c[how.age] < before)).rowcount
    facts = tables.facts
    old = delete(facts).where(facts.c.time < before, facts.c.origin.in_(sorted(INFERRED)))
    counts["facts"] = connection.execute(old).rowcount
    counts["audit"] = connection.execute(delete(tables.audit).where(tables.audit.c.time < before)).rowcount
    return counts


def delete_passing(connection: Connection, now: float) -> int:
    """Delete sessions that ended a day ago of users who let no chat be kept; return how many.

    While such a conversation lasts its state must stand somewhere: it is not kept longer.
    """
    consents, sessions = tables.consents, tables.sessions
    refusing = (
        select(consents.c.user_id).where(consents.c.purpose == "record", consents.c.granted.is_(False)).distinct()
    )
    users = [
        user for user in connection.scalars(refusing) if not read_consents(connection, user).may("record", "chats")
    ]
    count = 0
    for user in users:
        old = delete(sessions).where(sessions.c.user_id == user, sessions.c.updated < now - DAY)
        count += connection.execute(old).rowcount
    return count
