"""The profiles of all users: events and facts with their sources, and the right to see, correct and erase them."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time as clock
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, func, insert, select

from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Catalog
from shortlist_tools.profile.events import Event, EventError, read_event
from shortlist_tools.profile.keeping import Keeper
from shortlist_tools.profile.model import Profile
from shortlist_tools.profile.summary import ProfileSummary, summarise
from shortlist_tools.store import Store, personal_tables, tables


class ProfileError(CallerError):
    """A user id, or a fact about a user, cannot be kept; it is named."""


MOST_EVENTS = 2_000
"""The latest events of a user that the summary reads."""
PERSONAL_TABLES = personal_tables(tables.metadata)


class Recorded(BaseModel):
    """What became of recorded events: `unknown_items` were kept, and are named."""

    model_config = ConfigDict(frozen=True)

    recorded: int
    duplicates: int
    unknown_items: tuple[str, ...] = ()


class Profiles:
    """Profiles in one store, read against one catalog.

    Args:
        store: Where they are kept.
        catalog: The items that events are about.
        clock: The present moment in Unix seconds: what was done long ago weighs less.
    """

    def __init__(self, store: Store, catalog: Catalog, clock: Callable[[], float] = clock.time) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._keeper = Keeper(store, catalog)
        self._summaries: dict[str, tuple[int | None, tuple[Any, ...], ProfileSummary]] = {}

    def record(self, user: str, events: Iterable[Event | Mapping[str, Any]], source: str = "host") -> Recorded:
        """Keep what `user` did; a repeated event is kept once.

        Raises:
            EventError: If an event cannot be read; it is named by its place, and none of the events is kept then.
            ProfileError: If `user` is no user id.
        """
        _check_user(user)
        given = _read_events(events)
        read = {event.id: event for event in given}
        known = self._catalog.snapshot().row_of
        with self._store.write() as connection:
            fresh = self.add_events(connection, user, list(read.values()), source)
        unknown = {event.item_id for event in read.values() if event.item_id and event.item_id not in known}
        return Recorded(recorded=fresh, duplicates=len(given) - fresh, unknown_items=tuple(sorted(unknown)))

    def add_events(self, connection: Connection, user: str, events: Sequence[Event], source: str) -> int:
        """Insert `events` inside the caller's transaction; return how many were new."""
        ids = [f"{user}:{event.id}" for event in events]
        present = set()
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            present |= set(connection.scalars(select(tables.events.c.id).where(tables.events.c.id.in_(part))))
        rows = [
            {"id": key, "user_id": user, "source": source, **event.model_dump()}
            for key, event in zip(ids, events, strict=True)
            if key not in present
        ]
        if rows:
            connection.execute(insert(tables.events), rows)
        return len(rows)

    def set(self, user: str, field: str, value: Any, source: str = "host") -> None:
        """Keep a fact about `user`, replacing what was known; a value of None forgets it.

        Raises:
            ProfileError: If `user` or `field` is empty, or `value` is no JSON value.
        """
        _check_user(user)
        if not field:
            raise ProfileError("a fact needs the name of a field")
        kept = _json_value(field, value)
        with self._store.write() as connection:
            self.set_fact(connection, user, field, kept, origin="stated" if source == "user" else "host", source=source)

    def set_fact(self, connection: Connection, user: str, field: str, value: Any, origin: str, source: str) -> None:
        """Keep a fact inside the caller's transaction."""
        facts = tables.facts
        connection.execute(delete(facts).where(facts.c.user_id == user, facts.c.field == field))
        if value is not None:
            row = {
                "user_id": user,
                "field": field,
                "value": value,
                "origin": origin,
                "source": source,
                "time": self._clock(),
            }
            connection.execute(insert(facts), [row])

    def correct(self, user: str, field: str, value: Any) -> None:
        """Replace a fact by what the user says it is."""
        self.set(user, field, value, source="user")

    def get(self, user: str) -> dict[str, Any]:
        """Return the facts of `user` with origin, source and time, the counts of events by kind, and the affinities."""
        with self._store.read() as connection:
            facts = [dict(row) for row in connection.execute(_facts_of(user)).mappings()]
            events = tables.events
            counted = select(events.c.kind, func.count()).where(events.c.user_id == user).group_by(events.c.kind)
            kinds = {str(kind): int(count) for kind, count in connection.execute(counted)}
        summary = self.summary(user)
        return {
            "user": user,
            "facts": facts,
            "events": kinds,
            "affinities": [one.model_dump(mode="json") for one in summary.affinities],
        }

    def summary(self, user: str | None, now: float | None = None) -> ProfileSummary:
        """Return what plan and ranking use; a guest and an unknown user have an empty one."""
        if user is None:
            return ProfileSummary()
        events = tables.events
        moment, now = self._store.moment(), self._clock() if now is None else now
        day = int(now // 86400)
        cached = self._summaries.get(user)
        if cached and moment is not None and cached[0] == moment and cached[1][0] == day:
            return cached[2]
        snapshot = self._catalog.snapshot()
        with self._store.read() as connection:
            facts = {row.field: row.value for row in connection.execute(_facts_of(user))}
            # What was only said or searched for moves neither affinities nor what was seen.
            with_items = (events.c.user_id == user, events.c.item_id.is_not(None))
            latest = select(func.count(), func.max(events.c.time)).where(*with_items)
            count, newest = connection.execute(latest).one()
            key = (day, count, newest, snapshot.version, json.dumps(facts, sort_keys=True, default=str))
            if cached and cached[1] == key:
                self._summaries[user] = (moment, *cached[1:])
                return cached[2]
            query = select(events).where(*with_items).order_by(events.c.time.desc(), events.c.id).limit(MOST_EVENTS)
            read = [
                Event.model_validate({name: row[name] for name in Event.model_fields})
                for row in connection.execute(query).mappings()
            ]
        summary = summarise(user, read, facts, snapshot, now)
        if len(self._summaries) > 1_000:
            self._summaries.clear()
        self._summaries[user] = (moment, key, summary)
        return summary

    def profile(self, user: str, now: float | None = None) -> Profile:
        """Return the deep profile of `user`, every fact with confidence, evidence and a sentence."""
        return self._keeper.profile(user, self._clock() if now is None else now)

    def count_people(self) -> None:
        """Count anew how people's attention spreads: the base rates that interests are held against."""
        self._keeper.count_people()

    def export(self, user: str) -> dict[str, Any]:
        """Return everything that is stored about `user`, as JSON types by table."""
        with self._store.read() as connection:
            return {
                table.name: [
                    dict(row) for row in connection.execute(select(table).where(table.c.user_id == user)).mappings()
                ]
                for table in PERSONAL_TABLES
            }

    def erase(self, user: str) -> dict[str, int]:
        """Delete everything stored about `user` and return the number of rows by table.

        The audit log and the list of erasures keep a keyed hash of the user id, nothing else.
        """
        with self._store.write() as connection:
            counts = {
                table.name: connection.execute(delete(table).where(table.c.user_id == user)).rowcount
                for table in PERSONAL_TABLES
            }
            hashed = hmac.new(_key(connection), user.encode(), hashlib.sha256).hexdigest()
            now = self._clock()
            connection.execute(delete(tables.erasures).where(tables.erasures.c.user_hash == hashed))
            connection.execute(insert(tables.erasures), [{"user_hash": hashed, "time": now}])
            entry = {"time": now, "user_hash": hashed, "action": "erase", "detail": counts}
            connection.execute(insert(tables.audit), [entry])
        self._summaries.pop(user, None)
        self._keeper.forget(user)
        return counts


def _check_user(user: str) -> None:
    if not isinstance(user, str) or not user:
        raise ProfileError(f"a profile belongs to a user id, a text that is not empty; got {user!r:.60}")


def _read_events(events: Iterable[Event | Mapping[str, Any]]) -> list[Event]:
    read = []
    for place, raw in enumerate(events):
        try:
            read.append(read_event(raw))
        except EventError as error:
            raise EventError(f"events[{place}]: {error}") from error
    return read


def _json_value(field: str, value: Any) -> Any:
    kept = sorted(value) if isinstance(value, set | frozenset) else value
    try:
        return json.loads(json.dumps(kept, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise ProfileError(
            f"fact {field!r}: {value!r:.60} is no JSON value; give text, a number, a flag or a list"
        ) from error


def _facts_of(user: str) -> Any:
    facts = tables.facts
    columns = (facts.c.field, facts.c.value, facts.c.origin, facts.c.source, facts.c.time)
    return select(*columns).where(facts.c.user_id == user).order_by(facts.c.field)


def _key(connection: Connection) -> bytes:
    """The key of user hashes: made once a store."""
    meta = tables.meta
    found = connection.scalar(select(meta.c.value).where(meta.c.key == "user_hash_key"))
    if found is None:
        found = secrets.token_hex(32)
        connection.execute(insert(meta), [{"key": "user_hash_key", "value": found}])
    return str(found).encode()
