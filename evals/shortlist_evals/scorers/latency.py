"""Latency: how long a user waits for the first sentence, and for all of it."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def latency(heard: Heard) -> dict[str, float]:
    """Return `seconds`, the mean wall time of a turn, and `first_sentence`, the mean wait for the first sentence.

    Both depend on the machine. Turns whose agent does not tell when its first sentence stood are left out of
    `first_sentence`; none tells: no value. No turns: no value.
    """
    waits = [turn.answer.first_sentence for turn in heard.turns if turn.answer.first_sentence is not None]
    times = [turn.answer.seconds for turn in heard.turns]
    values = {"seconds": sum(times) / len(times)} if times else {}
    return values | ({"first_sentence": sum(waits) / len(waits)} if waits else {})
