"""The model's contribution: how much of plans, ledger and prose is its own."""

from __future__ import annotations

from shortlist_evals.contribution import StoredTurn, measure
from shortlist_evals.scorers.heard import Heard

NAMES = ("plans_as_written", "sentences_kept")


def contributed(heard: Heard) -> dict[str, float]:
    """Return `plans_as_written`, `sentences_kept` and `entries_only_model`, as the contribution suite counts them.

    The first two are shares of the plans asked for and of the sentences written; the third is the number of ledger
    entries a turn with the model that only it found. No plan, or no sentence of a model: no value for it. An agent that
    is not Shortlist, or runs without a model: no value at all.
    """
    turns = [StoredTurn("heard", turn.message, turn.answer.reply) for turn in heard.turns if turn.answer.reply]
    figures = measure(turns)
    if not figures["with_model"]:
        return {}
    values = {name: float(figures[name]) for name in NAMES if figures[name] is not None}
    return {**values, "entries_only_model": figures["entries_only_model"] / figures["with_model"]}
