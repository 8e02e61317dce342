"""Unknown items: whether everything shown or named exists, under its own name."""

from __future__ import annotations

from collections.abc import Iterator

from shortlist_evals.invariants.checks import exists
from shortlist_evals.invariants.prose import names
from shortlist_evals.scorers.heard import Heard


def known(heard: Heard) -> dict[str, float]:
    """Return `items_known`: answers in which no unknown item is shown or named / answers.

    An item is unknown if the catalog does not have its id, or has it under another title; an item that exists and is
    named in the message without being shown, and without the user having named it, counts too. An answer without items
    and words is fine. No turns: no value.
    """
    wrong = {place for place, _ in unknown(heard)}
    return {"items_known": 1 - len(wrong) / len(heard.turns)} if heard.turns else {}


def unknown(heard: Heard) -> Iterator[tuple[int, str]]:
    """Yield each fault with the place of its turn."""
    for place, moment in enumerate(heard.moments):
        for fault in (*exists(moment), *names(moment)):
            yield place, fault
