"""Which of the items that miss least are worth naming when nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shortlist.turn.state import UNWANTED
from shortlist_tools.catalog import Near, Requirement, Snapshot

MOST_NEAR = 3


def others_without(hard: Sequence[Requirement], hidden: frozenset[int], snapshot: Snapshot) -> dict[str, int]:
    """Return how many items that were not shown would fit without each one of the user's requirements, by its id."""
    hides = np.zeros(len(snapshot), dtype=np.bool_)
    hides[list(hidden)] = True
    left = {
        row.id: int((snapshot.mask([one for one in hard if one.id != row.id]) & ~hides).sum())
        for row in hard
        if row.origin != "policy" and row.group is None and row.scope is None
    }
    return {name: count for name, count in left.items() if count}


def of_the_kind(
    shown: Sequence[Near], close: Sequence[Near], snapshot: Snapshot, soft: Sequence[Requirement] = ()
) -> list[Near]:
    """Return the items of the kind asked for, or wished for in `soft`; others only where there is none of that kind.

    What the user refused is named only where nothing else is near.
    """
    kind = snapshot.schema.roles.get("kind")
    wished = [row.model_copy(update={"hard": True}) for row in soft if row.field == kind and row.origin == "stated"]
    if wished:
        meets = snapshot.mask(wished)
        shown = [near for near in shown if meets[near.row]] or shown
    kept = [near for near in shown if not any(row.field == kind for row in near.broken)]
    exists = any(not any(row.field == kind for row in near.broken) for near in close)
    kept = kept if exists else list(shown)
    left = snapshot.mask([row.model_copy(update={"hard": True}) for row in soft if _refuses(row)])
    return [near for near in kept if left[near.row] and not any(map(_refuses, near.broken))] or kept


def _refuses(row: Requirement) -> bool:
    return row.op in UNWANTED and row.origin == "stated"


def spent_name(in_force: Sequence[Requirement], snapshot: Snapshot) -> dict[str, Any]:
    """Return the narrower name that a kind was asked for by, all of which was shown or refused, and that kind."""
    kind = snapshot.schema.roles.get("kind")
    row = next((row for row in in_force if row.field == kind and row.hard and row.op == "=="), None)
    if row is None:  # the kind was only one part of what is asked for by its name
        return {"matching": None}
    return {"spent": row.quote, "kinds": ((str(row.value), 0),), "matching": None}


def worth_naming(close: Sequence[Near], snapshot: Snapshot, size: int) -> list[Near]:
    """Return the nearest items that policy allows: one a variant group, at most two that miss the same."""
    group_field = snapshot.schema.roles.get("variant_group")
    most = min(size, MOST_NEAR)
    kept: list[Near] = []
    groups: set[object] = set()
    misses: dict[tuple[str, ...], int] = {}
    for near in close:
        missed = tuple(row.id for row in near.broken)
        group = snapshot.value(near.row, group_field) if group_field else None
        repeated = (group is not None and group in groups) or misses.get(missed, 0) >= max(1, most - 1)
        if repeated or any(row.origin == "policy" for row in near.broken):
            continue
        kept.append(near)
        groups.add(group)
        misses[missed] = misses.get(missed, 0) + 1
        if len(kept) == most:
            break
    return kept
