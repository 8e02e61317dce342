"""Several items sought together: which of those shown stay while one is changed, and which kinds nothing fits of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import Exact, parts_named, parts_of, wants_others
from shortlist.turn.state import Session, active, rejected
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import SLATE, Requirement, Schema, Snapshot
from shortlist_tools.ranking import Ranked

Mask = NDArray[np.bool_]
_OR = re.compile(r"\b(?:or|either)\b|或|还是|要么|/")


def parts_sought(ledger: Sequence[Requirement], snapshot: Snapshot) -> list[tuple[str, Mask]]:
    """Return what is sought together, in the order it was said, with the items that go by each; none where it is one.

    That are several kinds, or several names within one: a machine, a grinder and a kettle.
    """
    kind = snapshot.schema.roles.get("kind")
    if kinds := kinds_sought(ledger, snapshot.schema):
        exact, (codes, names) = Exact.of(snapshot), snapshot.codes(kind or "")
        said = _rows(ledger, snapshot.schema)[0].quote
        # Who asks for a white one in the place of the red wine says another value of what that name says.
        other = {(row.field, row.scope) for row in active(ledger) if row.scope}
        told = [
            (value, None if (exact.field(said, value), f"kind:{value}") in other else exact.named(said, value))
            for value in kinds
            if value in names
        ]
        return [(value, codes == names.index(value) if mask is None else mask) for value, mask in told]
    wanted = [row for row in active(ledger) if row.field == kind and row.op == "==" and row.hard and row.group is None]
    if len(wanted) != 1 or not wanted[0].quote:
        return []
    return list(parts_of(wanted[0].quote, str(wanted[0].value), Exact.of(snapshot)))


def kinds_sought(ledger: Sequence[Requirement], schema: Schema) -> list[str]:
    """Return the kinds that are sought together, in the order they were said; none where it is one or any."""
    rows = _rows(ledger, schema)
    return list(dict.fromkeys(str(value) for row in rows for value in row.value))


def together(ledger: Sequence[Requirement], snapshot: Snapshot) -> bool:
    """Return whether several things are sought side by side ("a lamp and a bag"), and not one or the other."""
    rows = _rows(ledger, snapshot.schema)
    if not rows:
        return len(parts_sought(ledger, snapshot)) > 1
    return any(len(row.value) > 1 and row.quote and not _OR.search(row.quote.lower()) for row in rows)


def _rows(ledger: Sequence[Requirement], schema: Schema) -> list[Requirement]:
    """Return the rows in force that ask for one of several kinds."""
    kind = schema.roles.get("kind")
    return [row for row in active(ledger) if kind and row.field == kind and row.op == "in" and row.hard]


def staying(
    plan: TurnPlan, session: Session, ledger: Sequence[Requirement], snapshot: Snapshot, message: str = ""
) -> frozenset[str]:
    """Return the items of the set chosen before that this turn says nothing about: they stay while others change.

    Where the turn speaks of the whole set (another sum, something for all, quite other items), none of them does.
    """
    kind = snapshot.schema.roles.get("kind")
    fewer = takes_out(plan, snapshot.schema)
    summed = any(row.scope == SLATE and row.hard for row in active(ledger))
    if not (summed or fewer or together(ledger, snapshot)) or plan.intent == "more":
        return frozenset()
    gone = set(rejected(plan, session))
    if gone >= set(session.slate):
        return frozenset()
    in_force = {(row.field, row.op, str(row.value), row.scope) for row in active(ledger)}
    said = [edit.requirement for edit in plan.edits if edit.requirement is not None and edit.action == "add"]
    added = [row for row in said if (row.field, row.op, str(row.value), row.scope) in in_force or row.field == kind]
    parts = parts_sought(ledger, snapshot)
    named = parts_named(message, [name for name, _ in parts], snapshot.schema)
    touched = {(row.scope or "").removeprefix("kind:") for row in added if row.field != kind} - {""}
    whole = [row for row in added if row.field != kind and not (row.scope or "").startswith("kind:")]
    idle = not (said or gone or named or fewer) and wants_others(message)
    if any(row.scope == SLATE for row in whole) or (whole and not named) or idle:
        return frozenset()
    touched = {name for name in named if not touched or name in touched} or touched or named
    if said and not (added or gone):
        touched = set()  # what was to change could not be had: "cheaper", of the cheapest
    chosen = [_chosen_of(mask, session, snapshot) for name, mask in parts if name not in touched] if parts else []
    if not parts:
        chosen = list(session.slate) if fewer or (summed and not (added or named)) else []
        sought = [row for row in active(ledger) if row.field == kind and row.hard]
        chosen = [one for one in chosen if one in snapshot.row_of and _meets(one, sought, snapshot)]
    return frozenset(one for one in chosen if one and one not in gone)


def takes_out(plan: TurnPlan, schema: Schema) -> bool:
    """Return whether this turn takes one kind out of a set and puts none in: "remove the lamp"."""
    of_kind = [edit for edit in plan.edits if edit.field == schema.roles.get("kind")]
    gone = any(edit.action == "withdraw" and edit.requirement is not None for edit in of_kind)
    return gone and not any(edit.action == "add" for edit in of_kind)


def _chosen_of(mask: Mask, session: Session, snapshot: Snapshot) -> str | None:
    """Return the item that stands for a part of the set: the one shown of it, else the one taken up or put first."""
    shown = [one for one in session.slate if one in snapshot.row_of and mask[snapshot.row_of[one]]]
    if len(shown) == 1:
        return shown[0]
    known = [session.focus, *reversed(session.taken), *reversed(session.singled), session.lead]
    return next((one for one in known if one and one in snapshot.row_of and mask[snapshot.row_of[one]]), None)


def _meets(item: str, rows: Sequence[Requirement], snapshot: Snapshot) -> bool:
    return all(snapshot.satisfies(snapshot.row_of[item], row) for row in rows)


def in_each_part(
    chosen: Callable[[NDArray[np.int64]], Mask],
    rows: NDArray[np.int64],
    ledger: Sequence[Requirement],
    snapshot: Snapshot,
) -> Mask:
    """Return which of `rows` are chosen, of each part of a set by itself: what only lamps tell leaves the shoes in."""
    parts = parts_sought(ledger, snapshot)
    if len(parts) <= 1:
        return chosen(rows)
    kept = np.zeros(len(rows), dtype=np.bool_)
    for _, mask in parts:
        inside = np.asarray(mask[rows])
        kept[inside] |= chosen(rows[inside])
    return kept


def kinds_without(slate: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot) -> tuple[str, ...]:
    """Return what is sought together and has no item in the slate."""
    if not (any(row.scope == SLATE and row.hard for row in active(ledger)) or together(ledger, snapshot)):
        return ()
    parts = parts_sought(ledger, snapshot)
    missing = [name for name, mask in parts if not any(mask[one.row] for one in slate)]
    return tuple(missing) if len(parts) > 1 else ()
