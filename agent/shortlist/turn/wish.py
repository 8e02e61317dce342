"""The words of the current wish, over several turns."""

from __future__ import annotations

from shortlist.turn.session import Session
from shortlist.turn_plan import TurnPlan

MOST_CHARACTERS = 300


def next_query(session: Session, plan: TurnPlan) -> str:
    """Return the words to search by now: a new wish replaces the old one, a refinement adds to it."""
    if plan.intent in ("find", "reset"):
        return plan.query if plan.query or plan.intent == "reset" or not session.query else session.query
    if plan.intent not in ("refine", "more", "reject"):
        return session.query
    words = [part for part in (session.query, plan.query) if part]
    if len(words) == 2 and plan.query.lower() in session.query.lower():
        return session.query
    return " ".join(words)[-MOST_CHARACTERS:]
