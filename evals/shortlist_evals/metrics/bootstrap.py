"""Intervals around means over queries, and around the difference of two systems on the same queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

RESAMPLES = 10_000
SEED = 20_260


class Interval(NamedTuple):
    """A mean with the bounds of its bootstrap interval."""

    mean: float
    low: float
    high: float


def mean_interval(values: Sequence[float], level: float = 0.95, seed: int = SEED) -> Interval:
    """Return the mean of `values` with its percentile bootstrap interval (Efron, 1979).

    Queries are drawn with replacement 10,000 times; the bounds are the quantiles (1 - level) / 2 and (1 + level) / 2
    of the resampled means. The same values and seed give the same interval. No values: all zero; one value: no width.

    Args:
        values: One score a query.
        level: Share of resampled means inside the interval.
        seed: Of the random draws.
    """
    scores = np.asarray(values, dtype=np.float64)
    if scores.size == 0:
        return Interval(0.0, 0.0, 0.0)
    draws = np.random.default_rng(seed).integers(0, scores.size, size=(RESAMPLES, scores.size))
    low, high = np.quantile(scores[draws].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(scores.mean()), float(low), float(high))


def paired_interval(ours: Sequence[float], theirs: Sequence[float], level: float = 0.95, seed: int = SEED) -> Interval:
    """Return the mean of `ours - theirs`, query by query, with its bootstrap interval.

    An interval above zero says that the difference is more than the choice of these queries.

    Raises:
        ValueError: If the two have different lengths.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} scores cannot be paired with {len(theirs)}")
    return mean_interval([one - other for one, other in zip(ours, theirs, strict=True)], level, seed)
