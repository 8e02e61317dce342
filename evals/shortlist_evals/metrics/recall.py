"""Recall of relevant items."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall(ranking: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """Return recall@k = |relevant items among the first k| / |relevant items|, between 0 and 1.

    With more than k relevant items 1.0 cannot be reached. 0.0 when nothing is relevant: leave such queries out of
    means. An item that is ranked twice counts once.

    Args:
        ranking: Item ids, best first.
        relevant: Ids of the relevant items.
        k: How many ranks count; None for all.
    """
    wanted = set(relevant)
    return len(wanted & set(ranking[:k])) / len(wanted) if wanted else 0.0
