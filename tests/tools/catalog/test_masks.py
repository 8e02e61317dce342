"""Masks that are kept while a snapshot serves."""

from __future__ import annotations

import numpy as np
import pytest

from shortlist_tools.catalog.masks import LEAST_KEPT, MOST_BYTES, Masks


def test_that_a_mask_is_evaluated_once_and_cannot_be_written_to() -> None:
    masks, asked = Masks(3), []

    def evaluate() -> np.ndarray:
        asked.append(1)
        return np.array([True, False, True])

    first, again = masks.get("cheap", evaluate), masks.get("cheap", evaluate)
    assert first is again
    assert asked == [1]
    with pytest.raises(ValueError, match="read-only"):
        first[0] = False


def test_that_the_masks_asked_for_longest_ago_go_first() -> None:
    masks, asked = Masks(MOST_BYTES), []

    def evaluated(name: int) -> None:
        masks.get(name, lambda: asked.append(name) or np.zeros(1, dtype=np.bool_))

    for name in [*range(LEAST_KEPT), 0, LEAST_KEPT, 0, 1]:
        evaluated(name)
    assert asked == [*range(LEAST_KEPT), LEAST_KEPT, 1]
