"""How much the approximate ways to the nearest items lose against the exact one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.nearest import Nearest, Way

EQUAL = 1e-5
"""Similarities this close are one: Chroma rounds differently."""


def recall_of(
    way: Way,
    nearest: Nearest,
    vectors: Sequence[Vectors],
    n: int = 10,
    rows: Sequence[NDArray[np.int64] | None] = (None,),
) -> float:
    """Return the mean share of the `n` exact nearest neighbours that another way finds, 0 to 1.

    A found item counts when it is at least as similar as the last of the exact ones, so equal vectors do not matter.
    Queries that Chroma hands back (too few of its neighbours survive) are answered exactly in use, and count as such.

    Args:
        way: `chroma` or `sketch`.
        nearest: An index whose Chroma is open (`nearest.wait()`).
        vectors: Query vectors.
        n: Neighbours a query.
        rows: The rows allowed, for each of several filters; None for all.
    """
    shares = []
    for vector in vectors:
        for allowed in rows:
            _, exact = nearest.exactly(vector, n, allowed)
            if len(exact) == 0:
                continue
            wanted = np.sort(exact)[::-1][:n]
            answer = (nearest.by_sketch if way == "sketch" else nearest.by_chroma)(vector, n, allowed)
            found = wanted if answer is None else np.sort(answer[1])[::-1][:n]
            shares.append(float(np.mean(found >= wanted[-1] - EQUAL)) * min(len(found), len(wanted)) / len(wanted))
    return float(np.mean(shares)) if shares else 1.0
