"""Reciprocal rank of the first relevant item."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """Return 1 / (rank of the first relevant item), from rank 1; its mean over queries is MRR.

    0.0 when no relevant item is among the first k (all, when k is None), or nothing is relevant.

    Args:
        ranking: Item ids, best first.
        relevant: Ids of the relevant items.
        k: How many ranks count.
    """
    wanted = set(relevant)
    return next((1.0 / rank for rank, item in enumerate(ranking[:k], start=1) if item in wanted), 0.0)
