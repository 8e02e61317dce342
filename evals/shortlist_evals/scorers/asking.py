"""Asked before guess: whether an agent asks where too little was said."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def asking(heard: Heard) -> dict[str, float]:
    """Return `asked_first`: turns labelled unclear that are answered with a question / turns labelled unclear.

    A question beside a slate counts: the user is not left to guess what would help. A request to confirm one's age does
    not: it is not about what suits. No turn is labelled unclear: no value.
    """
    unclear = [turn.answer for turn in heard.turns if turn.labels.unclear]
    return (
        {"asked_first": sum(bool(one.asked) or one.kind == "ask" for one in unclear) / len(unclear)} if unclear else {}
    )
