"""Several items sought together: which of those shown stay while one is changed, and which kinds nothing fits of."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import Exact, parts_of
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
        codes, names = snapshot.codes(kind or "")
        return [(value, codes == names.index(value)) for value in kinds if value in names]
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


def staying(plan: TurnPlan, session: Session, ledger: Sequence[Requirement], snapshot: Snapshot) -> frozenset[str]:
    """Return the items of the set shown before that this turn says nothing about: they stay while others change.

    Where the turn speaks of the whole set (another sum, something for all, quite other items), none of them does.
    """
    summed = any(row.scope == SLATE and row.hard for row in active(ledger))
    if not (summed or together(ledger, snapshot)) or plan.intent == "more":
        return frozenset()
    kind = snapshot.schema.roles.get("kind")
    added = [edit.requirement for edit in plan.edits if edit.requirement is not None and edit.action == "add"]
    taken_out = [edit for edit in plan.edits if edit.action == "withdraw" and edit.requirement is not None]
    fewer = any(edit.field == kind for edit in taken_out)
    gone = set(rejected(plan, session))
    apart = [row for row in added if row.field == kind or (row.scope or "").startswith("kind:")]
    if len(apart) < len(added) or not (added or gone or fewer) or gone >= set(session.slate):
        return frozenset()
    touched = {(row.scope or "").removeprefix("kind:") for row in apart}
    sought = kinds_sought(ledger, snapshot.schema)
    found = []
    for item in session.slate:
        row = snapshot.row_of.get(item)
        own = str(snapshot.value(row, kind)) if row is not None and kind else ""
        if row is not None and item not in gone and own not in touched and (not sought or own in sought):
            found.append(item)
    return frozenset(found)


def kinds_without(slate: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot) -> tuple[str, ...]:
    """Return what is sought together and has no item in the slate, where a sum was set for it."""
    if not any(row.scope == SLATE and row.hard for row in active(ledger)):
        return ()
    parts = parts_sought(ledger, snapshot)
    missing = [name for name, mask in parts if not any(mask[one.row] for one in slate)]
    return tuple(missing) if len(parts) > 1 else ()
