"""Who turned to which item, how much it says, and when: the one input of every collaborative model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shortlist_tools.catalog.columns import Bools, Floats, Rows
from shortlist_tools.ranking.collaborative.errors import InteractionsError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

STRONGEST = 2.0
"""Weights are cut to this size on both sides."""


class Interaction(NamedTuple):
    """One thing a user did with an item.

    Attributes:
        user: Who.
        item: Id of the item.
        weight: How much it says for the item, below 0 against it.
        time: Unix seconds.
        chosen: Whether the user turned to the item; False where it was only turned down.
    """

    user: str
    item: str
    weight: float
    time: float
    chosen: bool = True


@dataclass(frozen=True, eq=False)
class Interactions:
    """Each user's items in the order of time, an item once a user; rows are ordered by user, time and item.

    Attributes:
        items: Ids of all items, by number.
        users: How many users there are; some may have no rows.
        user: Number of the user, of shape (n,).
        item: Number of the item.
        weight: How much it says for the item, between -2 and 2.
        time: Unix seconds of the last time.
        chosen: Whether the user turned to the item.
    """

    items: tuple[str, ...]
    users: int
    user: Rows
    item: Rows
    weight: Floats
    time: Floats
    chosen: Bools

    def __len__(self) -> int:
        return len(self.user)

    @cached_property
    def starts(self) -> Rows:
        """Where each user's rows begin; one longer than there are users."""
        found: Rows = np.searchsorted(self.user, np.arange(self.users + 1))
        return found

    @cached_property
    def people(self) -> Rows:
        """How many users turned to each item."""
        found: Rows = np.bincount(self.item[self.chosen], minlength=len(self.items))
        return found

    @cached_property
    def later(self) -> Floats:
        """How many items the user turned to after this one; those of the same second count half."""
        low = _place_in_user(self, "left")
        high = _place_in_user(self, "right")
        return (np.diff(self.starts)[self.user] - 1) - (low + high - 1) / 2.0

    @cached_property
    def age(self) -> Floats:
        """Seconds before the user's own last row."""
        last = np.zeros(self.users)
        np.maximum.at(last, self.user, self.time)
        found: Floats = last[self.user] - self.time
        return found

    def where(self, kept: Bools) -> Interactions:
        """Return the rows that `kept` marks, with all users and items."""
        return Interactions(
            self.items, self.users, self.user[kept], self.item[kept], self.weight[kept], self.time[kept],
            self.chosen[kept],
        )  # fmt: skip

    def of_users(self, chosen: Rows) -> Interactions:
        """Return the histories of these users, numbered anew in this order."""
        parts = [np.arange(self.starts[one], self.starts[one + 1]) for one in chosen]
        rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        lengths = np.array([len(part) for part in parts], dtype=np.int64)
        return Interactions(
            self.items, len(chosen), np.repeat(np.arange(len(chosen)), lengths), self.item[rows], self.weight[rows],
            self.time[rows], self.chosen[rows],
        )  # fmt: skip

    def matrix(self, values: Floats | None = None) -> csr_array:
        """Return `values` (1 for what was chosen, by default) as a sparse matrix, shape (users, items), float32."""
        from scipy.sparse import csr_array

        data = self.chosen.astype(np.float32) if values is None else values.astype(np.float32)
        shape = (self.users, len(self.items))
        found = csr_array((data, (self.user, self.item)), shape=shape)
        found.eliminate_zeros()
        return found


def interactions_of(
    rows: Iterable[Interaction], items: Sequence[str] | None = None, users: Sequence[str] | None = None
) -> Interactions:
    """Return `rows` in any order as interactions.

    The same row twice counts once. Several of one user with one item count as one at the last of their times, with the
    sum of their weights. Rows about other items than `items` are passed over.

    Args:
        rows: What users did.
        items: Ids of the catalog's items; by default those of the rows, ascending.
        users: Users by number; by default those of the rows, ascending.

    Raises:
        InteractionsError: If a weight or a time is no finite number.
    """
    distinct = sorted(set(rows))
    for row in distinct:
        if not (np.isfinite(row.weight) and np.isfinite(row.time)):
            raise InteractionsError(
                f"the interaction of an item {row.item!r:.60} has weight {row.weight} and time {row.time}; both must "
                "be finite numbers"
            )
    names = tuple(items) if items is not None else tuple(sorted({row.item for row in distinct}))
    people = tuple(users) if users is not None else tuple(sorted({row.user for row in distinct}))
    number, person = ({name: place for place, name in enumerate(one)} for one in (names, people))
    merged: dict[tuple[int, int], tuple[float, float, bool]] = {}
    for row in distinct:
        if row.item in number and row.user in person:
            key = (person[row.user], number[row.item])
            weight, time, chosen = merged.get(key, (0.0, row.time, False))
            merged[key] = (weight + row.weight, max(time, row.time), chosen or row.chosen)
    table = np.array([(*key, *value) for key, value in merged.items()], dtype=np.float64).reshape(-1, 5)
    return interactions_from(names, len(people), *table.T)


def interactions_from(
    items: Sequence[str], users: int, user: Floats | Rows, item: Floats | Rows, weight: Floats, time: Floats,
    chosen: Floats | Bools | None = None,
) -> Interactions:  # fmt: skip
    """Return interactions from plain arrays of equal length, in which no user has an item twice.

    Raises:
        InteractionsError: If a weight or a time is no finite number.
    """
    if not (np.isfinite(weight).all() and np.isfinite(time).all()):
        raise InteractionsError("weights and times of interactions must be finite numbers")
    order = np.lexsort((item, time, user))
    turned = np.ones(len(order), dtype=np.bool_) if chosen is None else np.asarray(chosen, dtype=np.bool_)
    return Interactions(
        tuple(items), users, np.asarray(user, dtype=np.int64)[order], np.asarray(item, dtype=np.int64)[order],
        np.clip(np.asarray(weight, dtype=np.float64)[order], -STRONGEST, STRONGEST),
        np.asarray(time, dtype=np.float64)[order], turned[order],
    )  # fmt: skip


def _place_in_user(rows: Interactions, side: str) -> Floats:
    """Return how many rows of the same user are earlier (`left`), or not later (`right`)."""
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = (rows.user[1:] != rows.user[:-1]) | (rows.time[1:] != rows.time[:-1])
    group = np.cumsum(first) - 1
    begins = np.append(np.flatnonzero(first), len(rows))
    place = begins[group] if side == "left" else begins[group + 1]
    found: Floats = (place - rows.starts[rows.user]).astype(np.float64)
    return found
