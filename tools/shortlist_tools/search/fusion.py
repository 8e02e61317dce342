"""How words and meaning become one score."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """What counts how much; only the ratios matter.

    Attributes:
        cover: Share of the query's words that an item has, each weighed by its rarity.
        words: BM25 score, scaled to the greatest among the candidates.
        meaning: Cosine similarity, scaled to the greatest among the candidates.
    """

    cover: float = 1.0
    words: float = 0.4
    meaning: float = 0.6


WEIGHTS = Weights()
"""Chosen by `shortlist_evals.chorus`, in the middle of a flat region; see docs/decisions.md."""


class Candidates(NamedTuple):
    """What words and meaning nominated for a query, with every signal of each; arrays of one length.

    Attributes:
        rows: Rows in the catalog's snapshot, ascending.
        lexical: BM25 scores, 0 where no word matched.
        cover: Share of the query's words an item has, 0 to 1.
        similarity: Cosine similarities; NaN for items without a vector.
    """

    rows: NDArray[np.int64]
    lexical: Floats
    cover: Floats
    similarity: Floats


def fuse(candidates: Candidates, weights: Weights = WEIGHTS) -> Floats:
    """Return one score a candidate, greater is better.

    A convex combination of scaled scores (Bruch et al., 2023, "An Analysis of Fusion Functions for Hybrid Retrieval")
    and the cover, which keeps items that have all of a query's words above items that have some of them often. Where
    no word of the query is known, as across languages, meaning alone orders.
    """
    meaning = np.nan_to_num(candidates.similarity, nan=0.0).clip(0.0)
    return word_score(candidates.lexical, candidates.cover, weights) + np.float32(weights.meaning) * _scaled(meaning)


def word_score(lexical: Floats, cover: Floats, weights: Weights = WEIGHTS) -> Floats:
    """Return how well each item fits by words alone: what `fuse` gives where no item has a vector."""
    score: Floats = np.float32(weights.cover) * cover + np.float32(weights.words) * _scaled(lexical)
    return score


def _scaled(values: Floats) -> Floats:
    top = float(values.max(initial=0.0))
    return values / np.float32(top) if top > 0 else values
