"""MRR: how far up the first item that suits best is."""

from __future__ import annotations

from shortlist_evals.metrics import reciprocal_rank
from shortlist_evals.scorers.heard import Heard


def reciprocal(heard: Heard) -> dict[str, float]:
    """Return `mrr`: the mean reciprocal rank over the turns with graded items; formula in `metrics.reciprocal_rank`.

    A turn that recommends none of them counts 0. No turn has graded items: no value.
    """
    ranks = [reciprocal_rank(turn.answer.items, turn.labels.good) for turn in heard.turns if turn.labels.good]
    return {"mrr": sum(ranks) / len(ranks)} if ranks else {}
