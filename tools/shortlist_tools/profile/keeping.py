"""Deep profiles kept current: rebuilt when events vanish, brought up to date when events come."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from shortlist_tools.catalog import Catalog
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile.builder import build, population_of, with_semantic
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.model import Identity, Profile, ProfileFact
from shortlist_tools.profile.population import Population, nobody
from shortlist_tools.profile.rights import (
    INFERRED,
    Consents,
    Forbidden,
    is_forbidden,
    read_consents,
    read_forbidden,
    refusals,
    sensitive,
)
from shortlist_tools.profile.semantic import Reading, read_texts
from shortlist_tools.profile.statistics import MOST_KEPT, Statistics
from shortlist_tools.store import Store, tables

KEPT_PEOPLE = 500
"""People whose statistics are held in memory, those used last."""
MOST_PEOPLE = 2_000
"""People that base rates are counted from, at most; every n-th where there are more."""
MOST_OF_ONE = 300
"""Events of one person that base rates read."""


@dataclass
class _Kept:
    ids: frozenset[str]
    statistics: Statistics


class Keeper:
    """Builds deep profiles from one store against one catalog. Nothing but memory is written.

    Args:
        store: Where events and facts are.
        catalog: The items they are about.
    """

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._population: Population | None = None

    def profile(self, user: str, now: float) -> Profile:
        """Return the profile of `user` as seen at `now` (Unix seconds), from what may be used to infer from.

        What the user forbade to conclude, and what is sensitive, is left out, and so is all that was concluded where
        the user does not want conclusions; what was stated stays where facts may personalise.
        """
        snapshot = self._catalog.snapshot()
        population = self.population()
        with self._store.read() as connection:
            consents, forbidden = read_consents(connection, user), read_forbidden(connection, user)
            stated = _stated(connection, user) if consents.may("personalise", "facts") else []
            with self._lock:
                statistics = self._statistics(connection, user, consents)
                profile = build(user, statistics, snapshot, population, now, stated)
                if statistics.total:
                    profile = with_semantic(profile, _semantic(connection, user, self._kept[user].ids))
        inferred = (fact for fact in profile.facts() if fact.origin in INFERRED)
        return profile.without(frozenset(fact.id for fact in inferred if _barred(fact, forbidden)))

    async def infer(self, user: str, model: Model, now: float, budget: Budget | None = None) -> Reading:
        """Let `model` read the user's own words, keep the facts they bear out, and return what was read.

        What was read before of other texts stays; the same fact read again is replaced.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ProviderError: If no usable answer came; then nothing is changed.
        """
        known = list(self.profile(user, now).facts())
        with self._lock:
            acts = list(self._kept[user].statistics.acts)
        reading = await read_texts(model, acts, known, budget)
        table = tables.inferred
        with self._store.write() as connection:
            consents, forbidden = read_consents(connection, user), read_forbidden(connection, user)
            written = [f"{user}:{fact.evidence[0]}" for fact in reading.facts]
            there = set(connection.scalars(select(tables.events.c.id).where(tables.events.c.id.in_(written))))
            facts = [
                fact
                for fact in reading.facts
                # Meanwhile the events may have been erased, or the user may have forbidden the conclusion.
                if f"{user}:{fact.evidence[0]}" in there and consents.may("infer") and not _barred(fact, forbidden)
            ]
            same = table.c.id.in_([fact.id for fact in facts])
            connection.execute(delete(table).where(table.c.user_id == user, same))
            rows = [{"user_id": user, "id": one.id, "fact": one.model_dump(mode="json"), "time": now} for one in facts]
            if rows:
                connection.execute(insert(table), rows)
        return Reading(tuple(facts), reading.dropped)

    def forget(self, user: str) -> None:
        """Hold nothing of `user` in memory any more."""
        with self._lock:
            self._kept.pop(user, None)

    def population(self) -> Population:
        """Return the snapshot of base rates in force; counted once, and anew when the catalog has changed."""
        found = self._population
        if found is None or found.version != self._catalog.snapshot().version:
            found = self.count_people()
        return found

    def count_people(self) -> Population:
        """Count the base rates over people anew and use them from now on."""
        snapshot = self._catalog.snapshot()
        if not len(snapshot):
            return nobody(snapshot)
        with self._store.read() as connection:
            self._population = population_of(snapshot, _people(connection, refusals(connection, "train")))
        return self._population

    def _statistics(self, connection: Connection, user: str, consents: Consents) -> Statistics:
        """Return the statistics of `user`: those kept with what came since, or new ones where events are gone."""
        events = tables.events
        rows = connection.execute(select(events.c.id, events.c.kind, events.c.channel).where(events.c.user_id == user))
        uses = ("personalise", "infer")
        ids = frozenset(row.id for row in rows if all(consents.may_event(use, row.kind, row.channel) for use in uses))
        kept = self._kept.pop(user, None)
        if kept is None or not kept.ids <= ids:
            kept = _Kept(frozenset(), Statistics())
        missing = ids - kept.ids
        if missing:
            for event in _events(connection, user, missing):
                kept.statistics.add(event)
            kept.ids = ids
        self._kept[user] = kept
        while len(self._kept) > KEPT_PEOPLE:
            self._kept.popitem(last=False)
        return kept.statistics


def _events(connection: Connection, user: str, ids: frozenset[str]) -> Iterator[Event]:
    events = tables.events
    if len(ids) <= MOST_KEPT:
        listed = sorted(ids)
        for start in range(0, len(listed), 500):
            chosen = select(events).where(events.c.id.in_(listed[start : start + 500]))
            yield from (_read(row) for row in connection.execute(chosen).mappings())
        return
    rows = connection.execute(select(events).where(events.c.user_id == user), execution_options={"yield_per": 5_000})
    yield from (_read(row) for row in rows.mappings() if row["id"] in ids)


def _stated(connection: Connection, user: str) -> list[dict[str, Any]]:
    facts = tables.facts
    columns = (facts.c.field, facts.c.value, facts.c.origin, facts.c.time)
    rows = connection.execute(select(*columns).where(facts.c.user_id == user).order_by(facts.c.field)).mappings()
    return [dict(row) for row in rows if row["origin"] not in INFERRED]


def _semantic(connection: Connection, user: str, ids: frozenset[str]) -> tuple[ProfileFact, ...]:
    """Return what a model read from events that are still there and may be used, the newest first."""
    table = tables.inferred
    facts = [
        ProfileFact.model_validate(one)
        for one in connection.scalars(select(table.c.fact).where(table.c.user_id == user))
    ]
    kept = [fact for fact in facts if fact.evidence and all(f"{user}:{name}" in ids for name in fact.evidence)]
    return tuple(sorted(kept, key=lambda fact: (-fact.last_seen, fact.field, str(fact.value))))


def _barred(fact: ProfileFact, forbidden: Forbidden) -> bool:
    """Whether a conclusion must not be drawn: the user forbade it, or it is sensitive."""
    tells = (*fact.interests, fact.recipient or "") if isinstance(fact, Identity) else ()
    return (
        is_forbidden(fact.field, fact.value, forbidden)
        or any(is_forbidden(one.split("=", 1)[0], one.split("=", 1)[1], forbidden) for one in tells if "=" in one)
        or sensitive(fact.field, [fact.value, *tells]) is not None
    )


def _people(connection: Connection, refused: Mapping[str, Consents]) -> Iterator[Iterator[Event]]:
    """Yield the latest events with items of each person, as many people as are counted and as far as they allow."""
    events = tables.events
    with_items = events.c.item_id.is_not(None)
    total = int(connection.scalar(select(func.count(func.distinct(events.c.user_id))).where(with_items)) or 0)
    users = connection.scalars(select(events.c.user_id).where(with_items).distinct().order_by(events.c.user_id)).all()
    step = max(1, -(-total // MOST_PEOPLE))
    chosen = list(users[::step])
    for start in range(0, len(chosen), 200):
        part = select(events).where(with_items, events.c.user_id.in_(chosen[start : start + 200]))
        rows = connection.execute(part.order_by(events.c.user_id, events.c.time, events.c.id)).mappings().all()
        for user, own in groupby(rows, key=lambda row: row["user_id"]):
            allowed = refused.get(user, Consents())
            latest = list(own)[-MOST_OF_ONE:]
            yield (_read(row) for row in latest if allowed.may_event("train", row["kind"], row["channel"]))


def _read(row: Any) -> Event:
    # What the store took was checked when it came; checking a million rows again would cost more than the counting.
    given = {name: row[name] for name in Event.model_fields}
    return Event.model_validate(given) if given["context"] is not None else Event.model_construct(**given)
