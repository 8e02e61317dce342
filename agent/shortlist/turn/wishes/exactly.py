"""What goes by the very name that a kind was asked for, and what of it is only out of stock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import Exact, parts_of
from shortlist_tools.catalog import Requirement, Snapshot

from .sets import parts_sought, together

MOST_SOLD_OUT = 2


def exact_rows(ledger: Sequence[Requirement], snapshot: Snapshot, *, loosely: bool = False) -> NDArray[np.bool_] | None:
    """Return which items go by the name that a kind was asked for; None where that tells nothing.

    Of several kinds that are alternatives ("a lamp or headphones") none is narrowed. Taken `loosely`, the name alone
    counts, without what stands beside it: coffee machines, where capsule ones were asked for.
    """
    kind = snapshot.schema.roles.get("kind")
    stated = [row for row in ledger if row.field == kind and row.hard and row.status == "active" and row.group is None]
    wanted = [row for row in stated if row.op == "==" and row.origin == "stated"]
    if not wanted and together(ledger, snapshot):
        every: NDArray[np.bool_] = np.logical_or.reduce([mask for _, mask in parts_sought(ledger, snapshot)])
        return every
    if len(wanted) != 1 or not wanted[0].quote or _says_another(wanted[0], ledger):
        return None
    name, value = wanted[0].quote, str(wanted[0].value)
    exact = Exact.of(snapshot)
    # Who asks for a white one after red wine says another value of what that name says.
    if exact.field(name, value) in {row.field for row in ledger if row.status == "active"}:
        return exact.unsorted(name, value)
    if parts := parts_of(name, value, exact):
        either: NDArray[np.bool_] = np.logical_or.reduce([mask for _, mask in parts])
        return either
    return exact.named(name, value) if loosely else exact.rows(name, value)


def _says_another(wanted: Requirement, ledger: Sequence[Requirement]) -> bool:
    """Return whether the words of a row are those of another wish, by which it went on: "not white"."""
    said = [row for row in ledger if row.turn == wanted.turn and row.field != wanted.field]
    return any(row.quote == wanted.quote for row in said)


def sold_out(hard: Sequence[Requirement], exact: NDArray[np.bool_] | None, snapshot: Snapshot) -> tuple[int, ...]:
    """Return the rows that would do but for being in stock, where nothing that is does; none where nobody asked."""
    stock = snapshot.schema.roles.get("availability")
    said = [row for row in hard if row.origin != "policy"]
    held = [row for row in hard if row.origin != "policy" or row.field != stock]
    if stock is None or not said or len(held) == len(hard) or any(row.field == stock for row in said):
        return ()
    among = np.ones(len(snapshot), dtype=np.bool_) if exact is None else exact
    if (snapshot.mask(hard) & among).any():
        return ()
    return tuple(int(row) for row in np.flatnonzero(snapshot.mask(held) & among)[:MOST_SOLD_OUT])


def without_each(hard: Sequence[Requirement], exact: NDArray[np.bool_], snapshot: Snapshot) -> dict[str, int]:
    """Return by id of the user's requirements how many of the `exact` items meet all but that one, if any do."""
    said = [row for row in hard if row.origin != "policy"]
    counts = {row.id: int((snapshot.mask([one for one in hard if one is not row]) & exact).sum()) for row in said}
    return {name: count for name, count in counts.items() if count}
