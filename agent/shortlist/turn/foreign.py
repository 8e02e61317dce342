"""A reply that somebody else gave: what the user was told, shown and asked in the place of our last reply."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.turn.run import MessageError, check_message, check_owner
from shortlist.turn.stages import change_session, load_session
from shortlist.turn.state import Exchange, Services, Session, TurnHost
from shortlist_tools.text import clean


async def note_reply(
    host: TurnHost, reply: str, items: Sequence[str], asked: Sequence[str], user: str | None, session_id: str
) -> None:
    """Let the session go on from a foreign reply; see `Recommender.note_reply`."""
    check_message(reply, user, session_id)
    services = host.services()
    _check_known(items, asked, services)
    async with host.turn_lock(session_id):
        session, _ = load_session(services, session_id, user)
        check_owner(session, user)
        change_session(services, session, instead(session, clean(reply), items, asked))


def instead(session: Session, reply: str, items: Sequence[str], asked: Sequence[str]) -> Session:
    """Return `session` as if `reply` had been given in the place of the last reply."""
    before, shown, fields = session.before, tuple(dict.fromkeys(items)), tuple(dict.fromkeys(asked))
    said = session.exchanges[-1].user if session.exchanges else ""
    focus = shown[0] if len(shown) == 1 else None if shown else before.focus
    return session.model_copy(
        update={
            "slate": shown or before.slate,
            "focus": focus,
            "offered": tuple(dict.fromkeys([*before.offered, *shown])),
            "asked": tuple(dict.fromkeys([*before.asked, *fields])),
            "pending": fields,
            "asking_turns": before.asking_turns + bool(fields),
            "confirming": None,
            "exchanges": (*session.exchanges[:-1], Exchange(user=said, reply=reply[:400])),
        }
    )


def _check_known(items: Sequence[str], asked: Sequence[str], services: Services) -> None:
    for item in items:
        if item not in services.snapshot.row_of:
            raise MessageError(f"items: no item of the catalog has the id {item!r:.60}")
    for field in asked:
        if services.schema.get(field) is None:
            raise MessageError(f"asked: no field of the catalog is called {field!r:.60}")
