"""Arrays that signals are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Rows = NDArray[np.int64]


def scaled(values: Scores) -> Scores:
    """Return `values` from 0 (the least of them) to 1 (the greatest); NaN is 0, and all are 0 where all are equal."""
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    if high <= low:
        return np.zeros(len(values))
    found: Scores = ((np.where(np.isfinite(values), values, low)) - low) / (high - low)
    return found


def percentile(values: Scores) -> Scores:
    """Return the mid-rank of each known value among the known ones, 0 to 1 exclusive; a missing value gives 0.

    `(b + t / 2) / n` with `b` values beaten, `t` equal ones (itself among them), `n` known: whatever is known beats
    what is not, and one alone has 0.5.
    """
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    count = int(known.sum())
    if count:
        ordered = np.sort(values[known])
        below = np.searchsorted(ordered, values[known], side="left")
        upto = np.searchsorted(ordered, values[known], side="right")
        scores[known] = (below + upto) / (2.0 * count)
    return scores


def gathered(starts: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """Return the entries of `rows`, where row `r` owns the places `starts[r]` to `starts[r + 1]`.

    They are given as the place in `rows` that owns each entry, and the place of the entry.
    """
    counts = starts[rows + 1] - starts[rows]
    owner = np.repeat(np.arange(len(rows)), counts)
    firsts = np.cumsum(counts) - counts
    return owner, np.arange(int(counts.sum())) - np.repeat(firsts, counts) + np.repeat(starts[rows], counts)


def sums_over(starts: Rows, codes: Rows, rows: Rows, worth: Scores) -> Scores:
    """Return for each of `rows` the sum of `worth` over its codes, where row `r` owns them as in `gathered`."""
    owner, places = gathered(starts, rows)
    return np.bincount(owner, worth[codes[places]], minlength=len(rows)).astype(np.float64)
