"""Calls: how often the model is asked."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def calls(heard: Heard) -> dict[str, float]:
    """Return `calls`: model calls / turns, failed ones included; 0.0 without a model. No turns: no value."""
    return {"calls": sum(turn.answer.calls for turn in heard.turns) / len(heard.turns)} if heard.turns else {}
