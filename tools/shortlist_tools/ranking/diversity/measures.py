"""How varied slates are, and how attention spreads over the items of a catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.ranking.diversity.likeness import likeness
from shortlist_tools.ranking.signals import Rows, Scores

SMOOTHING = 0.01
"""Share of the wanted mix that is mixed into the shown one, so that a missing interest costs a finite amount."""


def intra_list_distance(snapshot: Snapshot, rows: Rows) -> float:
    """Return the mean of `1 - cosine` over the pairs of a slate (Ziegler et al., 2005); 0 for fewer than two items."""
    if len(rows) < 2:
        return 0.0
    alike = likeness(snapshot, rows)
    pairs = np.triu_indices(len(rows), 1)
    return float(1.0 - alike[pairs].mean())


def calibration_error(wanted: Mapping[str, float], shown: Mapping[str, float]) -> float:
    """Return the Kullback-Leibler divergence of the mix shown from the mix wanted (Steck, 2018), in nats.

    Both are scaled to sum to 1, and the mix shown is smoothed by `SMOOTHING` of the wanted one. Nothing wanted: 0;
    nothing shown: as if everything shown were something else.
    """
    total, given = sum(wanted.values()), sum(shown.values())
    if total <= 0:
        return 0.0
    error = 0.0
    for name, weight in wanted.items():
        p = weight / total
        q = (1 - SMOOTHING) * (shown.get(name, 0.0) / given if given > 0 else 0.0) + SMOOTHING * p
        error += p * float(np.log(p / q)) if p > 0 else 0.0
    return max(0.0, error)


def exposure_gini(exposures: Sequence[float] | Scores) -> float:
    """Return the Gini coefficient of what each item of a catalog was shown, 0 (all alike) to near 1 (one has all)."""
    values = np.sort(np.asarray(exposures, dtype=np.float64))
    total = float(values.sum())
    if len(values) == 0 or total <= 0:
        return 0.0
    ranks = np.arange(1, len(values) + 1)
    return float((2 * (ranks * values).sum()) / (len(values) * total) - (len(values) + 1) / len(values))


def coverage(shown: Sequence[int], size: int) -> float:
    """Return the share of the catalog's `size` items that was shown at all."""
    return len(set(shown)) / size if size else 0.0


def effective_number(counts: Sequence[float] | Scores) -> float:
    """Return how many equally frequent categories would be as varied: `exp` of the entropy (Hill, 1973); 0 for none."""
    values = np.asarray(counts, dtype=np.float64)
    values = values[values > 0]
    if len(values) == 0:
        return 0.0
    shares = values / values.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))
