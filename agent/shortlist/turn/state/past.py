"""What the last replies showed a person: read from the store once each, and kept in memory while it serves."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, tuple_

from shortlist_tools.store import Store, tables

from .session import Session

MOST_SLATES = 12
"""Slates that are looked back at, the newest."""
MOST_KEPT = 600
_TABLE = tables.turns
_KEYS = (_TABLE.c.session_id, _TABLE.c.number, _TABLE.c.created)
_OF_USER = _TABLE.c.user_id == bindparam("whose")
_OF_SESSION = _TABLE.c.session_id == bindparam("whose")
_REPLIES = select(_TABLE.c.session_id, _TABLE.c.number, _TABLE.c.reply).where(
    tuple_(_TABLE.c.session_id, _TABLE.c.number).in_(bindparam("keys", expanding=True))
)

Key = tuple[str, int, float]


def _newest(whose: Any) -> Select[Any]:
    return select(*_KEYS).where(whose).order_by(_TABLE.c.created.desc(), _TABLE.c.number.desc()).limit(MOST_SLATES)


_NEWEST_OF_USER, _NEWEST_OF_SESSION = _newest(_OF_USER), _newest(_OF_SESSION)


class Showing(NamedTuple):
    """What one reply showed: the parts of its items that are looked back at (`id`, `signals`, `moved`), and when."""

    items: tuple[dict[str, Any], ...]
    created: float


class Past:
    """The last replies of one store to each person. Which they are is asked each time, so that what is erased is gone.

    Args:
        store: Where turns are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[Key, tuple[dict[str, Any], ...]] = OrderedDict()
        self._lock = threading.Lock()

    def showings(self, session: Session) -> list[Showing]:
        """Return what the last replies to the person of `session` showed, newest first; those of a guest's session."""
        asked = _NEWEST_OF_SESSION if session.user is None else _NEWEST_OF_USER
        with self._store.read() as connection:
            newest = connection.execute(asked, {"whose": session.user or session.id}).all()
            keys: list[Key] = [(row.session_id, row.number, float(row.created)) for row in newest]
            with self._lock:
                found = {key: self._kept[key] for key in keys if key in self._kept}
            missing = {key[:2]: key for key in keys if key not in found}
            if missing:
                for session_id, number, reply in connection.execute(_REPLIES, {"keys": list(missing)}):
                    found[missing[session_id, number]] = _parts(reply)
        with self._lock:
            for key in keys:
                self._kept[key] = found[key]
                self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return [Showing(found[key], key[2]) for key in keys]

    def keep(self, session: str, number: int, created: float, reply: Mapping[str, Any]) -> None:
        """Hold what `reply`, just written as turn `number` of `session`, showed: it is looked back at next."""
        with self._lock:
            self._kept[session, number, created] = _parts(reply)

    def forget(self) -> None:
        """Hold nothing of anybody in memory any more."""
        with self._lock:
            self._kept.clear()


def _parts(reply: Any) -> tuple[dict[str, Any], ...]:
    items = reply["items"] if reply else ()
    return tuple({name: item.get(name) for name in ("id", "signals", "moved")} for item in items)
