"""The audit log: who read or changed which part of whose profile, by a keyed hash of the user id."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, insert, select, update

from shortlist_tools.store import USER_HASH_KEY, tables

_ACTOR: ContextVar[str] = ContextVar("shortlist_actor", default="host")


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """Let everything inside be logged as done by `actor`: staff, a job, `user` for the person; no user id."""
    token = _ACTOR.set(actor)
    try:
        yield
    finally:
        _ACTOR.reset(token)


def user_hash(connection: Connection, user: str) -> str:
    """Return the HMAC-SHA256 of `user` under the store's own key: the same in a store and its backups, nowhere else."""
    return hmac.new(hash_key(connection), user.encode(), hashlib.sha256).hexdigest()


def hash_key(connection: Connection) -> bytes:
    """Return the key of user hashes, made by the migration that needs it."""
    found = _KEYS.get(connection.engine)
    if found is None:
        meta = tables.meta
        found = _KEYS[connection.engine] = str(
            connection.scalar(select(meta.c.value).where(meta.c.key == USER_HASH_KEY))
        ).encode()
    return found


_NOTE = insert(tables.audit)
_KEYS: WeakKeyDictionary[Engine, bytes] = WeakKeyDictionary()


def note(
    connection: Connection, user: str, action: str, now: float, actor: str | None = None, /, **detail: Any
) -> None:
    """Add one line to the log, in the caller's transaction; `detail` names fields and counts, never values."""
    row = {
        "time": now,
        "user_hash": user_hash(connection, user),
        "actor": actor or _ACTOR.get(),
        "action": action,
        "detail": detail,
    }
    connection.execute(_NOTE, [row])


def log_of(connection: Connection, user: str) -> list[dict[str, Any]]:
    """Return what was done with the profile of `user`, oldest first."""
    log = tables.audit
    columns = (log.c.time, log.c.actor, log.c.action, log.c.detail)
    query = select(*columns).where(log.c.user_hash == user_hash(connection, user)).order_by(log.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def blank(connection: Connection, hashed: str, keep: Mapping[str, Any] | None = None) -> None:
    """Take the details out of the log lines of an erased user: only time, actor and action stay."""
    log = tables.audit
    connection.execute(update(log).where(log.c.user_hash == hashed).values(detail=dict(keep or {})))
