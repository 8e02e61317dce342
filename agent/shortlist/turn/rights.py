"""Turns about one's own data: carried out at once and answered in plain words, without a model."""

from __future__ import annotations

import re
import time
import uuid

from shortlist.reply import Reply, Usage
from shortlist.rights import Right, asks_whence, read_note, read_right, said
from shortlist.turn.carrying import CONFIRMED, Done, carry_out, confirmed, dropped_again, is_understood, noted_down
from shortlist.turn.stages import commit_turn, read_message
from shortlist.turn.state import Exchange, Session, Turn, apply_edits, yes_or_no
from shortlist.turn_plan import TurnPlan
from shortlist_tools.text import detect_language, simplified

_SURE = re.compile(r"^\W*(?:confirm(?:ed)?|do it|go ahead|确认|确定|删吧|删掉|删除|继续)\W*$", re.IGNORECASE)


def rights_reply(message: str, session: Session, turn: Turn, language: str | None, key: str | None) -> Reply | None:
    """Return the reply to a message about one's own data, committed; None where it is about anything else."""
    asked = session.confirming if session.confirming in CONFIRMED else None
    plain = simplified(message)
    answer = True if asked and _SURE.match(plain) else yes_or_no(plain) if asked else None
    spoken = language or _language(message, session)
    if answer is None and (gone := dropped_again(message, session, turn.services, spoken)):
        turn.say(gone.message)
        return _remembered(gone, message, session, turn, spoken, key)
    right = (read_right(message) or _whence(message, session, turn)) if answer is None else None
    if answer is None and (right is None or not is_understood(right, session, turn.services)):
        right = read_note(message)
        if right is None:
            return None
    if answer is not None and asked is not None:
        done = confirmed(asked, session, turn.services, spoken) if answer else Done(message=said("kept", spoken))
    elif right is not None and right.act == "note":
        done = noted_down(turn.book.without(message), right, session, turn.services, spoken)
    elif right is not None:
        done = carry_out(right, session, turn.services, spoken)
    turn.say(done.message)
    return _remembered(done, message, session, turn, spoken, key)


def _whence(message: str, session: Session, turn: Turn) -> Right | None:
    """Return the wish to know what something rests on that was just told of the person; None for anything else."""
    if not asks_whence(message) or not session.exchanges:
        return None
    before = session.exchanges[-1].user
    told = read_right(before) is not None or read_message(before, session, turn.services).intent == "profile"
    return Right(act="explain") if told else None


def without_question(session: Session) -> Session:
    """Return `session` without a question about one's own data that the message at hand does not answer."""
    return session.model_copy(update={"confirming": None}) if session.confirming in CONFIRMED else session


def _remembered(done: Done, message: str, session: Session, turn: Turn, language: str, key: str | None) -> Reply:
    ledger = apply_edits(session.ledger, done.edits, session.turns + 1, turn.services.schema)
    reply = Reply(
        kind="confirm" if done.confirming else "answer",
        message=done.message,
        language=language,
        session_id=session.id,
        turn=session.turns + 1,
        ledger=ledger,
        plan=TurnPlan(intent="profile"),
        usage=Usage(seconds=round(time.monotonic() - turn.started, 4)),
        trace_id=uuid.uuid4().hex,
        notes=tuple(turn.notes),
    )
    words = " ".join(done.dropped).casefold()
    about = bool(words) and any(word in words for word in session.query.casefold().split())
    after = session.noting(done.told).model_copy(
        update={
            "turns": reply.turn,
            "ledger": ledger,
            "query": "" if about else session.query,
            "need": "" if about else session.need,
            "language": language,
            "confirming": done.confirming,
            "exchanges": (*session.exchanges, Exchange(user=message[:400], reply=reply.message[:400]))[-2:],
            "before": session.seen(),
        }
    )
    after = after.model_copy(update={"remarks": tuple(one for one in after.remarks if one not in done.dropped)})
    commit_turn(turn.services, after, reply.to_json(), reply.plan, message, key, session, turn.erasures)
    return reply


def _language(message: str, session: Session) -> str:
    return detect_language(message) if any(mark.isalpha() for mark in message) else session.language
