"""Recommending without a conversation: the same filter, ranking and policies, no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shortlist.decision import Decision
from shortlist.reply import ShownItem
from shortlist.turn.choice import arranged, choose, outside_signals, weights_of
from shortlist.turn.stages import sheet_of, shown_items
from shortlist.turn.state import Services, Session, excluded_rows, house_requirements, restricted_mask
from shortlist.turn.wishes import as_wished
from shortlist_tools.catalog import Requirement
from shortlist_tools.ranking import rank


def recommended(
    services: Services, user: str | None, n: int, requirements: Sequence[Requirement], context: dict[str, Any]
) -> list[ShownItem]:
    """Return the best `n` items for `user`; age-restricted ones only where the age is confirmed."""
    snapshot, policies = services.snapshot, services.policies
    profile = services.profiles.summary(user)
    rows_in_force = [*requirements, *house_requirements(policies, profile, services.schema)]
    allowed = snapshot.mask(rows_in_force)
    allowed[excluded_rows(policies, profile, snapshot, ())] = False
    if policies.age_gate and profile.facts.get(policies.age_gate.fact) is not True:
        allowed &= ~restricted_mask(policies, snapshot)
    query = str(context.get("query", ""))
    if query:
        hits = [hit for hit in services.searcher.search(query, rows_in_force, n=max(100, 4 * n)) if allowed[hit.row]]
        rows = np.array([hit.row for hit in hits], dtype=np.int64)
        relevance = np.array([hit.score for hit in hits], dtype=np.float64)
    else:
        rows = np.flatnonzero(allowed)
        relevance = np.zeros(len(rows))
    soft = [row for row in requirements if not row.hard]
    given = outside_signals(services, user, rows)
    ranked = rank(
        snapshot, rows, relevance, soft, profile, weights_of(services), top=max(200, 4 * n),
        given=given, measured=bool(services.settings.explore),
    )  # fmt: skip
    best = as_wished(ranked, rows_in_force, snapshot)
    slate = choose(arranged(services, best, n, profile, Session(id="", user=user)), n, rows_in_force, snapshot)
    decision = Decision(kind="recommend", items=tuple(slate), matching=int(allowed.sum()))
    language = str(context.get("language", services.settings.language))
    return list(shown_items(decision, sheet_of(decision, rows_in_force, services, language)))
