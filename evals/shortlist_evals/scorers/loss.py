"""Regret and bad items: what it costs to take what is shown."""

from __future__ import annotations

from shortlist_evals.metrics import regret
from shortlist_evals.scorers.heard import Heard


def loss(heard: Heard) -> dict[str, float]:
    """Return `regret` and `bad_shown`, both better when lower.

    `regret` is the mean over the turns with graded items of the regret of the best item shown, the grades being the
    utilities; formula in `metrics.regret`. `bad_shown` is the share of recommended items that the case calls bad, over
    the turns that label bad ones. No such turns: no value.
    """
    graded = [regret(turn.answer.items, turn.labels.good) for turn in heard.turns if turn.labels.good]
    judged = [one in turn.labels.bad for turn in heard.turns if turn.labels.bad for one in turn.answer.items]
    values = {"regret": sum(graded) / len(graded)} if graded else {}
    return values | ({"bad_shown": sum(judged) / len(judged)} if judged else {})
