"""What each requirement alone costs: how many items would fit without it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortlist.turn.state import Services, Session, house_requirements, restricted_mask
from shortlist.turn.wishes import exact_rows
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary


def each_dropped(
    in_force: Sequence[Requirement], profile: ProfileSummary, session: Session, services: Services
) -> dict[str, object]:
    """Return how many items fit, and how many would when one requirement alone is dropped, by its id."""
    snapshot, kind, gate = services.snapshot, services.schema.roles.get("kind"), services.policies.age_gate
    open_to = np.ones(len(snapshot), dtype=np.bool_)
    if gate is not None and session.facts.get(gate.fact, profile.facts.get(gate.fact)) is not True:
        open_to = ~restricted_mask(services.policies, snapshot)
    exact = exact_rows(in_force, snapshot)
    open_to = open_to if exact is None else open_to & exact
    hard = [row for row in in_force if row.hard]
    house = house_requirements(services.policies, profile, services.schema)
    said = [row for row in hard if row.group is None and row.field != kind]
    left = {
        row.id: int((snapshot.mask([*(one for one in hard if one is not row), *house]) & open_to).sum()) for row in said
    }
    return {"matching": int((snapshot.mask([*hard, *house]) & open_to).sum()), "excluded_by": left}
