"""Base rates over people: how their attention spreads over the items, as one snapshot to build profiles against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Floats
from shortlist_tools.profile.pairs import pair_index

COMMON = 0.65
"""A value that a greater share of the attention to its field has tells nobody apart: no visit is about it."""
ABOUT_NOTHING = 0.1
"""The share of visits taken to be about nothing before any is known."""


@dataclass(frozen=True, eq=False)
class Population:
    """One snapshot of what people turn to.

    Attributes:
        version: Version of the catalog it is over.
        people: How many people it was counted from.
        attention: Each item's share of the attention, by row; sums to 1.
        about: What visits are about: the share that is about nothing, then that about each pair of the catalog, by
            code; sums to 1.
    """

    version: str
    people: int
    attention: Floats
    about: Floats


def nobody(snapshot: Snapshot) -> Population:
    """Return the base rates where no person is known: every item alike."""
    size = len(snapshot)
    attention = np.full(size, 1.0 / size) if size else np.zeros(0)
    return Population(snapshot.version, 0, attention, at_the_outset(snapshot, attention))


def at_the_outset(snapshot: Snapshot, attention: Floats) -> Floats:
    """Return `Population.about` before any visit is known, where people's attention is spread as given.

    A visit is as likely about some kind of item as about some value of any other field, and all values of either alike,
    but for those that tell nobody apart.
    """
    index = pair_index(snapshot)
    told = index.shares(attention) <= COMMON
    is_kind = np.array([field == index.kind for field, _ in index.pairs], dtype=np.bool_)
    kinds, others = (told & group for group in (is_kind, ~is_kind))
    shares = kinds / max(1, kinds.sum()) + others / max(1, others.sum())
    total = float(shares.sum())
    weights = np.concatenate([[1.0], shares * (1 / ABOUT_NOTHING - 1) / total if total else shares])
    found: Floats = weights / weights.sum()
    return found
