"""What every collaborative model is: a small configuration that is fitted, and then scores all items for histories."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.ranking.collaborative.interactions import Interactions

Scores = NDArray[np.float32]
"""Of shape (users, items)."""


class Fitted(Protocol):
    """A fitted model."""

    def scores(self, histories: Interactions) -> Scores:
        """Return a score of every item for every history, of shape (histories.users, items); finite, more is better.

        The histories are over the items the model was fitted on, and need not be those it was fitted on. What a user
        has already is scored too.
        """
        ...


class Recipe(Protocol):
    """A model before it is fitted: its settings."""

    def fit(self, interactions: Interactions) -> Fitted:
        """Return the model fitted on `interactions`; the same ones give the same model to the digit on one machine."""
        ...


def standard(scores: Scores) -> Scores:
    """Return the scores of each user with mean 0 and deviation 1 over the items; all 0 where they do not differ."""
    centred = scores - scores.mean(axis=1, keepdims=True, dtype=np.float64)
    spread = centred.std(axis=1, keepdims=True)
    found: Scores = (centred / np.where(spread > 1e-12, spread, 1.0)).astype(np.float32)
    return found
