"""The list of erasures beside the database: keyed hashes in a file that a restored backup does not overwrite."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, select

from shortlist_tools.profile.rights.audit import hash_key
from shortlist_tools.store import Store, tables

log = logging.getLogger("shortlist")
SUFFIX = ".erasures"


class ErasureEntry(BaseModel):
    """One erased user: the keyed hash of the id, when last (Unix seconds), and how often."""

    model_config = ConfigDict(frozen=True)

    user_hash: str
    time: float
    times: int


class ErasureList(BaseModel):
    """Erasures of one store; `key` tells the key of their hashes without giving it away."""

    model_config = ConfigDict(frozen=True)

    key: str
    entries: tuple[ErasureEntry, ...] = ()


def fingerprint(connection: Connection) -> str:
    """Return what tells one store's key of user hashes from another's."""
    return hashlib.sha256(hash_key(connection)).hexdigest()[:16]


def erasure_list(connection: Connection) -> ErasureList:
    """Return the erasures of this store, to keep with its backups."""
    table = tables.erasures
    rows = connection.execute(select(table.c.user_hash, table.c.time, table.c.times).order_by(table.c.user_hash))
    return ErasureList(
        key=fingerprint(connection), entries=tuple(ErasureEntry.model_validate(dict(row)) for row in rows.mappings())
    )


def append_erasure(store: Store, connection: Connection, hashed: str, now: float, times: int) -> None:
    """Add one entry to the file beside a SQLite database, on disk before the rows' deletion is committed."""
    path = list_file(store)
    if path is None:
        return
    line = {"key": fingerprint(connection), "user_hash": hashed, "time": now, "times": times}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_erasure_list(store: Store) -> ErasureList:
    """Return the entries of the file beside the database that are of its key; each user once, the latest.

    A line of another key belongs to a database that stood at this path before.
    """
    path = list_file(store)
    with store.read() as connection:
        key = fingerprint(connection)
    latest: dict[str, ErasureEntry] = {}
    for line in path.read_text("utf-8").splitlines() if path is not None and path.exists() else ():
        try:
            row = json.loads(line)
            entry = ErasureEntry.model_validate(row)
        except (ValueError, ValidationError):
            log.warning("%s holds a line that is no erasure; a write was broken off there", path)
            continue
        if row.get("key") == key and entry.times > (latest[entry.user_hash].times if entry.user_hash in latest else 0):
            latest[entry.user_hash] = entry
    return ErasureList(key=key, entries=tuple(latest.values()))


def list_file(store: Store) -> Path | None:
    """Return the file's path; None where a server keeps the database, whose operator carries `erasure_list` along."""
    return None if store.file is None else store.file.with_name(store.file.name + SUFFIX)
