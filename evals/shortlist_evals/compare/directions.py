"""Which way a metric is better, or that it only describes."""

from __future__ import annotations

from typing import Literal

LOWER = frozenset(
    {"bad", "bad_shown", "calls", "cost", "faults", "invented", "regret", "rejections", "tokens", "tokens_written",
     "turns", "turns_to_success", "unknown_items", "violations"}
)  # fmt: skip
"""Metrics of which less is better."""

DESCRIBES = frozenset(
    {"asked", "completion_tokens", "entries_only_model", "first_sentence", "picks", "plans_accepted", "prompt_tokens",
     "questions", "reply_length", "reply_words", "seconds", "sentences_kept", "unjudged"}
)  # fmt: skip
"""Metrics that are neither better nor worse by themselves: what the machine's speed or a model's manner sways."""


def direction(metric: str) -> Literal[-1, 0, 1]:
    """Return 1 where more of `metric` is better, -1 where less is, 0 where it only describes; `@k` does not matter."""
    name = metric.partition("@")[0]
    return -1 if name in LOWER else 0 if name in DESCRIBES else 1
