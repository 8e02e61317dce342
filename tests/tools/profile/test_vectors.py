"""Profile vectors point to what was liked, lately or for long, and away from what was turned down."""

from __future__ import annotations

import numpy as np
import pytest

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event
from shortlist_tools.profile.builder import build
from shortlist_tools.profile.statistics import Statistics
from shortlist_tools.profile.vectors import vectors_of

DAY = 86_400.0
NOW = 20_000 * DAY
LAMP, KETTLE = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])


def did(kind: str, item: str, days_ago: float) -> Event:
    return Event.model_validate({"kind": kind, "item_id": item, "time": NOW - days_ago * DAY})


def matrix(shop: Snapshot) -> np.ndarray:
    return np.array([LAMP if name.startswith("l") else KETTLE for name in shop.ids], dtype=np.float32)


def test_recent_taste_turns_before_the_lasting_one(shop: Snapshot) -> None:
    statistics = Statistics([did("viewed", f"l{n}", 100 + n) for n in range(1, 7)] + [did("viewed", "k1", 1)])
    found = vectors_of(statistics, (), shop, shop.ids, matrix(shop), NOW)
    assert found.long_term is not None
    assert found.recent is not None
    assert found.long_term @ LAMP > found.long_term @ KETTLE
    assert found.recent @ KETTLE > 0.9
    assert float(np.linalg.norm(found.long_term)) == pytest.approx(1.0, abs=1e-5)


def test_what_was_turned_down_pushes_away(shop: Snapshot) -> None:
    statistics = Statistics([did("viewed", "l1", 1), did("dismissed", "k1", 1)])
    found = vectors_of(statistics, (), shop, shop.ids, matrix(shop), NOW).long_term
    assert found is not None
    assert found @ KETTLE < 0


def test_each_interest_has_its_own_vector(shop: Snapshot) -> None:
    statistics = Statistics([did("viewed", item, day) for day, item in enumerate(["k1", "k2", "k3", "k1", "l1"])])
    interests = build("u", statistics, shop, None, NOW).interests
    found = vectors_of(statistics, interests, shop, shop.ids, matrix(shop), NOW).interests
    kettle = next(each for each in interests if each.value == "kettle")
    assert found[kettle.id] == pytest.approx(KETTLE)


def test_items_without_vectors_are_passed_over(shop: Snapshot) -> None:
    statistics = Statistics([did("viewed", "l1", 1), did("viewed", "k1", 1)])
    found = vectors_of(statistics, (), shop, ["k1"], np.array([KETTLE]), NOW)
    assert found.long_term == pytest.approx(KETTLE)
    assert vectors_of(Statistics(), (), shop, shop.ids, matrix(shop), NOW).long_term is None
