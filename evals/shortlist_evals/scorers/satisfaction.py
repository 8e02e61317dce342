"""Requirement satisfaction: how much of what the user stated the recommended items meet."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist_evals.invariants.satisfying import holds, in_unit
from shortlist_evals.scorers.heard import Heard
from shortlist_evals.scorers.labels import Entry
from shortlist_tools.catalog import SLATE, Item, Requirement, Schema


def satisfaction(heard: Heard) -> dict[str, float]:
    """Return `satisfied`: the mean over turns of the share of (item, entry) pairs in which the item meets the entry.

    A turn counts where entries are labelled and known items are recommended; its pairs are those of the recommended
    items with the hard entries in force. An entry with several readings is met if any of them is. A budget for the
    whole slate is one pair: met if the sum of the slate is within it. An item without a value does not meet an entry
    about it. Items that an abstaining reply names with what they break are not recommended and do not count. No turn
    counts, or nothing hard is labelled: no value.
    """
    shares = []
    for turn in heard.turns:
        entries = [entry for entry in turn.labels.entries or () if entry.hard]
        items = [heard.world.by_id[one] for one in turn.answer.items if one in heard.world.by_id]
        if entries and items:
            met = [pair for entry in entries for pair in pairs(entry, items, heard.world.schema)]
            shares.append(sum(met) / len(met))
    return {"satisfied": sum(shares) / len(shares)} if shares else {}


def pairs(entry: Entry, items: Sequence[Item], schema: Schema) -> list[bool]:
    """Return whether each item meets `entry`; one value for the whole slate where it is about that."""
    rows = [row for row in entry.rows(schema) if row.field in schema.by_name]
    of_slate = [row for row in rows if row.scope == SLATE]
    if of_slate:
        return [any(_within(row, items, schema) for row in of_slate)]
    return [any(holds(item, row, schema) for row in rows) for item in items]


def _within(row: Requirement, items: Sequence[Item], schema: Schema) -> bool:
    total = sum(float(item.values.get(row.field, 0.0)) for item in items)
    field = schema.by_name[row.field]
    bounds = row.value if isinstance(row.value, list | tuple) else [row.value]
    low, high = (in_unit(float(bounds[at]), row, field, schema) for at in (0, -1))
    if row.op == "between":
        return low - 1e-6 <= total <= high + 1e-6
    return total <= high + 1e-6 if row.op in ("<", "<=") else total >= low - 1e-6
