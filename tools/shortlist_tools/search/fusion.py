"""How words and meaning become one score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WORDS = 0.3
MEANING = 0.7
COVER = 1.0


def word_score(lexical: Floats, cover: Floats) -> Floats:
    """Return how well each item fits by words alone: what `fuse` gives where no item has a vector."""
    return COVER * cover + WORDS * _scaled(lexical)


def fuse(lexical: Floats, cover: Floats, similarity: Floats) -> Floats:
    """Return one score an item, greater is better.

    Args:
        lexical: BM25 scores, 0 where no word matched.
        cover: Share of the query's words an item has, 0 to 1.
        similarity: Cosine similarities; NaN for items without a vector.
    """
    meaning = np.nan_to_num(similarity, nan=0.0).clip(0.0)
    return word_score(lexical, cover) + MEANING * _scaled(meaning)


def _scaled(values: Floats) -> Floats:
    top = float(values.max(initial=0.0))
    return values / np.float32(top) if top > 0 else values
