"""What a user allows: for which purpose, from which source of data, and how personal the recommendations may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, bindparam, delete, insert, select

from shortlist_tools.profile.rights.errors import ProfileError
from shortlist_tools.store import tables

PURPOSES: tuple[str, ...] = ("record", "personalise", "infer", "train")
"""To keep it; to rank and speak by it; to draw conclusions from it; to fit what all users share."""
ANY = "*"
KINDS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chats": ("said",),
        "facts": (),
        "feedback": ("liked", "dismissed"),
        "purchases": ("added", "bought", "returned"),
        "ratings": ("rated", "reviewed"),
        "searches": ("searched",),
        "social": ("shared", "commented", "followed", "joined"),
        "views": ("viewed", "watched"),
    }
)
"""The sources of data, and the kinds of events that each gives; `facts` are what the host or the user says."""
SOURCES: tuple[str, ...] = tuple(KINDS_OF)
_SOURCE_OF = {kind: source for source, kinds in KINDS_OF.items() for kind in kinds}
GOING_ON = 3_600.0
"""Seconds after its last turn that a conversation may go on."""
CHAT = "chat"
"""The channel of what was done in a conversation: it comes from `chats` too."""
INFERRED = frozenset({"observed", "rule", "model"})
"""Origins of facts that nobody stated."""


class Consents(BaseModel):
    """A user's answers by (purpose, source); what was not asked is allowed.

    An answer for one source goes before one for all.
    """

    model_config = ConfigDict(frozen=True)

    answers: dict[tuple[str, str], bool] = {}

    def may(self, purpose: str, source: str = ANY) -> bool:
        """Return whether data of `source` may be used for `purpose`; with `*`, whether any may."""
        if source == ANY:
            return any(self.may(purpose, one) for one in SOURCES)
        return self.answers.get((purpose, source), self.answers.get((purpose, ANY), True))

    def may_event(self, purpose: str, kind: str, channel: str | None) -> bool:
        """Return whether an event of `kind` may be used: what was done in a chat needs `chats` too."""
        return all(self.may(purpose, source) for source in sources_of(kind, channel))

    def refused_kinds(self, purpose: str) -> tuple[str, ...]:
        """Return the kinds of events that may not be used for `purpose`."""
        return tuple(kind for kind, source in _SOURCE_OF.items() if not self.may(purpose, source))

    @property
    def level(self) -> int:
        """The most personal level allowed: 0 nothing kept, 1 this session, 2 observed behaviour, 3 inferred facts."""
        for level, purpose in enumerate(("record", "personalise", "infer")):
            if not self.may(purpose):
                return level
        return 3


class Level(BaseModel):
    """How personal recommendations are: at most what the user allows and what evidence supports."""

    model_config = ConfigDict(frozen=True)

    allowed: int
    supported: int

    @property
    def effect(self) -> int:
        """The level in effect."""
        return min(self.allowed, self.supported)


def sources_of(kind: str, channel: str | None) -> tuple[str, ...]:
    """Return the sources an event of `kind` comes from."""
    own = _SOURCE_OF.get(kind, "feedback")
    return (own, "chats") if channel == CHAT and own != "chats" else (own,)


_ANSWERS = select(tables.consents.c.purpose, tables.consents.c.source, tables.consents.c.granted).where(
    tables.consents.c.user_id == bindparam("user")
)


def read_consents(connection: Connection, user: str) -> Consents:
    """Return the answers of `user`."""
    rows = connection.execute(_ANSWERS, {"user": user})
    return Consents(answers={(purpose, source): bool(granted) for purpose, source, granted in rows})


def refusals(connection: Connection, purpose: str) -> dict[str, Consents]:
    """Return the consents of every user who refused something of `purpose`: what is fitted on all users asks here."""
    table = tables.consents
    query = select(table.c.user_id).where(table.c.purpose == purpose, table.c.granted.is_(False)).distinct()
    return {user: read_consents(connection, user) for user in connection.scalars(query)}


def write_consent(connection: Connection, user: str, purpose: str, source: str, granted: bool, now: float) -> None:
    """Keep one answer; an answer for all sources replaces those for single ones."""
    table = tables.consents
    this = (table.c.user_id == user, table.c.purpose == purpose)
    connection.execute(delete(table).where(*this, *(() if source == ANY else (table.c.source == source,))))
    row = {"user_id": user, "purpose": purpose, "source": source, "granted": granted, "time": now}
    connection.execute(insert(table), [row])


def drop_refused(connection: Connection, user: str, consents: Consents, now: float) -> int:
    """Delete what is kept of `user` and may not be kept any more; return the number of rows.

    A conversation that goes on keeps its state; `retention.delete_passing` takes it when it is over.
    """
    events, facts = tables.events, tables.facts
    count = 0
    if kinds := consents.refused_kinds("record"):
        count += connection.execute(delete(events).where(events.c.user_id == user, events.c.kind.in_(kinds))).rowcount
    if not consents.may("record", "chats"):
        talked = delete(events).where(events.c.user_id == user, events.c.channel == CHAT)
        count += connection.execute(talked).rowcount
        turns, sessions = tables.turns, tables.sessions
        count += connection.execute(delete(turns).where(turns.c.user_id == user)).rowcount
        over = delete(sessions).where(sessions.c.user_id == user, sessions.c.updated < now - GOING_ON)
        count += connection.execute(over).rowcount
    if not consents.may("record", "facts"):
        for said in (facts, tables.superseded):
            count += connection.execute(delete(said).where(said.c.user_id == user)).rowcount
    elif not consents.may("infer"):
        inferred = delete(facts).where(facts.c.user_id == user, facts.c.origin.in_(sorted(INFERRED)))
        count += connection.execute(inferred).rowcount
    if not all(consents.may(purpose, source) for purpose in ("record", "infer") for source in SOURCES):
        # What a model read may rest on any source: it is read again from what is left.
        read = tables.inferred
        count += connection.execute(delete(read).where(read.c.user_id == user)).rowcount
    return count


def check_consent(purpose: str, source: str) -> None:
    """Raise ProfileError if there is no such purpose or source."""
    _check("purpose", purpose, PURPOSES)
    _check("source", source, (ANY, *SOURCES))


def _check(name: str, given: str, known: Iterable[str]) -> None:
    if given not in tuple(known):
        raise ProfileError(f"{name} {given!r:.60} is not known; there are: {', '.join(known)}")
