"""Hit@k: whether an item that suits best is among the first k."""

from __future__ import annotations

from shortlist_evals.metrics import hit
from shortlist_evals.scorers.heard import Heard

KS = (1, 3)


def hits(heard: Heard) -> dict[str, float]:
    """Return `hit@1` and `hit@3`: the mean of hit@k over the turns with graded items; formula in `metrics.hit`.

    A turn that recommends nothing is a miss. No turn has graded items: no value.
    """
    graded = [turn for turn in heard.turns if turn.labels.good]
    return {
        f"hit@{k}": sum(hit(turn.answer.items, turn.labels.good, k) for turn in graded) / len(graded)
        for k in KS
        if graded
    }
