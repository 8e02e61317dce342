"""Regret: what the best item shown lacks against the best there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def regret(shown: Sequence[str], utilities: Mapping[str, float]) -> float:
    """Return (best utility - best utility shown) / best utility, between 0 and 1 for utilities that are not negative.

    It is the simple regret of a user who takes the best item shown. Items without a utility are worth nothing, and so
    is an empty slate: 1.0. Nothing is worth anything: 0.0, since nothing is lost.

    Args:
        shown: Item ids, in any order.
        utilities: What each item is worth to the user; at least that of everything worth more than nothing.
    """
    best = max(utilities.values(), default=0.0)
    if best <= 0.0:
        return 0.0
    return (best - max((utilities.get(item, 0.0) for item in shown), default=0.0)) / best
