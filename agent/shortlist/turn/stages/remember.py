"""Stage 7, remember: the turn's record, the session, events and confirmed facts, in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from shortlist.decision import Decision
from shortlist.reader import BETWEEN
from shortlist.reply import Reply
from shortlist.turn.answers import singled_after, taken_after, taken_up
from shortlist.turn.state import Exchange, Services, Session, Shown, rejected
from shortlist.turn.wishes import sought_after
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Consents, Event, read_consents
from shortlist_tools.store import Store, tables

MOST_SLATES = 4
"""So many of the last slates are kept beside the first."""
MOST_OF_A_NEED = 120
"""Characters that are kept of the words that opened a wish."""
_SESSIONS = tables.sessions
_STATE = select(_SESSIONS.c.state).where(_SESSIONS.c.id == bindparam("session"))
_TURNS = select(_SESSIONS.c.turns).where(_SESSIONS.c.id == bindparam("session"))
_ADD_TURN = insert(tables.turns)
_ADD_SESSION = insert(_SESSIONS)
_CHANGE_SESSION = update(_SESSIONS).where(_SESSIONS.c.id == bindparam("session"))


class SessionBusyError(CallerError):
    """Another process answered a turn of this session meanwhile; read the session again and resend the message."""


def next_session(
    session: Session,
    plan: TurnPlan,
    decision: Decision,
    ledger: Sequence[Requirement],
    query: str,
    reply: Reply,
    message: str,
    snapshot: Snapshot,
) -> Session:
    """Return the session after this turn."""
    shown = tuple(item.id for item in reply.items)
    one = len(shown) == 1 or decision.inquiry == "pick"
    # "Do you have it in red?" goes on with the red one.
    another = decision.kind == "recommend" and len(shown) == 1
    single = plan.about if len(plan.about) == 1 and not another else shown[:1] if one else ()
    focus = single[0] if single else None
    exchange = Exchange(user=message[:400], reply=reply.message[:400])
    return session.model_copy(
        update={
            "turns": reply.turn,
            "language": reply.language,
            "ledger": tuple(ledger),
            "query": query,
            "need": _need(session, plan, decision, message),
            "slate": shown if _opens_a_slate(decision, shown, session) else session.slate,
            "focus": focus,
            "slates": _recommended(decision, shown, session, reply.turn),
            "told": decision.kind,
            "offered": tuple(dict.fromkeys([*session.offered, *shown])),
            "lead": shown[0] if shown and (decision.kind == "recommend" or decision.best) else session.lead,
            "compared": _compared(decision, shown, session),
            "singled": singled_after(decision, shown, session),
            "taken": taken_after(plan, ledger, session, snapshot),
            "turned_down": tuple(dict.fromkeys([*session.turned_down, *rejected(plan, session)])),
            "asked": tuple(dict.fromkeys([*session.asked, *decision.ask])),
            "pending": decision.ask,
            "asking_turns": session.asking_turns + bool(decision.ask),
            "confirming": decision.confirm,
            "confirmations": session.confirmations + bool(decision.confirm),
            "exchanges": (*session.exchanges, exchange)[-2:],
            "unheard": tuple(dict.fromkeys([*session.unheard, *filter(None, decision.unheard.lower().split(BETWEEN))])),
            "sought": sought_after(decision, plan, session),
            "before": session.seen(),
            "owed": {**session.owed, **decision.owed},
        }
    )


def _recommended(decision: Decision, shown: tuple[str, ...], session: Session, turn: int) -> tuple[Shown, ...]:
    """Return what was recommended together until now: the first slate, and the last few."""
    slates = session.slates
    if decision.kind != "recommend" or not shown or any(one.ids == shown for one in slates[-1:]):
        return slates
    return (*slates[:1], *slates[1:][1 - MOST_SLATES :], Shown(turn=turn, ids=shown))


def _need(session: Session, plan: TurnPlan, decision: Decision, message: str) -> str:
    """Return the words that opened the wish that is sought from now on, where the ledger does not say all of them."""
    if plan.intent == "reset":
        return ""
    if plan.intent != "find" or plan.inquiry or decision.kind in ("answer", "chat"):
        return session.need
    said = {word for edit in plan.edits for word in edit.quote.lower().split() if _is_stated(edit)}
    return message.strip()[:MOST_OF_A_NEED] if set(plan.query.lower().split()) - said else ""


def _is_stated(edit: PlannedEdit) -> bool:
    return edit.requirement is None or edit.requirement.origin == "stated"


def _compared(decision: Decision, shown: tuple[str, ...], session: Session) -> tuple[str, ...]:
    """Return the items that "which of them" is about from now on, where a comparison has narrowed the slate to them."""
    if decision.topic == "compare" and len(shown) > 1:
        return shown
    return session.compared if decision.kind in ("answer", "chat") else ()


def _opens_a_slate(decision: Decision, shown: Sequence[str], session: Session) -> bool:
    """Return whether ordinals count this reply's items from now on: offered ones, or new ones that were compared."""
    if not shown or decision.kind in ("recommend", "abstain"):
        return bool(shown)
    new = not set(shown) <= set(session.slate)
    return decision.kind == "answer" and new and (len(shown) > 1 or not session.slate) and not decision.recall


def commit_turn(
    services: Services,
    session: Session,
    reply: Mapping[str, Any],
    plan: TurnPlan,
    message: str,
    key: str | None,
    before: Session,
    erasures: int,
) -> None:
    """Write what this turn leaves behind (its `reply` as JSON types) and the user lets be kept, in one transaction.

    Nothing is written when the user was erased meanwhile (`erasures` counts how often until the turn began), or the
    conversation was forgotten: a turn must not bring back what was erased.

    Raises:
        SessionBusyError: If another process has written this turn of the session.
    """
    now = services.clock()
    user, number = session.user, int(reply["turn"])
    row = {
        "session_id": session.id,
        "number": number,
        "key": key or f"#{number}",
        "user_id": user,
        "message": message,
        "reply": reply,
        "trace": {"trace_id": reply["trace_id"], "prompts": reply["prompts"]},
        "created": now,
    }
    try:
        with services.store.write() as connection:
            stored = connection.scalar(_TURNS, {"session": session.id})
            erased = services.profiles.times_erased(connection, user) != erasures
            if erased or (stored is None and before.turns > 0):
                return
            consents = Consents() if user is None else read_consents(connection, user)
            if consents.may("record", "chats"):
                connection.execute(_ADD_TURN, [row])
            elif (stored or 0) != before.turns:
                raise _busy(session.id, number)
            _keep_session(connection, session, now)
            if user is not None:
                events = _events(plan, before, message, now)
                _keep_profile(connection, services, session, number, before, events, consents)
    except IntegrityError as error:
        raise _busy(session.id, number) from error
    if consents.may("record", "chats"):
        services.past.keep(session.id, number, now, reply)


def _keep_profile(
    connection: Connection,
    services: Services,
    session: Session,
    turn: int,
    before: Session,
    events: Sequence[Event],
    consents: Consents,
) -> None:
    """Keep what the turn tells of the user, as far as it may be kept and used, and that the profile was used."""
    profiles, user = services.profiles, session.user or ""
    allowed = [
        event
        for event in events
        if all(consents.may_event(purpose, event.kind, event.channel) for purpose in ("record", "personalise"))
    ]
    profiles.add_events(connection, user, allowed, source=f"session:{session.id}:{turn}")
    for fact, value in session.facts.items():
        if before.facts.get(fact) != value and consents.may("personalise", "facts"):
            profiles.set_fact(connection, user, fact, value, "stated", f"session:{session.id}")
    profiles.rights.log(connection, user, "turn", events=len(allowed))


def _busy(session: str, turn: int) -> SessionBusyError:
    return SessionBusyError(
        f"turn {turn} of session {session!r} was written by another process; send the message again"
    )


def change_session(services: Services, before: Session, after: Session) -> None:
    """Store `after` in the place of `before`.

    Raises:
        SessionBusyError: If another process has answered a turn of the session since.
    """
    with services.store.write() as connection:
        turns = connection.scalar(_TURNS, {"session": before.id})
        if (turns or 0) != before.turns:
            raise SessionBusyError(
                f"session {before.id!r} has gone on in another process; look at its last reply and try again"
            )
        _keep_session(connection, after, services.clock())


def _keep_session(connection: Connection, session: Session, now: float) -> None:
    values: dict[str, Any] = {
        "user_id": session.user,
        "state": session.model_dump(mode="json"),
        "turns": session.turns,
        "updated": now,
    }
    if connection.execute(_CHANGE_SESSION, {"session": session.id, **values}).rowcount == 0:
        connection.execute(_ADD_SESSION, {"id": session.id, **values})


def _events(plan: TurnPlan, before: Session, message: str, now: float) -> list[Event]:
    """Return what the user did in this turn: said something, liked or dismissed what was shown."""
    # What is said about one's own data tells nothing of taste, and may be what is to be forgotten.
    said = "" if plan.intent == "profile" else message[:1_000].strip()
    events = [Event(kind="said", text=said, session=before.id, time=now, channel="chat")] if said else []
    events += [
        Event(kind=kind, item_id=item, session=before.id, time=now, channel="chat") for kind, item in plan.feedback
    ]
    events += [
        Event(kind="rated", item_id=item, value=stars, session=before.id, time=now, channel="chat")
        for item, stars in plan.ratings
    ]
    kind = {"accept": "liked", "reject": "dismissed"}.get(plan.intent)
    if kind is not None and not plan.feedback:
        about = plan.about or (taken_up(before) if kind == "liked" else before.slate)
        events += [Event(kind=kind, item_id=item, session=before.id, time=now, channel="chat") for item in about]
    return events


def load_session(services: Services, session_id: str, user: str | None) -> tuple[Session, int]:
    """Return the stored session, or a new one, and how often `user` was erased until now; see `commit_turn`.

    The profile is read on the way: a transaction of its own would cost the turn more than reading it.
    """
    moment = services.store.moment()
    with services.store.read() as connection:
        erasures = services.profiles.times_erased(connection, user)
        state = connection.scalar(_STATE, {"session": session_id})
        if user is not None:
            services.profiles.summary_within(connection, user, moment)
    return Session.model_validate(state) if state else Session(id=session_id, user=user), erasures


def forget_session(store: Store, session_id: str) -> dict[str, int]:
    """Delete one conversation; return the rows deleted by table."""
    with store.write() as connection:
        turns = connection.execute(delete(tables.turns).where(tables.turns.c.session_id == session_id)).rowcount
        sessions = connection.execute(delete(tables.sessions).where(tables.sessions.c.id == session_id)).rowcount
    return {"sessions": sessions, "turns": turns}


def stored_reply(services: Services, session_id: str, key: str) -> Reply | None:
    """Return the reply that was given to the message with idempotency key `key`, if one was."""
    table = tables.turns
    with services.store.read() as connection:
        found = connection.scalar(select(table.c.reply).where(table.c.session_id == session_id, table.c.key == key))
    return Reply.model_validate(found) if found else None
