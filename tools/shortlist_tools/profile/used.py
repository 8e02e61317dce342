"""The part of a profile that may be used: what the user lets be personalised by, without what was forbidden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from shortlist_tools.profile.events import Event
from shortlist_tools.profile.rights import (
    INFERRED,
    Consents,
    Forbidden,
    is_forbidden,
    permitted,
    read_consents,
    read_forbidden,
    sensitive,
)
from shortlist_tools.profile.summary import ProfileSummary
from shortlist_tools.store import tables

MOST_EVENTS = 2_000
"""The latest events of a user that the summary reads."""
CHAT = "chat"
_FACTS = (
    select(tables.facts.c.field, tables.facts.c.value, tables.facts.c.origin)
    .where(tables.facts.c.user_id == bindparam("user"))
    .order_by(tables.facts.c.field)
)


@dataclass(frozen=True)
class Used:
    """What may be used of one user; `mark` changes whenever it does.

    Attributes:
        user: The user's id.
        facts: Facts by field.
        consents: The user's answers.
        forbidden: What must not be concluded.
        count: How many events with items there are.
        newest: The time of the newest of them.
    """

    user: str
    facts: dict[str, Any]
    consents: Consents
    forbidden: Forbidden
    count: int
    newest: float | None

    @property
    def mark(self) -> tuple[Any, ...]:
        """A value that is another one when what may be used is."""
        answers = tuple(sorted(self.consents.answers.items()))
        return (self.count, self.newest, answers, tuple(sorted(self.forbidden, key=repr)))

    def events(self, connection: Connection) -> list[Event]:
        """Return the latest events with items that may be used, newest first."""
        if not self.count:
            return []
        rows = connection.execute(_queries(*_refused(self.consents)).events, {"user": self.user}).mappings()
        return [Event.model_validate({name: row[name] for name in Event.model_fields}) for row in rows]

    def without_forbidden(self, summary: ProfileSummary) -> ProfileSummary:
        """Return `summary` without affinities that are forbidden or tell what is sensitive."""
        kept = tuple(
            one
            for one in summary.affinities
            if not is_forbidden(one.field, one.value, self.forbidden) and sensitive(one.field, one.value) is None
        )
        return summary if len(kept) == len(summary.affinities) else summary.model_copy(update={"affinities": kept})


def used(connection: Connection, user: str) -> Used:
    """Read what may be used of `user` for personal recommendations."""
    consents, forbidden = read_consents(connection, user), read_forbidden(connection, user)
    # What was only said or searched for moves neither affinities nor what was seen.
    count, newest = 0, None
    if consents.may("personalise"):
        count, newest = connection.execute(_queries(*_refused(consents)).latest, {"user": user}).one()
    facts = _facts(connection, user, consents, forbidden) if consents.may("personalise", "facts") else {}
    return Used(user, facts, consents, forbidden, count, newest)


class _Queries(NamedTuple):
    """Over the events with items of `user` that may personalise: their count and newest time, and the newest."""

    latest: Select[Any, Any]
    events: Select[Any]


def _refused(consents: Consents) -> tuple[tuple[str, ...], bool]:
    """Return the kinds of events that must not personalise, and whether nothing said in chats may."""
    return consents.refused_kinds("personalise"), not consents.may("personalise", "chats")


@lru_cache(maxsize=256)
def _queries(kinds: tuple[str, ...], no_chats: bool) -> _Queries:
    """Return the queries for these refusals, built once: building one takes longer than running it."""
    events = tables.events
    conditions: list[ColumnElement[bool]] = [events.c.user_id == bindparam("user"), events.c.item_id.is_not(None)]
    if kinds:
        conditions.append(events.c.kind.not_in(kinds))
    if no_chats:
        conditions.append(or_(events.c.channel.is_(None), events.c.channel != CHAT))
    return _Queries(
        select(func.count(), func.max(events.c.time)).where(*conditions),
        select(events).where(*conditions).order_by(events.c.time.desc(), events.c.id).limit(MOST_EVENTS),
    )


def _facts(connection: Connection, user: str, consents: Consents, forbidden: Forbidden) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value, origin in connection.execute(_FACTS, {"user": user}):
        if origin not in INFERRED:
            found[field] = value
        elif consents.may("infer") and (left := permitted(field, value, forbidden)) is not None:
            found[field] = left
    return found
