"""Items to speak of: those that age and policy allow, as they stand, and which requirements each of them breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from shortlist.decision import Decision
from shortlist.turn.choice import eligible
from shortlist.turn.state import Services, Session, house_requirements, restricted_mask
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked

Best = tuple[str, Literal["lowest", "highest"]]
"""A field and the end of it that is asked for."""


def tellable(
    ids: Sequence[str], session: Session, profile: ProfileSummary, services: Services
) -> tuple[list[str], object]:
    """Return the items that may be spoken of, and the answer to the age gate."""
    policies, snapshot = services.policies, services.snapshot
    gate = policies.age_gate
    age = session.facts.get(gate.fact, profile.facts.get(gate.fact)) if gate else True
    closed = restricted_mask(policies, snapshot) if age is not True else np.zeros(len(snapshot), dtype=bool)
    return [one for one in ids if one not in policies.blocked and not closed[snapshot.row_of[one]]], age


def withheld(age: object, services: Services, topic: str = "") -> Decision:
    """Return what is said where none of the items may be spoken of: the age is asked for, or they stay closed."""
    gate = services.policies.age_gate
    if gate is not None and age is None:
        return Decision(kind="confirm", confirm=gate.fact)
    return Decision(kind="abstain", topic=topic)


def plain(ids: Sequence[str], services: Services) -> tuple[Ranked, ...]:
    """Return items as they stand, without a score."""
    return tuple(Ranked(id=one, row=services.snapshot.row_of[one], score=0.0, terms=()) for one in ids)


def with_broken(
    decision: Decision,
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
) -> Decision:
    """Return a remark upon items; an answer that names what they break, where some that were never shown do."""
    new = [one.id for one in decision.items if one.id not in session.offered]
    broken = broken_by(new, in_force, profile, services)
    return decision.model_copy(update={"kind": "answer", "broken": broken}) if broken else decision


def broken_by(
    ids: Sequence[str], in_force: Sequence[Requirement], profile: ProfileSummary, services: Services
) -> dict[str, tuple[str, ...]]:
    """Return the ids of the requirements that items break, by the id of the item; nothing of those that break none."""
    rows = [row for row in in_force if row.hard and row.group is None and row.scope is None]
    rows += house_requirements(services.policies, profile, services.schema)
    snapshot = services.snapshot
    found = {one: tuple(row.id for row in rows if not snapshot.satisfies(snapshot.row_of[one], row)) for one in ids}
    return {name: missed for name, missed in found.items() if missed}


def utmost_of_all(
    best: Best,
    plan: TurnPlan,
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> tuple[list[str], int]:
    """Return the items of the kind that is sought which have the least or most of a field, and how many fit.

    Where no kind is settled nobody knows what all would be: none are returned.
    """
    snapshot, kind = services.snapshot, services.schema.roles.get("kind")
    if not any(row.field == kind and row.op == "==" and row.hard and row.group is None for row in in_force):
        return [], 0
    wishes = [row for row in in_force if row.op not in ("lowest", "highest")]
    field = eligible(plan, wishes, session, profile, services, message)
    pool = field.met & ~field.restricted  # what was shown is among all
    pool[[snapshot.row_of[one] for one in session.turned_down if one in snapshot.row_of]] = False
    rows = np.flatnonzero(pool)
    values = snapshot.numbers(best[0])[rows]
    known = values[~np.isnan(values)]
    if not len(known):
        return [], 0
    end = known.min() if best[1] == "lowest" else known.max()
    return [snapshot.ids[int(row)] for row in rows[values == end]], len(rows)
