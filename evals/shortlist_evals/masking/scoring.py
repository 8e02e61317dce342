"""Precision and recall of masked stretches by their letters and digits, with bootstrap intervals over sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_evals.masking.cases import Label
from shortlist_tools.masking import Personal

_DRAWS = 1000
_SHARE = 0.5
"""What share of a masked stretch must be personal for it to count as right."""


@dataclass(frozen=True)
class Tally:
    """Spans of one sentence, or of many.

    Attributes:
        wanted: Labelled spans.
        hidden: Of these, those whose secret is masked whole.
        named: Of the hidden, those that a stretch of their own kind covers.
        masked: Stretches masked.
        personal: Of these, those that are at least half personal.
    """

    wanted: int = 0
    hidden: int = 0
    named: int = 0
    masked: int = 0
    personal: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self.row(), other.row(), strict=True)))

    def row(self) -> tuple[int, int, int, int, int]:
        """Return the five counts in order."""
        return self.wanted, self.hidden, self.named, self.masked, self.personal

    @property
    def recall(self) -> float:
        """Hidden ones among those wanted; 1 where nothing was wanted."""
        return self.hidden / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Personal ones among those masked; 1 where nothing was masked."""
        return self.personal / self.masked if self.masked else 1.0

    @property
    def kinds(self) -> float:
        """Those masked as what they are among the hidden; 1 where nothing was hidden."""
        return self.named / self.hidden if self.hidden else 1.0


def score(text: str, found: Sequence[Personal], wanted: Sequence[Label]) -> Tally:
    """Return how far `found` hides what is `wanted`, and nothing else; only letters and digits count.

    A span is hidden when every letter and digit of its secret lies in some stretch; a stretch is personal when at least
    half of its letters and digits lie in labelled spans.
    """
    masked = {place for one in found for place in _solid(text, one.start, one.end)}
    personal = {place for one in wanted for place in _solid(text, one.start, one.end)}
    hidden = [one for one in wanted if _solid(text, one.secret_start, one.secret_end) <= masked]
    named = [
        one
        for one in hidden
        if any(it.kind == one.kind and it.start < one.secret_end and one.secret_start < it.end for it in found)
    ]
    right = [
        one
        for one in found
        if (inside := _solid(text, one.start, one.end)) and len(inside & personal) >= _SHARE * len(inside)
    ]
    return Tally(len(wanted), len(hidden), len(named), len(found), len(right))


def _solid(text: str, start: int, end: int) -> set[int]:
    return {place for place in range(start, end) if text[place].isalnum()}


def intervals(tallies: Sequence[Tally], seed: int = 7) -> dict[str, list[float]]:
    """Return `[value, low, high]` (95 % bootstrap over sentences) of the micro recall and precision."""
    whole = sum(tallies, Tally())
    if not tallies:
        return {"recall": [1.0, 1.0, 1.0], "precision": [1.0, 1.0, 1.0]}
    counts = np.array([one.row() for one in tallies], dtype=float)
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(_DRAWS, len(counts)))
    sums = counts[draws].sum(axis=1)
    found = {}
    for name, value, above, below in (("recall", whole.recall, 1, 0), ("precision", whole.precision, 4, 3)):
        ratio = np.where(sums[:, below] > 0, sums[:, above] / np.maximum(sums[:, below], 1), 1.0)
        low, high = np.quantile(ratio, [0.025, 0.975])
        found[name] = [round(float(one), 4) for one in (value, low, high)]
    return found
