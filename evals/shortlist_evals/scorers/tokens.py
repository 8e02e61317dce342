"""Tokens: how much is sent to the model and written by it."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def tokens(heard: Heard) -> dict[str, float]:
    """Return `tokens`: tokens sent (cached ones included) and written / turns, and `tokens_written`: those written.

    0.0 without a model. No turns: no value.
    """
    if not heard.turns:
        return {}
    written = sum(turn.answer.completion_tokens for turn in heard.turns)
    sent = sum(turn.answer.prompt_tokens for turn in heard.turns)
    return {"tokens": (sent + written) / len(heard.turns), "tokens_written": written / len(heard.turns)}
