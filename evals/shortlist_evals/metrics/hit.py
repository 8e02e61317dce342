"""Whether anything relevant is found at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def hit(ranking: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """Return hit@k: 1.0 if a relevant item is among the first k, else 0.0; its mean over queries is success@k.

    0.0 when nothing is relevant: leave such queries out of means.

    Args:
        ranking: Item ids, best first.
        relevant: Ids of the relevant items.
        k: How many ranks count; None for all.
    """
    return float(not set(relevant).isdisjoint(ranking[:k]))
