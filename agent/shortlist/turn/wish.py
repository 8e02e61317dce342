"""The current wish over several turns: its words, and whether a message begins another one."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.turn.ledger import active, apply_edits, describes
from shortlist.turn.session import Session
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot

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


def next_ledger(
    session: Session, plan: TurnPlan, turn: int, snapshot: Snapshot, house: Sequence[Requirement]
) -> tuple[Requirement, ...]:
    """Return the ledger after this turn's edits.

    A message that says what is wanted, and that nothing could satisfy together with what described the earlier wish,
    begins another wish where it could be satisfied alone: the earlier rows are then replaced, not forgotten.
    """
    ledger = apply_edits(session.ledger, plan.edits, turn, snapshot.schema)
    old = {row.id for row in active(ledger) if row.turn != turn and describes(row)}
    begins = plan.intent == "find" and any(edit.action == "add" for edit in plan.edits)
    if not begins or not old or snapshot.mask([*active(ledger), *house]).any():
        return ledger
    alone = [row for row in active(ledger) if row.id not in old]
    if not any(row.hard and row.turn == turn for row in alone) or not snapshot.mask([*alone, *house]).any():
        return ledger
    return tuple(row.model_copy(update={"status": "replaced"}) if row.id in old else row for row in ledger)
