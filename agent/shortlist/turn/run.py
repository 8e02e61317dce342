"""One turn from message to reply: checked, serialised, idempotent, and complete whatever fails inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shortlist.reply import Reply
from shortlist.turn.graph import run_stages
from shortlist.turn.rights import rights_reply, without_question
from shortlist.turn.stages import load_session, stored_reply
from shortlist.turn.state import Happening, Session, Turn, TurnHost, TurnState, with_masking
from shortlist_prompts.errors import CallerError
from shortlist_tools.model import Budget
from shortlist_tools.text import clean


class MessageError(CallerError):
    """A message, a user or a session id cannot be used; it is named."""


async def run_turn(
    host: TurnHost,
    message: str,
    user: str | None,
    session_id: str,
    key: str | None,
    language: str | None,
    context: Mapping[str, Any] | None,
    emit: Callable[[Happening], None] | None,
) -> Reply:
    """Answer `message`; see `Recommender.reply`. `emit` hears what happens as it happens."""
    check_message(message, user, session_id, key, language)
    services = host.services()
    async with host.turn_lock(session_id):
        if key is not None and (known := stored_reply(services, session_id, key)) is not None:
            return known
        session, erasures = load_session(services, session_id, user)
        check_owner(session, user)
        settings = host.settings
        services, book = with_masking(services, session.marks, user)
        turn = Turn(
            services,
            Budget(calls=settings.calls, tokens=settings.tokens, seconds=settings.seconds),
            emit=emit or (lambda happening: None),
            streaming=emit is not None,
            context=dict(context or {}),
            book=book,
            erasures=erasures,
        )
        text = clean(message)
        book.mask(text)
        session = session.model_copy(update={"marks": book.originals})
        if len(text) > settings.max_message_chars:
            turn.notes.append(
                f"the message has {len(text)} characters; the first {settings.max_message_chars} were read"
            )
            text = text[: settings.max_message_chars]
        if (own := rights_reply(text, session, turn, language, key)) is not None:
            return own
        session = without_question(session)
        state: TurnState = {
            "message": text,
            "user": user,
            "key": key,
            "language": language,
            "number": session.turns + 1,
            "session": turn.forms.write(session),
        }
        return turn.forms.read(Reply, await run_stages(state, turn))


def check_owner(session: Session, user: str | None) -> None:
    """Raise MessageError if `session` has begun with another user."""
    if (session.turns or session.exchanges) and session.user != user:
        raise MessageError(f"session {session.id!r} belongs to another user; give each user sessions of their own")


def check_message(
    message: str, user: str | None, session_id: str, key: str | None = None, language: str | None = None
) -> None:
    """Raise MessageError if one of these cannot be used."""
    if not isinstance(message, str):
        raise MessageError(f"message: expected text, got {type(message).__name__}")
    for name, value in (("user_id", user), ("session_id", session_id), ("key", key)):
        if value is not None and (not isinstance(value, str) or not value or len(value) > 200):
            raise MessageError(f"{name}: expected 1 to 200 characters, got {value!r:.60}")
    if language not in (None, "en", "zh"):
        raise MessageError(f"language: expected 'en', 'zh' or None, got {language!r:.60}")
