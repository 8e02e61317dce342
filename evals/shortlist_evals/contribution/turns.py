"""Turns as they were stored: the message, the reply, and the labels that a case gives, if it does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shortlist.reply import Reply
from shortlist_prompts.errors import CallerError


class RepliesError(CallerError):
    """Stored replies cannot be read; names the file and the turn."""


@dataclass(frozen=True)
class StoredTurn:
    """One turn.

    Attributes:
        conversation: Which conversation it belongs to.
        message: What was said.
        reply: What was answered.
        stated: Requirements that the case says were stated, as `{"field", "op", "value"}`; None where it does not say.
    """

    conversation: str
    message: str
    reply: Reply
    stated: tuple[dict[str, Any], ...] | None = None


def read_turns(source: Path) -> list[StoredTurn]:
    """Return the turns of `source`: a JSON file, a folder of them, or a database that conversations were held over.

    A JSON file holds an object with `turns` (also below `about` → `extra`), each with `message` and `reply`, and
    `stated` where the case is labelled; files of a folder without any are passed over.

    Raises:
        RepliesError: If nothing is there, or a turn cannot be used.
    """
    if source.is_dir():
        found = [turn for file in sorted(source.rglob("*.json")) for turn in _of_file(file, strict=False)]
    elif source.suffix == ".json":
        found = list(_of_file(source, strict=True))
    else:
        found = list(_of_database(source))
    if not found:
        raise RepliesError(f"{source}: no stored replies; give a JSON file or folder with turns, or a database")
    return found


def _of_file(file: Path, *, strict: bool) -> Iterator[StoredTurn]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RepliesError(f"{file}: cannot be read as JSON: {error}") from error
    turns = _turns_of(data)
    if turns is None:
        if strict:
            raise RepliesError(f"{file}: expected an object with `turns`")
        return
    for number, one in enumerate(turns, start=1):
        if isinstance(one, Mapping) and "reply" in one:
            yield _turn(f"{file.name}, turn {number}", file.stem, one)


def _turns_of(data: Any) -> list[Any] | None:
    if not isinstance(data, Mapping):
        return None
    extra = data.get("about", {}).get("extra", {}) if isinstance(data.get("about"), Mapping) else {}
    turns = data.get("turns", extra.get("turns"))
    return turns if isinstance(turns, list) else None


def _of_database(source: Path) -> Iterator[StoredTurn]:
    from sqlalchemy import select

    from shortlist_tools.store import Store, tables

    if not source.exists():
        raise RepliesError(f"{source}: there is no such file")
    table = tables.turns
    store = Store.open(source)
    try:
        with store.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.session_id, table.c.number)).mappings().all()
    finally:
        store.close()
    for row in rows:
        yield _turn(f"{source.name}, {row['session_id']}, turn {row['number']}", row["session_id"], dict(row))


def _turn(where: str, conversation: str, row: Mapping[str, Any]) -> StoredTurn:
    try:
        reply = Reply.model_validate(row["reply"])
        stated = row.get("stated")
        return StoredTurn(conversation, str(row["message"]), reply, None if stated is None else tuple(stated))
    except (ValidationError, KeyError, TypeError) as error:
        raise RepliesError(f"{where}: not a stored turn: {error}"[:400]) from error


def plain_value(value: Any) -> Any:
    """Return a value as two ledgers compare it: 300 is 300.0, and the order of a list says nothing."""
    if isinstance(value, list | tuple):
        return sorted(map(str, map(plain_value, value)))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
