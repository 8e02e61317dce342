"""The profiles of all users: events and facts with their sources, and the right to see, correct and erase them."""

from __future__ import annotations

import json
import time as clock
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, bindparam, func, insert, select

from shortlist_tools.catalog import Catalog
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile.events import Event, EventError, read_event
from shortlist_tools.profile.importing import ImportProgress, ImportReport, import_events
from shortlist_tools.profile.keeping import Keeper
from shortlist_tools.profile.model import Profile
from shortlist_tools.profile.population import Population
from shortlist_tools.profile.rights import ProfileError, Rights, check_user, read_consents, times_erased
from shortlist_tools.profile.segments import segment_people, stored_segments, with_segment
from shortlist_tools.profile.segments.build import FEW, Grouping
from shortlist_tools.profile.semantic import Reading
from shortlist_tools.profile.statements import earlier, supersede
from shortlist_tools.profile.summary import ProfileSummary, summarise
from shortlist_tools.profile.tastes import with_stated
from shortlist_tools.profile.used import used
from shortlist_tools.store import Store, personal_tables, tables

PERSONAL_TABLES = personal_tables(tables.metadata)
_PRESENT = select(tables.events.c.id).where(tables.events.c.id.in_(bindparam("ids", expanding=True)))
_ADD_EVENTS = insert(tables.events)
_ERASURES = select(func.count(), func.sum(tables.erasures.c.times))


class Recorded(BaseModel):
    """What became of recorded events: `unknown_items` were kept, and are named; `refused` may not be kept."""

    model_config = ConfigDict(frozen=True)

    recorded: int
    duplicates: int
    refused: int = 0
    unknown_items: tuple[str, ...] = ()


class Profiles:
    """Profiles in one store, read against one catalog.

    Args:
        store: Where they are kept.
        catalog: The items that events are about.
        clock: The present moment in Unix seconds: what was done long ago weighs less.
        places: Files and directories beside the database that an erasure searches too: indexes, logs.

    Attributes:
        rights: Consent, forbidding, export, erasure, retention and the audit log.
    """

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        clock: Callable[[], float] = clock.time,
        places: Sequence[Path] = (),
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._erasures: Any = None
        self.rights = Rights(store, clock, places)
        self.rights.when_erased(self._forget)
        self._keeper = Keeper(store, catalog)
        self._summaries: dict[str, tuple[int | None, tuple[Any, ...], ProfileSummary]] = {}

    def record(self, user: str, events: Iterable[Event | Mapping[str, Any]], source: str = "host") -> Recorded:
        """Keep what `user` did and lets be kept; a repeated event is kept once.

        Raises:
            EventError: If an event cannot be read; it is named by its place, and none of the events is kept then.
            ProfileError: If `user` is no user id.
        """
        check_user(user)
        given = _read_events(events)
        read = {event.id: event for event in given}
        known = self._catalog.snapshot().row_of
        with self._store.write() as connection:
            kept = self.permitted_events(connection, user, list(read.values()))
            fresh = self.add_events(connection, user, kept, source)
        refused = len(read) - len(kept)
        unknown = {event.item_id for event in read.values() if event.item_id and event.item_id not in known}
        return Recorded(
            recorded=fresh,
            duplicates=len(given) - refused - fresh,
            refused=refused,
            unknown_items=tuple(sorted(unknown)),
        )

    def import_events(
        self,
        *paths: str | Path,
        columns: Mapping[str, str] | None = None,
        zone: str = "UTC",
        rejects: str | Path | None = None,
        progress: Callable[[ImportProgress], None] | None = None,
    ) -> ImportReport:
        """Keep the events of files of many people, as `importing.import_events` describes, and count people anew."""
        report = import_events(
            self._store,
            self._catalog,
            *paths,
            columns=columns,
            zone=zone,
            rejects=rejects,
            progress=progress,
            now=self._clock(),
        )
        if report.recorded:
            self.count_people()
        return report

    def permitted_events(self, connection: Connection, user: str, events: Sequence[Event]) -> list[Event]:
        """Return those of `events` that `user` lets be kept."""
        consents = read_consents(connection, user)
        return [one for one in events if consents.may_event("record", one.kind, one.channel)]

    def add_events(self, connection: Connection, user: str, events: Sequence[Event], source: str) -> int:
        """Insert `events` inside the caller's transaction; return how many were new."""
        ids = [f"{user}:{event.id}" for event in events]
        present = set()
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            present |= set(connection.scalars(_PRESENT, {"ids": part}))
        rows = [
            {"id": key, "user_id": user, "source": source, **event.model_dump()}
            for key, event in zip(ids, events, strict=True)
            if key not in present
        ]
        if rows:
            connection.execute(_ADD_EVENTS, rows)
        return len(rows)

    def set(self, user: str, field: str, value: Any, source: str = "host") -> None:
        """Keep a fact about `user`, replacing what was known; a value of None forgets it.

        Raises:
            ProfileError: If `user` or `field` is empty, or `value` is no JSON value.
        """
        check_user(user)
        if not field:
            raise ProfileError("a fact needs the name of a field")
        kept = _json_value(field, value)
        with self._store.write() as connection:
            self.set_fact(connection, user, field, kept, origin="stated" if source == "user" else "host", source=source)
            self.rights.log(connection, user, "set", field=field, source=source)

    def set_fact(self, connection: Connection, user: str, field: str, value: Any, origin: str, source: str) -> None:
        """Keep a fact inside the caller's transaction, as far as `user` lets it be kept."""
        value = self.rights.may_keep(connection, user, field, value, origin)
        supersede(connection, user, field, value)
        if value is not None:
            row = {"field": field, "value": value, "origin": origin, "source": source, "time": self._clock()}
            connection.execute(insert(tables.facts), [{"user_id": user, **row}])

    def correct(self, user: str, field: str, value: Any) -> None:
        """Replace a fact by what the user says it is."""
        self.set(user, field, value, source="user")

    def history(self, user: str, field: str) -> list[dict[str, Any]]:
        """Return what was said of `field` before the present fact, oldest first: value, origin, source and time."""
        with self._store.read() as connection:
            return earlier(connection, user, field)

    def get(self, user: str) -> dict[str, Any]:
        """Return the facts of `user` with origin, source and time, the counts of events by kind, and the affinities."""
        with self._store.read() as connection:
            facts = [dict(row) for row in connection.execute(_facts_of(user)).mappings()]
            events = tables.events
            counted = select(events.c.kind, func.count()).where(events.c.user_id == user).group_by(events.c.kind)
            kinds = {str(kind): int(count) for kind, count in connection.execute(counted)}
        self.rights.note(user, "read")
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
        moment, now = self._store.moment(), self._clock() if now is None else now
        cached = self._summaries.get(user)
        if cached and moment is not None and cached[0] == moment and cached[1][0] == int(now // 86400):
            return cached[2]
        with self._store.read() as connection:
            return self.summary_within(connection, user, moment, now)

    def summary_within(
        self, connection: Connection, user: str, moment: int | None, now: float | None = None
    ) -> ProfileSummary:
        """Return `summary`, read in the caller's transaction, which began after the store's `moment` was asked for."""
        now = self._clock() if now is None else now
        cached, snapshot = self._summaries.get(user), self._catalog.snapshot()
        self._follow_erasures(connection)
        found = used(connection, user)
        facts = json.dumps(found.facts, sort_keys=True, default=str)
        key = (int(now // 86400), *found.mark, snapshot.version, facts)
        if cached and cached[1] == key:
            self._summaries[user] = (moment, *cached[1:])
            return cached[2]
        read = found.events(connection)
        segments = stored_segments(self._store) if found.count < FEW and found.consents.level >= 2 else None
        summary = with_stated(found.without_forbidden(summarise(user, read, found.facts, snapshot, now)))
        summary = with_segment(summary, segments)
        if len(self._summaries) > 1_000:
            self._summaries.clear()
        self._summaries[user] = (moment, key, summary)
        return summary

    def profile(self, user: str, now: float | None = None) -> Profile:
        """Return the deep profile of `user`, every fact with confidence, evidence and a sentence."""
        return self._keeper.profile(user, self._clock() if now is None else now)

    async def infer(self, user: str, model: Model, budget: Budget | None = None) -> Reading:
        """Let `model` read the user's own words and keep the facts that they bear out, as part of the profile.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ProviderError: If no usable answer came; then nothing is changed.
        """
        check_user(user)
        return await self._keeper.infer(user, model, self._clock(), budget)

    def base_rates(self) -> Population:
        """Return the snapshot of base rates over people that profiles are built against."""
        return self._keeper.population()

    def segment(self, ids: Sequence[str] | None = None, matrix: Any = None, k: int | None = None) -> Grouping:
        """Group all people anew, as `segments.segment_people` describes; newcomers borrow from the groups then."""
        found = segment_people(self._store, self._catalog.snapshot(), self._clock(), ids, matrix, k)
        self._summaries.clear()
        return found

    def count_people(self) -> None:
        """Count anew how people's attention spreads: the base rates that interests are held against."""
        self._keeper.count_people()

    def export(self, user: str) -> dict[str, Any]:
        """Return everything that is stored about `user`, as JSON types by table; times as ISO 8601."""
        return self.rights.export(user)

    def erase(self, user: str) -> dict[str, int]:
        """Delete everything stored about `user`, prove it, and return the number of rows by table.

        The audit log and the list of erasures keep a keyed hash of the user id, nothing else.

        Raises:
            ErasureError: If something is left in a file.
        """
        return self.rights.erase(user).rows

    def times_erased(self, connection: Connection, user: str | None) -> int:
        """Return how often `user` was erased: what began before the last time must not be written after it."""
        return 0 if user is None else times_erased(connection, user)

    def _forget(self, user: str) -> None:
        self._summaries.pop(user, None)
        self._keeper.forget(user)

    def _follow_erasures(self, connection: Connection) -> None:
        """Forget all summaries when another process has erased somebody."""
        now = tuple(connection.execute(_ERASURES).one())
        if self._erasures not in (None, now):
            self._summaries.clear()
        self._erasures = now


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
