"""What a policy would have earned on slates that another one showed: told before it is used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortlist_tools.ranking.signals import Scores

Z = 1.96
"""Standard errors on either side of a 95 % interval."""


@dataclass(frozen=True)
class Estimate:
    """The worth of a policy.

    Attributes:
        value: The estimate.
        low: Lower bound of its 95 % interval.
        high: Upper bound.
        effective: How many observations of the new policy itself would be as telling (Kish's effective sample size).
    """

    value: float
    low: float
    high: float
    effective: float

    def better_than(self, value: float) -> bool:
        """Return whether the policy is really worth more than `value`."""
        return self.low > value


def snips(rewards: Scores, logged: Scores, wanted: Scores) -> Estimate:
    """Return the self-normalised inverse propensity estimate of a policy (Swaminathan and Joachims, 2015).

    `sum w r / sum w` with `w = wanted / logged`; the interval is that of the delta method, whose standard error is
    `sqrt(sum w^2 (r - value)^2) / sum w`.

    Args:
        rewards: What each shown item earned, shape (n,).
        logged: How likely the policy that showed it was to show it, above 0, shape (n,).
        wanted: How likely the new one is, shape (n,).

    Raises:
        ValueError: If a propensity is not above 0, or nothing of the log would have been shown by the new policy.
    """
    if not (np.asarray(logged) > 0).all():
        raise ValueError("what was shown with no chance cannot be weighed: log the propensity of every item shown")
    w = np.asarray(wanted, dtype=np.float64) / np.asarray(logged, dtype=np.float64)
    total = float(w.sum())
    if total <= 0:
        raise ValueError("the new policy would have shown nothing of what was logged: let the old one explore more")
    value = float((w * rewards).sum() / total)
    error = float(np.sqrt((w**2 * (np.asarray(rewards) - value) ** 2).sum())) / total
    return Estimate(value, value - Z * error, value + Z * error, total**2 / float((w**2).sum()))
