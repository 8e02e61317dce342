"""Alternating least squares by the `implicit` library, an extra: factors for catalogs of any size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shortlist_tools.ranking.collaborative.errors import TrainingError
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.protocol import Scores
from shortlist_tools.ranking.collaborative.recency import Recency
from shortlist_tools.search.blas import one_thread


@dataclass(frozen=True)
class Als:
    """Weighted matrix factorisation of implicit feedback (Hu, Koren and Volinsky, 2008).

    Attributes:
        factors: Length of the vectors.
        l2: The ridge.
        confidence: What an interaction counts more than none.
        rounds: Alternations.
        seed: Of the first factors.
        recency: How the rows of a history are weighted when its vector is solved for.
    """

    factors: int = 64
    l2: float = 5.0
    confidence: float = 5.0
    rounds: int = 15
    seed: int = 20_260
    recency: Recency = field(default_factory=Recency)

    def fit(self, interactions: Interactions) -> FittedAls:
        """Return the fitted model.

        Raises:
            TrainingError: If `implicit` is not installed.
        """
        try:
            from implicit.cpu.als import AlternatingLeastSquares
        except ImportError as error:
            raise TrainingError("ALS needs the library implicit: pip install 'shortlist[als]'") from error
        from scipy.sparse import csr_matrix

        with one_thread():
            model = AlternatingLeastSquares(
                factors=self.factors, regularization=self.l2, alpha=self.confidence, iterations=self.rounds,
                random_state=self.seed, num_threads=1,
            )  # fmt: skip
            model.fit(csr_matrix(interactions.matrix()), show_progress=False)
        return FittedAls(model, self.recency)


@dataclass(frozen=True, eq=False)
class FittedAls:
    """Item vectors; a history's own vector is solved for when it is scored."""

    model: Any
    recency: Recency

    def scores(self, histories: Interactions) -> Scores:
        """Return the products of each history's vector with those of the items."""
        from scipy.sparse import csr_matrix

        weights = np.clip(self.recency(histories), 0.0, None)
        rows = csr_matrix(histories.matrix(weights))
        with one_thread():
            users = self.model.recalculate_user(np.arange(histories.users), rows)
        return np.asarray(users @ self.model.item_factors.T, dtype=np.float32)
