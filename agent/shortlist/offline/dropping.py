"""Which requirement to drop, in words: how many items each one alone keeps out."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.decision import Decision
from shortlist.offline.phrases import say
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.drafting import describe


def dropped_lines(
    decision: Decision, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str
) -> list[str]:
    """Return which requirement to drop: the one without which most is left, and the next."""
    rows = {row.id: row for row in ledger}
    now = decision.matching or 0
    best = sorted(((count, name) for name, count in decision.excluded_by.items() if name in rows), reverse=True)
    freeing = [(count, describe(rows[name], snapshot.schema, language)) for count, name in best if count > now]
    if not freeing:
        return [say("drop_nothing" if best else "asked_nothing", language, seed)]
    said = [say("drop_first", language, seed, what=freeing[0][1], count=freeing[0][0], now=now)]
    if len(freeing) > 1:
        said.append(say("drop_next", language, seed, what=freeing[1][1], count=freeing[1][0]))
    return said
