"""Training what all users share, over the parts of an open recommender."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from shortlist.runtime import Runtime
    from shortlist_tools.catalog import Snapshot
    from shortlist_tools.ranking.collaborative import Features
    from shortlist_tools.ranking.training import Card
    from shortlist_tools.search import Searcher


def train_shared(runtime: Runtime, people: int, progress: Callable[[str, int, int], None] | None = None) -> Card:
    """Fit a model on the recorded events and the items' content, publish it, and return its card.

    Raises:
        TrainingError: If there is nothing to learn from, or another process is training.
    """
    from shortlist_tools.ranking.training import Options, train

    snapshot = runtime.services().snapshot
    runtime.prepare(wait=True)
    vectors = content_of(snapshot, runtime.searcher())
    told = progress or (lambda stage, done, total: None)
    return train(runtime.store, snapshot, runtime.models, vectors, Options(people=people), told)


def content_of(snapshot: Snapshot, searcher: Searcher) -> Features | None:
    """Return the vector of each item as the search has it, zeros where it has none; None while there are none."""
    nearest = searcher.nearest()
    if nearest is None:
        return None
    built = nearest.built
    rows = np.array([built.row_of.get(name, -1) for name in snapshot.ids], dtype=np.int64)
    found = np.array(built.matrix[np.maximum(rows, 0)], dtype=np.float32)
    found[rows < 0] = 0.0
    return found
