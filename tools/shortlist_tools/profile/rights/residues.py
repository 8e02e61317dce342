"""Searches files for bytes of a user: how an erasure proves that nothing is left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnClause, Connection, String, cast, func, inspect, or_, select, table
from sqlalchemy import column as column_of

from shortlist_tools.store import Store, tables

LEAST_BYTES = 8
"""Shorter texts stand in any file by chance."""
MOST_NEEDLES = 24
CHUNK = 4 << 20


class Residue(BaseModel):
    """Where a byte sequence of a user was found; `what` says which one without showing it."""

    model_config = ConfigDict(frozen=True)

    path: str
    offset: int
    what: str


def needles_of(connection: Connection, user: str, most: int = MOST_NEEDLES) -> dict[str, str]:
    """Return texts by which `user` would be known in a file: the id, ids of sessions and events, the longest words.

    Returns:
        What each is (`user id`, `session id`, `words` …), by text.
    """
    found = {user: "user id"}
    sessions, events, turns = tables.sessions, tables.events, tables.turns
    part = max(1, most // 4)
    queries = (
        ("session id", select(sessions.c.id).where(sessions.c.user_id == user)),
        ("event id", select(events.c.id).where(events.c.user_id == user)),
        ("message", select(turns.c.message).where(turns.c.user_id == user)),
        ("words", select(events.c.text).where(events.c.user_id == user, events.c.text.is_not(None))),
    )
    for what, query in queries:
        texts = sorted(set(connection.scalars(query.limit(1_000))), key=lambda text: (-len(text), text))
        found |= {text: what for text in texts[:part] if text not in found}
    return {text: what for text, what in found.items() if len(text.encode()) >= LEAST_BYTES}


def files_of(store: Store, places: Iterable[Path] = ()) -> list[Path]:
    """Return every file that could hold something: the database's own, and all below `places`."""
    file = store.file
    found = [] if file is None else [path for path in file.parent.glob(f"{file.name}*") if path.is_file()]
    for place in places:
        found += [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sorted(set(found))


def find_residues(paths: Iterable[Path], needles: dict[str, str]) -> list[Residue]:
    """Return the first place in each file of each of `needles`, as UTF-8, UTF-16 or escaped in JSON."""
    forms = [(form, what) for text, what in needles.items() for form in _forms(text)]
    return [residue for path in paths for residue in _in_file(path, forms)]


def held_by_others(store: Store, text: str) -> bool:
    """Return whether a row that is still there holds `text`: two people may use the same words."""
    with store.read() as connection:
        inspected = inspect(connection)
        for name in inspected.get_table_names():
            columns: list[ColumnClause[Any]] = [column_of(one["name"]) for one in inspected.get_columns(name)]
            inside = [func.instr(cast(one, String), form) > 0 for one in columns for form in {text, _escaped(text)}]
            if connection.execute(select(1).select_from(table(name)).where(or_(*inside)).limit(1)).first():
                return True
    return False


def _in_file(path: Path, forms: Sequence[tuple[bytes, str]]) -> Iterator[Residue]:
    longest = max((len(form) for form, _ in forms), default=0)
    left = dict(enumerate(forms))
    with path.open("rb") as file:
        start, tail = 0, b""
        while left and (chunk := file.read(CHUNK)):
            window = tail + chunk
            for number, (form, what) in list(left.items()):
                place = window.find(form)
                if place >= 0:
                    del left[number]
                    yield Residue(path=str(path), offset=start - len(tail) + place, what=what)
            start += len(chunk)
            tail = window[-longest:] if longest else b""


def _forms(text: str) -> list[bytes]:
    forms = [text.encode(), text.encode("utf-16-le"), _escaped(text).encode(), json.dumps(text)[1:-1].encode()]
    return list(dict.fromkeys(forms))


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
