"""Random things that hosts, users and conversations do to profiles, for the tests of erasure."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, update

from shortlist_tools.profile import Profiles
from shortlist_tools.store import Store, tables

NOW = 1_800_000_000.0
ITEMS = ("l1", "l2", "l3", "k1", "k2")


def marks(user: str) -> list[bytes]:
    """Return what must not be found in any file once `user` is erased: every text below holds one of them."""
    word = f"words-of-{user}"
    return [user.encode(), word.encode(), f"妈妈的{user}".encode(), word.encode("utf-16-le")]


def operate(store: Store, profiles: Profiles, user: str, number: int, seed: int) -> None:
    """Do `number` random operations of `user`."""
    rng = random.Random(seed)
    for step in range(number):
        words = f"words-of-{user} 妈妈的{user} {step} " + "x" * rng.choice((0, 40, 900, 9_000))
        choice = rng.randrange(9)
        if choice <= 1:
            kind = rng.choice(("viewed", "bought", "liked"))
            event = {
                "kind": kind,
                "item_id": rng.choice(ITEMS),
                "time": NOW - step,
                "text": words,
                "session": words[:60],
            }
            profiles.record(user, [event], source=f"import of {user}")
        elif choice == 2:
            profiles.record(user, [{"kind": "searched", "text": words, "time": NOW - step}])
        elif choice == 3:
            profiles.set(user, f"field{rng.randrange(5)}", rng.choice([words, [words, words], {words: 1}, None]))
        elif choice == 4:
            profiles.rights.forbid(user, f"field{rng.randrange(5)}", words)
        elif choice == 5:
            profiles.rights.consent(user, rng.choice(("train", "infer")), "views", rng.random() < 0.5)
        else:
            _talk(store, user, words, step, rng)


def _talk(store: Store, user: str, words: str, step: int, rng: random.Random) -> None:
    session = f"session-of-{user}-{rng.randrange(4)}"
    state: dict[str, Any] = {"exchanges": [words] * rng.randrange(1, 4)}
    with store.write() as connection:
        sessions, turns = tables.sessions, tables.turns
        values = {"user_id": user, "state": state, "turns": step, "updated": NOW}
        if connection.execute(update(sessions).where(sessions.c.id == session).values(**values)).rowcount == 0:
            connection.execute(insert(sessions), [{"id": session, **values}])
        row = {"session_id": session, "number": step, "key": words[:80], "user_id": user, "message": words}
        connection.execute(
            insert(turns), [{**row, "reply": {"message": words}, "trace": {"id": words[:50]}, "created": NOW}]
        )
        if rng.random() < 0.1:
            connection.execute(delete(turns).where(turns.c.user_id == user, turns.c.number < step - 20))


def found_in(folder: Path, user: str) -> list[str]:
    """Return the files below `folder` that hold a byte sequence of `user`."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(mark in path.read_bytes() for mark in marks(user))]


def rows_without_log(store: Store, user: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row of `user` by table."""
    from shortlist_tools.profile.rights.exporting import exported

    with store.read() as connection:
        return exported(connection, user)
