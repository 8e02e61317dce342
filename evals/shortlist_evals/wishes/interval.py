"""A mean with its bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESAMPLES = 5_000


def mean_interval(values: Sequence[float], seed: int = 7) -> tuple[float, float, float]:
    """Return the mean of `values` and the ends of its 95 % percentile bootstrap interval (Efron 1979).

    Cases are resampled with replacement, so that paired differences give a paired interval. One value has an interval
    of no width.

    Raises:
        ValueError: If there are no values.
    """
    if not values:
        raise ValueError("a mean of no values")
    array = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(array), size=(RESAMPLES, len(array)))
    low, high = np.quantile(array[draws].mean(axis=1), (0.025, 0.975))
    return round(float(array.mean()), 4), round(float(low), 4), round(float(high), 4)
