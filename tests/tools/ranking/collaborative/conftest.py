"""People with planted habits: two circles that share no item, and a chain of items that follow each other."""

from __future__ import annotations

import numpy as np
import pytest

from shortlist_tools.ranking.collaborative import Interaction, Interactions, interactions_of


@pytest.fixture(scope="session")
def chain() -> Interactions:
    """Forty people who go through 30 items in order, each from another place on, with one skipped now and then."""
    draws = np.random.default_rng(5)
    rows = []
    for person in range(40):
        start = int(draws.integers(0, 20))
        for step in range(9):
            if draws.random() > 0.15:
                rows.append(Interaction(f"p{person:02d}", f"i{start + step:02d}", 1.0, 1_000.0 * person + step))
    return interactions_of(rows, items=[f"i{number:02d}" for number in range(30)])


@pytest.fixture(scope="session")
def circles() -> Interactions:
    """Thirty people, half of whom choose among the first ten items and half among the other ten, five each."""
    draws = np.random.default_rng(7)
    rows = []
    for person in range(30):
        own = draws.choice(10, 5, replace=False) + 10 * (person % 2)
        rows += [Interaction(f"p{person:02d}", f"i{item:02d}", 1.0, float(time)) for time, item in enumerate(own)]
    return interactions_of(rows, items=[f"i{number:02d}" for number in range(20)])
