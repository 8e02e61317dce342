"""One holder of events: it fits on its own users, and lets nothing out but a clipped and noised change of weights."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, ConfigDict

from shortlist_tools.ranking.signals import Scores

STEPS = 5
RATE = 0.5
"""Local gradient steps of a round, and their length on the mean gradient."""


class Update(BaseModel):
    """All that leaves a client: the number of the round, and how it would change the weights, clipped and noised."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    round: int
    change: tuple[float, ...]


class Client:
    """Holds comparisons of its own users: the features of what was chosen less those of what was not.

    Args:
        comparisons: Shape (n, d); rows that are not finite are left out.
        seed: Of its noise, known to nobody else.
    """

    def __init__(self, comparisons: Scores, seed: int) -> None:
        rows = np.asarray(comparisons, dtype=np.float64)
        self._x = rows[np.isfinite(rows).all(axis=1)]
        self._noise = np.random.default_rng(seed)

    def update(self, number: int, weights: Scores, clip: float, deviation: float) -> Update:
        """Return how the client would change `weights`.

        Gradient steps on the pairwise logistic loss of its own comparisons; the change is scaled down to a length of at
        most `clip`, so that no client says much, and normal noise is added before it leaves (McMahan et al., 2018).

        Args:
            number: Of the round.
            weights: Everybody's, shape (d,).
            clip: Longest change (Euclidean).
            deviation: Standard deviation of this client's noise in every weight.
        """
        local = np.array(weights, dtype=np.float64)
        for _ in range(STEPS if len(self._x) else 0):
            doubt = 1.0 / (1.0 + np.exp(np.clip(self._x @ local, -30.0, 30.0)))
            local += RATE * (self._x * doubt[:, None]).mean(axis=0)
        change = clipped(local - weights, clip) + self._noise.normal(0.0, deviation, len(local))
        return Update(round=number, change=tuple(change.tolist()))


def clipped(change: Scores, most: float) -> Scores:
    """Return `change`, shortened to a length of `most` where it is longer."""
    length = float(np.linalg.norm(change))
    return change if length <= most else change * (most / length)
