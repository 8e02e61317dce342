"""What must never be concluded of a user: fields, or single values of fields, that the user forbade."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from shortlist_tools.profile.rights.consent import INFERRED
from shortlist_tools.store import tables

Forbidden = frozenset[tuple[str, str | None]]
"""Pairs of a field and one value, case folded; None forbids every value of the field."""


_FORBIDDEN = select(tables.forbidden.c.field, tables.forbidden.c.value).where(
    tables.forbidden.c.user_id == bindparam("user")
)


def read_forbidden(connection: Connection, user: str) -> Forbidden:
    """Return what `user` forbade."""
    rows = connection.execute(_FORBIDDEN, {"user": user})
    return frozenset((field, None if value is None else folded(value)) for field, value in rows)


def is_forbidden(field: str, value: Any, forbidden: Forbidden) -> bool:
    """Return whether `value` must not be concluded of `field`."""
    return bool(forbidden) and ((field, None) in forbidden or (field, folded(value)) in forbidden)


def permitted(field: str, value: Any, forbidden: Forbidden) -> Any:
    """Return `value` without its forbidden parts; None where nothing is left of it."""
    if not isinstance(value, list):
        return None if is_forbidden(field, value, forbidden) else value
    return [one for one in value if not is_forbidden(field, one, forbidden)] or None


def write_forbidden(connection: Connection, user: str, field: str, value: Any, now: float) -> int:
    """Keep that `user` forbids `value` of `field` and delete what was concluded; return how many facts went."""
    table = tables.forbidden
    key = hashlib.sha256(json.dumps([user, field, value], sort_keys=True).encode()).hexdigest()[:24]
    lift(connection, user, field, value)
    row = {"user_id": user, "key": key, "field": field, "value": value, "time": now}
    connection.execute(insert(table), [row])
    return _drop_facts(connection, user, field) + _drop_readings(connection, user)


def _drop_readings(connection: Connection, user: str) -> int:
    """Delete what a model read of the user and is forbidden now."""
    read, forbidden = tables.inferred, read_forbidden(connection, user)
    rows = connection.execute(select(read.c.id, read.c.fact).where(read.c.user_id == user))
    ids = [row.id for row in rows if is_forbidden(row.fact["field"], row.fact["value"], forbidden)]
    connection.execute(delete(read).where(read.c.user_id == user, read.c.id.in_(ids)))
    return len(ids)


def _drop_facts(connection: Connection, user: str, field: str) -> int:
    """Take out of the facts of one field what was concluded and is forbidden now."""
    facts = tables.facts
    of_field = (facts.c.user_id == user, facts.c.field == field)
    found = connection.execute(select(facts.c.value, facts.c.origin).where(*of_field)).first()
    if found is None or found.origin not in INFERRED:
        return 0
    left = permitted(field, found.value, read_forbidden(connection, user))
    if left == found.value:
        return 0
    if left is None:
        connection.execute(delete(facts).where(*of_field))
    else:
        connection.execute(facts.update().where(*of_field).values(value=left))
    return 1


def lift(connection: Connection, user: str, field: str, value: Any) -> int:
    """Allow again what was forbidden; return how many entries went."""
    table = tables.forbidden
    rows = connection.execute(select(table.c.key, table.c.value).where(table.c.user_id == user, table.c.field == field))
    keys = [row.key for row in rows if row.value == value or (value is not None and folded(row.value) == folded(value))]
    connection.execute(delete(table).where(table.c.user_id == user, table.c.key.in_(keys)))
    return len(keys)


def folded(value: Any) -> str:
    """Return `value` as it is compared."""
    return value.casefold().strip() if isinstance(value, str) else json.dumps(value, sort_keys=True)
