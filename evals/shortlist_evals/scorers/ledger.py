"""Precision and recall of the ledger against the entries that the case labels."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def ledger(heard: Heard) -> dict[str, float]:
    """Return `ledger_precision` and `ledger_recall`, counted over all labelled turns together.

    Of a turn, the labelled entries are those in force, and the ledger's rows are the active ones that count as said by
    the user (origin `stated`). An entry and a row are the same where field, comparison and value are (values and units
    in their canonical form; firmness, unit and scope only where the label gives them).

        precision = rows that are a labelled entry / rows        recall = entries that stand in the ledger / entries

    Turns without labels do not count, nor do agents that keep no ledger. No rows at all: no precision; no entries at
    all: no recall.
    """
    rows = entries = right = found = 0
    for turn in heard.turns:
        if turn.labels.entries is None or turn.answer.reply is None:
            continue
        active = [row for row in turn.answer.reply.ledger if row.status == "active" and row.origin == "stated"]
        labelled, schema = turn.labels.entries, heard.world.schema
        rows, entries = rows + len(active), entries + len(labelled)
        right += sum(any(entry.stands_as(row, schema) for entry in labelled) for row in active)
        found += sum(any(entry.stands_as(row, schema) for row in turn.answer.reply.ledger if row.status == "active")
                     for entry in labelled)  # fmt: skip
    values = {"ledger_precision": right / rows} if rows else {}
    return values | ({"ledger_recall": found / entries} if entries else {})
