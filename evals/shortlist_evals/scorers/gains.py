"""nDCG: how near the order of the slate is to the best one."""

from __future__ import annotations

from shortlist_evals.metrics import ndcg
from shortlist_evals.scorers.heard import Heard

K = 3
"""A slate is short: what stands below the third place is rarely shown."""


def gains(heard: Heard) -> dict[str, float]:
    """Return `ndcg@3`: the mean nDCG@3 over the turns with graded items; formula in `metrics.ndcg`.

    Items without a grade gain nothing, which punishes what suits and was not labelled. No turn has graded items: no
    value.
    """
    found = [ndcg(turn.answer.items, turn.labels.good, K) for turn in heard.turns if turn.labels.good]
    return {f"ndcg@{K}": sum(found) / len(found)} if found else {}
