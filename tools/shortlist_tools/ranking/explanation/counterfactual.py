"""What would have to change for another item to win: closed form, since the score is a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from shortlist_tools.ranking.explanation.names import named
from shortlist_tools.ranking.rank import Term
from shortlist_tools.ranking.weights import Weights

LEAST_MARGIN = 1e-6
"""By how much a change makes the other item win: one step of the rounding of scores."""
MOST_WEIGHT = 10.0
"""A change that multiplies a weight beyond this is no change that anybody would make."""


class Placed(Protocol):
    """An item with its score, terms and signals, as ranked or as shown."""

    @property
    def score(self) -> float:
        """The sum of its terms."""
        ...

    @property
    def terms(self) -> tuple[Term, ...]:
        """What each signal added."""
        ...

    @property
    def signals(self) -> dict[str, float]:
        """Every signal as measured."""
        ...


@dataclass(frozen=True)
class Change:
    """One change that alone lets the other item win.

    Attributes:
        kind: Whether the item's `signal` would have to be greater, or that signal would have to `weight` differently.
        signal: The signal.
        before: Its value (0 to 1) or weight now.
        after: The least (of a signal, and of a weight that must grow) or the greatest that lets the other win.
    """

    kind: Literal["signal", "weight"]
    signal: str
    before: float
    after: float


def changes(winner: Placed, other: Placed, weights: Weights) -> list[Change]:
    """Return the single changes that would put `other` above `winner`, the smallest relative change first.

    With `g` the gap of the scores, a signal of weight `w` must rise by `g / w`, if that leaves it within 1; a weight
    must move by `g / (x_other - x_winner)`, if that leaves it between 0 and `MOST_WEIGHT` times what it is. Both items
    must have been ranked with `measured=True`.

    Raises:
        ValueError: If an item was not measured.
    """
    if not winner.signals or not other.signals:
        raise ValueError("what would have to change can be told of items ranked with measured=True only")
    gap = winner.score - other.score + LEAST_MARGIN
    if gap <= LEAST_MARGIN / 2:
        return []
    found = []
    for signal, value in other.signals.items():
        weight = weights.of(signal)
        if weight > 0 and value + gap / weight <= 1.0:
            found.append(Change("signal", signal, value, value + gap / weight))
        ahead = value - winner.signals.get(signal, 0.0)
        moved = weight + gap / ahead if ahead else -1.0
        if 0.0 <= moved <= MOST_WEIGHT * (weight or 0.1):
            found.append(Change("weight", signal, weight, moved))
    return sorted(found, key=lambda one: (abs(one.after - one.before) / max(one.before, 0.1), one.kind, one.signal))


def weights_behind(items: Sequence[Placed]) -> Weights:
    """Return the weights that items were ranked with, from their terms; 0 where no item has anything of a signal."""
    found = dict.fromkeys(Weights.model_fields, 0.0)
    greatest = dict.fromkeys(Weights.model_fields, 0.0)
    for item in items:
        for term in item.terms:
            value = item.signals.get(term.signal, 0.0)
            if abs(value) > greatest.get(term.signal, abs(value)):
                found[term.signal], greatest[term.signal] = max(0.0, term.contribution / value), abs(value)
    return Weights.model_validate({name: round(value, 4) for name, value in found.items()})


def told(found: Sequence[Change], titles: Mapping[str, str], winner: str, other: str, language: str) -> str:
    """Return the first change of either kind as a sentence; says so where no single one would do.

    Args:
        found: What `changes` returned.
        titles: Titles by id.
        winner: Id of the item that stands higher.
        other: Id of the one that could.
        language: `en` or `zh`.
    """
    better, ahead = titles.get(other, other), titles.get(winner, winner)
    first = {kind: next((one for one in found if one.kind == kind), None) for kind in ("signal", "weight")}
    parts = [_said(one, language) for one in first.values() if one is not None]
    if language == "zh":
        return (
            f"{better}要排到{ahead}前面：{'；或者'.join(parts)}。"
            if parts
            else f"没有哪一项单独的变化能让{better}超过{ahead}。"
        )
    if not parts:
        return f"No single change would put {better} above {ahead}."
    return f"{better} would come before {ahead} if {', or if '.join(parts)}."


def _said(one: Change, language: str) -> str:
    name = named(one.signal, language)
    if one.kind == "signal":
        figures = f"{one.before:.2f}", f"{one.after:.2f}"
        return (
            f"它在“{name}”上的得分从{figures[0]}提高到{figures[1]}"
            if language == "zh"
            else f"its score for {name} rose from {figures[0]} to {figures[1]}"
        )
    more = one.after > one.before
    if language == "zh":
        return f"“{name}”的权重从{one.before:.2f}{'增加' if more else '减少'}到{one.after:.2f}"
    return f"{name} counted {'more' if more else 'less'} ({one.after:.2f} instead of {one.before:.2f})"
