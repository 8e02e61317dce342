"""A trained fusion of signals: everybody's weights, how far down people look, and how likely an item is liked."""

from __future__ import annotations

import math

from pydantic import BaseModel, ConfigDict, Field

from shortlist_tools.ranking.feedback import STEEPNESS
from shortlist_tools.ranking.weights import Weights

ASKED = ("request", "wishes", "superlative")
"""Signals of what the person asked for."""


class FusionModel(BaseModel):
    """What training on logged slates found.

    Attributes:
        weights: Of all signals, none below 0, in units of score: one is worth `STEEPNESS` log-odds.
        intercept: Log-odds that an item without any signal is liked.
        slope: Of the calibration (Platt, 1999): log-odds are `slope * (STEEPNESS * score + intercept) + offset`.
        offset: Of the calibration.
        propensities: How likely each place of a slate is looked at, the first 1.
        slates: How many slates it was trained on.
        reactions: How many items of them were liked.
        since: Unix seconds of the oldest slate.
        until: Unix seconds of the newest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    weights: Weights
    intercept: float = 0.0
    slope: float = Field(default=1.0, gt=0.0)
    offset: float = 0.0
    propensities: tuple[float, ...] = (1.0,)
    slates: int = 0
    reactions: int = 0
    since: float = 0.0
    until: float = 0.0

    def probability(self, score: float) -> float:
        """Return how likely an item of `score` is liked by somebody who looks at it, between 0 and 1."""
        logit = self.slope * (STEEPNESS * score + self.intercept) + self.offset
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit))))


def asked_first(weights: Weights, least: Weights | None = None) -> Weights:
    """Return `weights` with what the person asked for raised to its share in `least`, by default that of no training.

    Clicks cannot tell that somebody who asks for the cheapest must get it: of every signal of `ASKED`, the ratio to the
    sum of all others is at least what it is in `least`.
    """
    base = least or Weights()
    rest = [name for name in Weights.model_fields if name not in ASKED]
    before, now = (sum(each.of(name) for name in rest) for each in (base, weights))
    raised = {name: max(weights.of(name), base.of(name) * now / before if before else 0.0) for name in ASKED}
    return Weights.model_validate(weights.model_dump() | raised)
