"""What facts rest on: the events themselves, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.model import Profile
from shortlist_tools.profile.page.words import word
from shortlist_tools.profile.sentences import day
from shortlist_tools.store import Store, tables

MOST = 500


def evidence_of(store: Store, user: str, ids: Iterable[str]) -> dict[str, Event]:
    """Return those of the events `ids` of `user` that are still kept, by id."""
    events = tables.events
    keys = sorted({f"{user}:{name}" for name in ids})
    found: dict[str, Event] = {}
    with store.read() as connection:
        for start in range(0, len(keys), MOST):
            chosen = select(events).where(events.c.user_id == user, events.c.id.in_(keys[start : start + MOST]))
            for row in connection.execute(chosen).mappings():
                event = Event.model_validate({name: row[name] for name in Event.model_fields})
                found[row["id"].removeprefix(f"{user}:")] = event
    return found


def evidence_for(store: Store, profile: Profile) -> dict[str, Event]:
    """Return the events that the facts of `profile` rest on, by id."""
    return evidence_of(store, profile.user, (name for fact in profile.facts() for name in fact.evidence))


def event_said(event: Event, snapshot: Snapshot, language: str) -> str:
    """Return one event in words: when, what was done, with which item or in which words."""
    parts = [day(event.time, language), word(f"event.{event.kind}", language)]
    if event.item_id:
        parts.append(_title(event.item_id, snapshot, language))
    if event.text:
        text = event.text if len(event.text) <= 120 else f"{event.text[:117]}…"
        parts.append(f"“{text}”")
    if event.value is not None:
        parts.append(f"({event.value:g})")
    return " · ".join(parts[:2]) + ("：" if language == "zh" else ": ") + " ".join(parts[2:])


def told(ids: Iterable[str], events: Mapping[str, Event], snapshot: Snapshot, language: str) -> tuple[str, ...]:
    """Return those of the events `ids` that are kept in words, newest first."""
    kept = sorted((events[name] for name in ids if name in events), key=lambda event: -event.time)
    return tuple(event_said(event, snapshot, language) for event in kept)


def _title(item: str, snapshot: Snapshot, language: str) -> str:
    row = snapshot.row_of.get(item)
    if row is None:
        return word("unknown_item", language, id=item[:60])
    return snapshot.item(row).text(snapshot.schema.roles.get("title", ""), language) or item
