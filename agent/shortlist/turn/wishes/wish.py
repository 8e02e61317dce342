"""The current wish over several turns: its words, and whether a message begins another one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortlist.inquiry import takes_first
from shortlist.offline import INDEFINITE, OPENING
from shortlist.reader import goes_on, parts_named
from shortlist.turn.state import Session, active, apply_edits, compares, describes, says_the_same
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot

from .exactly import exact_rows
from .presents import eased
from .sets import parts_sought

MOST_CHARACTERS = 300


def next_query(session: Session, plan: TurnPlan, kind: str | None = None) -> str:
    """Return the words to search by now: a new wish replaces the old one, a refinement adds to it.

    Where another kind of item is asked for (`kind` is the field that tells it), the name of the old one goes.
    """
    if plan.intent == "reset":
        return plan.query if len(plan.edits) > 1 else ""
    if plan.intent == "find" and not (plan.query and plan.edits and session.pending):
        return plan.query or _without_old_kind(session, plan, kind)
    if plan.intent not in ("find", "refine", "more", "reject"):
        return session.query
    words = [part for part in (_without_old_kind(session, plan, kind), plan.query) if part]
    if len(words) == 2 and plan.query.lower() in session.query.lower():
        return session.query
    return " ".join(words)[-MOST_CHARACTERS:]


def _without_old_kind(session: Session, plan: TurnPlan, kind: str | None) -> str:
    new = [edit.requirement for edit in plan.edits if edit.requirement is not None and edit.requirement.field == kind]
    old = [row for row in active(session.ledger) if row.field == kind and not any(says_the_same(row, n) for n in new)]
    anew = new or any(edit.action == "withdraw" and edit.field == kind for edit in plan.edits)
    gone = {word for row in old for word in row.quote.lower().split()} if anew else set()
    return " ".join(word for word in session.query.split() if word.lower() not in gone)


def next_ledger(
    session: Session, plan: TurnPlan, turn: int, snapshot: Snapshot, house: Sequence[Requirement], message: str
) -> tuple[Requirement, ...]:
    """Return the ledger after this turn's edits; a present gives way to what the person likes (see `eased`)."""
    ledger = eased(_edited(session, plan, turn, snapshot, house, message), turn, snapshot, house)
    return _without_the_unmeetable(ledger, turn, snapshot, house, message)


def beyond(ledger: Sequence[Requirement], turn: int) -> tuple[Requirement, ...]:
    """Return the comparisons of `turn` that nothing meets beside the rest, and that were therefore let go."""
    return tuple(row for row in ledger if row.turn == turn and row.status == "withdrawn" and compares(row))


def _without_the_unmeetable(
    ledger: tuple[Requirement, ...], turn: int, snapshot: Snapshot, house: Sequence[Requirement], message: str
) -> tuple[Requirement, ...]:
    """Return the ledger without this turn's comparisons with what was shown, where they alone leave nothing."""
    hard = [row for row in active(ledger) if row.hard]
    compared = [row for row in active(ledger) if row.turn == turn and row.quote and compares(row)]
    rest = [row for row in hard if row not in compared]
    exact = exact_rows(active(ledger), snapshot) if compared else None
    exact = np.ones(len(snapshot), dtype=np.bool_) if exact is None else exact
    parts = dict(parts_sought(active(ledger), snapshot)) if compared else {}
    named = parts_named(message, list(parts), snapshot.schema)
    if len(named) == 1:  # what is said of one part of a set must leave something of that
        exact = exact & parts[named.pop()]
    asked = [row.model_copy(update={"hard": True}) for row in compared]
    meets = [bool((snapshot.mask([*rows, *house]) & exact).any()) for rows in ([*rest, *asked], rest) if compared]
    if meets != [False, True]:
        return ledger
    return tuple(row.model_copy(update={"status": "withdrawn"}) if row in compared else row for row in ledger)


def _edited(
    session: Session, plan: TurnPlan, turn: int, snapshot: Snapshot, house: Sequence[Requirement], message: str
) -> tuple[Requirement, ...]:
    """Return the ledger after this turn's edits.

    A message that opens a wish of its own ("I want to learn …", "something for …") and that does not go with what
    described the earlier one replaces those rows: either nothing could meet both, or it names nothing to refine. What
    only compares or complains ("something nicer") opens none. So
    does one that asks for the same kind once more after a turn about something else, where nothing could meet both.
    """
    ledger = apply_edits(session.ledger, plan.edits, turn, snapshot.schema)
    said = [edit.requirement for edit in plan.edits if edit.action == "add" and edit.requirement is not None]
    earlier = [row for row in active(ledger) if row.turn != turn and describes(row)]
    old = {row.id for row in earlier if not any(says_the_same(row, one) for one in said)}
    if old and _goes_on_after_taking(said, earlier, message, snapshot):
        return tuple(row.model_copy(update={"status": "replaced"}) if row.id in old else row for row in ledger)
    if plan.intent not in ("find", "refine") or not old or not OPENING.search(message) or goes_on(message):
        return ledger
    new = [row for row in active(ledger) if row.turn == turn and row.hard]
    kept = [row for row in active(ledger) if row.id in old and row.hard]
    naming = [row for row in new if _names_a_topic(row, snapshot)]
    apart = any(snapshot.mask([one]).any() and not snapshot.mask([one, *kept, *house]).any() for one in naming)
    apart = apart or _asks_once_more(said, kept, new, active(ledger), turn, snapshot, house)
    if not apart and (plan.edits or not plan.query or not INDEFINITE.search(message)):
        return ledger
    old -= _still_sought(kept, new, message, snapshot, house)
    return tuple(row.model_copy(update={"status": "replaced"}) if row.id in old else row for row in ledger)


def _goes_on_after_taking(
    said: Sequence[Requirement], earlier: Sequence[Requirement], message: str, snapshot: Snapshot
) -> bool:
    """Return whether one item is taken and another kind asked for: what described the first binds the second no more.

    Where a kind was asked for before, the ledger itself ends what described it.
    """
    kind = snapshot.schema.roles.get("kind")
    another = any(row.field == kind and row.hard for row in said) and not any(row.field == kind for row in earlier)
    return another and takes_first(message)


def _still_sought(
    kept: Sequence[Requirement],
    new: Sequence[Requirement],
    message: str,
    snapshot: Snapshot,
    house: Sequence[Requirement],
) -> set[str]:
    """Return the ids of the earlier rows that say the kind, where the message goes on: "show me wired ones"."""
    kinds = [row for row in kept if row.field == snapshot.schema.roles.get("kind")]
    if not kinds or not new or INDEFINITE.search(message) or not snapshot.mask([*kinds, *new, *house]).any():
        return set()
    return {row.id for row in kinds}


def _asks_once_more(
    said: Sequence[Requirement],
    kept: Sequence[Requirement],
    new: Sequence[Requirement],
    in_force: Sequence[Requirement],
    turn: int,
    snapshot: Snapshot,
    house: Sequence[Requirement],
) -> bool:
    """Return whether the kind in force is asked for again, with demands that nothing meets beside the earlier ones.

    The turn before must have been about something else: who answers what was just shown goes on with the same wish.
    """
    kind = snapshot.schema.roles.get("kind")
    kinds = [row for row in in_force if row.field == kind and row.hard]
    again = any(says_the_same(row, one) for row in kinds for one in said)
    demands = [row for row in new if row.field != kind]
    if not again or not demands or not kept or max(row.turn for row in kept) >= turn - 1:
        return False
    alone, beside = [*demands, *kinds, *house], [*in_force, *house]
    return bool(snapshot.mask(alone).any()) and not snapshot.mask([row for row in beside if row.hard]).any()


def _names_a_topic(row: Requirement, snapshot: Snapshot) -> bool:
    """Return whether a row names what a thing is about, rather than how much of something it has."""
    field = snapshot.schema.get(row.field)
    return field is not None and field.kind in ("category", "multi_category", "flag")
