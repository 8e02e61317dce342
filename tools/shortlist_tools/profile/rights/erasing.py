"""Erases a user everywhere: announced first, done in one transaction, swept from files, finished after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select

from shortlist_tools.profile.rights import audit
from shortlist_tools.profile.rights.erasure_list import (
    ErasureList,
    append_erasure,
    fingerprint,
    read_erasure_list,
)
from shortlist_tools.profile.rights.errors import ErasureError
from shortlist_tools.profile.rights.residues import files_of, find_residues, held_by_others, needles_of
from shortlist_tools.store import Store, belonging, personal_tables, tables


class Erased(BaseModel):
    """What an erasure did, and how it was proved.

    Attributes:
        rows: Rows deleted by table.
        searched: Files that were searched for what is known of the user.
        bytes: How many bytes they hold.
        needles: How many texts were looked for.
    """

    model_config = ConfigDict(frozen=True)

    rows: dict[str, int]
    searched: tuple[str, ...] = ()
    bytes: int = 0
    needles: int = 0


def erase_user(
    store: Store, user: str, now: float, places: Iterable[Path] = (), forget: Callable[[str], None] | None = None
) -> Erased:
    """Delete everything of `user` and prove it; `forget` clears what memory holds.

    First a record says that the erasure is under way, so that a process that dies in the middle is made up for when
    the store is next opened (`resume`). The rows go in one transaction, with the entry in the list of erasures.

    Raises:
        ErasureError: If the files could not be swept now, or bytes are still found; the erasure stays under way.
    """
    with store.write() as connection:
        hashed = audit.user_hash(connection, user)
        needles = needles_of(connection, user)
        connection.execute(delete(tables.erasing).where(tables.erasing.c.user_hash == hashed))
        connection.execute(insert(tables.erasing), [{"user_hash": hashed, "pending": user, "time": now}])
    rows = _delete_rows(store, user, now)
    if forget is not None:
        forget(user)
    _finish(store, hashed)
    files = files_of(store, places)
    _prove(store, hashed, files, needles)
    size = sum(path.stat().st_size for path in files if path.exists())
    return Erased(rows=rows, searched=tuple(str(path) for path in files), bytes=size, needles=len(needles))


def resume(store: Store, now: float) -> int:
    """Finish the erasures that a crash broke off and repeat those a restored backup does not know; return how many."""
    with store.read() as connection:
        pending = list(connection.execute(select(tables.erasing.c.user_hash, tables.erasing.c.pending)))
    for row in pending:
        if row.pending is not None:
            _delete_rows(store, row.pending, now)
        _finish(store, row.user_hash)
    return len(pending) + apply_list(store, read_erasure_list(store), now)


def apply_list(store: Store, erasures: ErasureList, now: float) -> int:
    """Erase again, in a restored backup, the users of `erasures` that it still holds; return how many there were."""
    table = tables.erasures
    with store.read() as connection:
        if not erasures.entries:
            return 0
        if erasures.key != fingerprint(connection):
            raise ErasureError(
                f"the list of erasures is not of {store.name}: its user ids were hashed with another key; "
                "restore a backup of this database, or erase these users by id"
            )
        known = {row.user_hash: int(row.times) for row in connection.execute(select(table))}
        missing = {one.user_hash: one for one in erasures.entries if one.times > known.get(one.user_hash, 0)}
        if not missing:
            return 0
        found = {
            hashed: user for user in users_of(connection) if (hashed := audit.user_hash(connection, user)) in missing
        }
    for hashed, user in found.items():
        _delete_rows(store, user, now, times=missing[hashed].times)
        _finish(store, hashed)
    with store.write() as connection:
        for hashed, one in missing.items():
            _enter(connection, hashed, one.time, one.times)
    return len(found)


def users_of(connection: Connection) -> set[str]:
    """Return every user id that any table holds."""
    found: set[str] = set()
    for table in personal_tables(tables.metadata):
        column = _user_column(table)
        found |= set(connection.scalars(select(column).where(column.is_not(None)).distinct()))
    return found


_TIMES = select(tables.erasures.c.times).where(tables.erasures.c.user_hash == bindparam("hashed"))


def times_erased(connection: Connection, user: str) -> int:
    """Return how often `user` was erased: a turn that began before the last time must not write after it."""
    return int(connection.scalar(_TIMES, {"hashed": audit.user_hash(connection, user)}) or 0)


def _delete_rows(store: Store, user: str, now: float, times: int | None = None) -> dict[str, int]:
    with store.write() as connection:
        hashed = audit.user_hash(connection, user)
        sessions = list(connection.scalars(select(tables.sessions.c.id).where(tables.sessions.c.user_id == user)))
        rows = {
            table.name: connection.execute(delete(table).where(_user_column(table) == user)).rowcount
            for table in personal_tables(tables.metadata)
        }
        for start in range(0, len(sessions), 500):
            of_session = delete(tables.turns).where(tables.turns.c.session_id.in_(sessions[start : start + 500]))
            rows["turns"] += connection.execute(of_session).rowcount
        count = times_erased(connection, user) + 1 if times is None else times
        _enter(connection, hashed, now, count)
        audit.blank(connection, hashed)
        audit.note(connection, user, "erase", now, None, **rows)
        append_erasure(store, connection, hashed, now, count)
        connection.execute(delete(tables.erasing).where(tables.erasing.c.user_hash == hashed))
        connection.execute(insert(tables.erasing), [{"user_hash": hashed, "pending": None, "time": now}])
    return rows


def _enter(connection: Connection, hashed: str, now: float, times: int) -> None:
    connection.execute(delete(tables.erasures).where(tables.erasures.c.user_hash == hashed))
    connection.execute(insert(tables.erasures), [{"user_hash": hashed, "time": now, "times": times}])


def _finish(store: Store, hashed: str) -> None:
    """Sweep the files, and only then forget that there is something to sweep."""
    if not store.sweep():
        raise ErasureError(
            f"the rows are deleted, but {store.name} is being read by another process and could not be rewritten; "
            "free pages may hold traces until it is opened the next time, which finishes the erasure"
        )
    with store.write() as connection:
        connection.execute(delete(tables.erasing).where(tables.erasing.c.user_hash == hashed))


def _prove(store: Store, hashed: str, files: list[Path], needles: dict[str, str]) -> None:
    residues = find_residues(files, needles)
    wanted = {one.what for one in residues}
    shared = {text for text, what in needles.items() if what in wanted and held_by_others(store, text)}
    own = {text: what for text, what in needles.items() if text not in shared}
    left = find_residues(files, own) if residues else []
    if not left:
        return
    with store.write() as connection:
        connection.execute(insert(tables.erasing), [{"user_hash": hashed, "pending": None, "time": 0.0}])
    where = "; ".join(sorted({f"{one.what} in {one.path}" for one in left}))
    raise ErasureError(f"the rows are deleted, but traces are left: {where}. Delete these files, or erase again")


def _user_column(table: Table) -> Column[str]:
    how = belonging(table)
    return table.c[how.user if how is not None else "user_id"]
