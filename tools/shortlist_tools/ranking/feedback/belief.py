"""A belief about the weights of a linear score: a normal distribution that each observation narrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_tools.ranking.signals import Scores


@dataclass(frozen=True, eq=False)
class Belief:
    """A normal distribution over weights.

    Attributes:
        names: Of the weights.
        mean: Shape (d,).
        covariance: Shape (d, d).
    """

    names: tuple[str, ...]
    mean: Scores
    covariance: Scores

    @classmethod
    def prior(cls, names: Sequence[str], mean: Scores | None = None, deviation: float = 1.0) -> Belief:
        """Return independent weights with one standard deviation."""
        start = np.zeros(len(names)) if mean is None else np.asarray(mean, dtype=np.float64)
        return cls(tuple(names), start, np.eye(len(names)) * deviation**2)

    def after_choice(self, x: Scores, liked: bool, weight: float = 1.0) -> Belief:
        """Return the belief after a yes or no whose log-odds are `x @ weights`.

        One Newton step from the mean with the curvature there (the extended Kalman filter of logistic regression); the
        covariance shrinks by the Sherman-Morrison formula. What is not finite teaches nothing.

        Args:
            x: Features, shape (d,).
            liked: What was observed.
            weight: How much it counts, 1 for a full observation.
        """
        if not np.isfinite(x).all() or weight <= 0:
            return self
        p = float(1.0 / (1.0 + np.exp(-np.clip(x @ self.mean, -30.0, 30.0))))
        return self._moved(x, weight * (float(liked) - p), weight * max(p * (1.0 - p), 1e-6))

    def after_value(self, x: Scores, value: float, noise: float = 1.0) -> Belief:
        """Return the belief after observing `value = x @ weights` with a standard deviation of `noise`."""
        if not np.isfinite(x).all() or not np.isfinite(value):
            return self
        return self._moved(x, (value - float(x @ self.mean)) / noise**2, 1.0 / noise**2)

    def _moved(self, x: Scores, slope: float, curvature: float) -> Belief:
        spread = self.covariance @ x
        gain = 1.0 + curvature * float(x @ spread)
        covariance = self.covariance - np.outer(spread, spread) * (curvature / gain)
        return Belief(self.names, self.mean + spread * (slope / gain), covariance)

    def draw(self, chance: np.random.Generator) -> Scores:
        """Return weights drawn from the belief, shape (d,)."""
        # The lower triangle of the covariance, with as much on the diagonal as rounding may have taken from it.
        lower = np.linalg.cholesky(self.covariance + 1e-10 * np.eye(len(self.names)))
        drawn: Scores = self.mean + lower @ chance.standard_normal(len(self.names))
        return drawn
