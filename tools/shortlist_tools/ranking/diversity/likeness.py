"""How alike items are: the cosine of the values that they have, rare values counting more."""

from __future__ import annotations

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import pair_index
from shortlist_tools.ranking.signals import Rows, Scores, gathered


def vectors(snapshot: Snapshot, rows: Rows) -> Scores:
    """Return one vector of length 1 (0 without any value) for each row, shape (n, values that occur).

    A value weighs `log(1 + N / n)`, with `n` of the catalog's `N` items having it.
    """
    index = pair_index(snapshot)
    owner, places = gathered(index.starts, np.asarray(rows, dtype=np.int64))
    codes = index.codes[places]
    present, column = np.unique(codes, return_inverse=True)
    counts = np.bincount(index.codes, minlength=len(index.pairs))[present]
    found = np.zeros((len(rows), max(1, len(present))))
    found[owner, column] = np.log1p(len(snapshot) / np.maximum(counts, 1))[column] if len(present) else 0.0
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    unit: Scores = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
    return unit


def likeness(snapshot: Snapshot, rows: Rows, others: Rows | None = None) -> Scores:
    """Return the cosine of every row with every other, or with those of `others`, shape (n, m), 0 to 1."""
    if others is None:
        alone = vectors(snapshot, rows)
        return (alone @ alone.T).clip(0.0, 1.0)
    both = vectors(snapshot, np.concatenate([np.asarray(rows), np.asarray(others)]).astype(np.int64))
    found: Scores = (both[: len(rows)] @ both[len(rows) :].T).clip(0.0, 1.0)
    return found
