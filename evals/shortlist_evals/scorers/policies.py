"""Policy violations: whether the operator's rules hold for everything shown."""

from __future__ import annotations

from collections.abc import Iterator

from shortlist_evals.invariants.checks import discloses, keeps_policies
from shortlist_evals.scorers.heard import Heard


def policies(heard: Heard) -> dict[str, float]:
    """Return `policies_kept`: answers that break no policy / answers.

    Policies: nothing blocked, nothing bought or watched before, nothing that the house refuses (out of stock), nothing
    above the user's confirmed age, no more items than the slate holds, sponsors disclosed. An answer that shows
    nothing breaks none. No turns: no value.
    """
    broken = {place for place, _ in violated(heard)}
    return {"policies_kept": 1 - len(broken) / len(heard.turns)} if heard.turns else {}


def violated(heard: Heard) -> Iterator[tuple[int, str]]:
    """Yield each violation with the place of its turn."""
    for place, moment in enumerate(heard.moments):
        for fault in (*keeps_policies(moment), *discloses(moment)):
            yield place, fault
