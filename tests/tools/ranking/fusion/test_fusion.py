"""Weights learned from logged slates: where items stood is allowed for, and none ever counts against an item."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.ranking import Weights
from shortlist_tools.ranking.feedback import STEEPNESS, Answered, Shown, Slate
from shortlist_tools.ranking.fusion import FusionModel, asked_first, train

NOTHING = Weights.model_validate(dict.fromkeys(Weights.model_fields, 0.0))
SIGNALS = ("quality", "popularity")
LOOKS = np.array([1.0, 0.5, 0.25])


def log(slates: int) -> list[Answered]:
    """Show items mostly by popularity, which nobody likes them for, to people who look at the first ones."""
    draws = np.random.default_rng(4)
    found = []
    for place in range(slates):
        x = draws.random((12, 2))
        top = x[np.argsort(-(x[:, 1] + draws.normal(0, 0.3, 12)))[:3]]
        liked = draws.random(3) < LOOKS / (1 + np.exp(-(STEEPNESS * 0.5 * top[:, 0] - 3)))
        items = tuple(Shown(f"i{at}", {"quality": q, "popularity": p}) for at, (q, p) in enumerate(top.tolist()))
        found.append(Answered(Slate(items, float(place)), {f"i{at}": 1.0 for at in range(3) if liked[at]}))
    return found


def test_planted_weights_are_found_in_spite_of_where_items_stood() -> None:
    logged = log(1_500)
    fair, naive = train(logged, NOTHING, SIGNALS), train(logged, NOTHING, SIGNALS, [1.0] * 3)
    assert fair.weights.quality == pytest.approx(0.5, abs=0.1)
    assert fair.weights.popularity < 0.05 < naive.weights.popularity
    assert fair.propensities == pytest.approx(tuple(LOOKS), abs=0.08)
    assert fair.probability(0.5) == pytest.approx(1 / (1 + np.exp(-1)), abs=0.15)
    assert (fair.slates, fair.since, fair.until) == (1_500, 0.0, 1_499.0)


def test_training_is_the_same_to_the_digit_every_time() -> None:
    logged = log(100)
    first, again = (train(logged, NOTHING, SIGNALS) for _ in range(2))
    assert first == again == FusionModel.model_validate_json(first.model_dump_json())


@pytest.mark.parametrize("worth", [0.0, 1.0])
def test_nothing_is_learned_where_all_is_liked_or_nothing(worth: float) -> None:
    slate = Slate((Shown("a", {"quality": 1.0}),), 0.0)
    with pytest.raises(ValueError, match="nothing to learn from"):
        train([Answered(slate, {"a": worth})] * 20, NOTHING, SIGNALS)


def test_features_that_are_no_numbers_count_as_missing() -> None:
    logged = log(200)
    first = logged[0].slate
    broken = Slate((Shown("i0", {"quality": float("nan")}), *first.items[1:]), first.time)
    found = train([Answered(broken, logged[0].worth), *logged[1:]], NOTHING, SIGNALS, tuple(LOOKS))
    assert np.isfinite(found.weights.quality)


@given(st.lists(st.floats(0, 5), min_size=len(Weights.model_fields), max_size=len(Weights.model_fields)))
def test_what_was_asked_for_never_counts_less_beside_the_rest_than_without_training(values: list[float]) -> None:
    trained = asked_first(Weights.model_validate(dict(zip(Weights.model_fields, values, strict=True))))
    rest = [name for name in Weights.model_fields if name not in ("request", "wishes", "superlative")]
    for name in ("request", "wishes", "superlative"):
        before = Weights().of(name) / sum(Weights().of(each) for each in rest)
        assert trained.of(name) >= before * sum(trained.of(each) for each in rest) * (1 - 1e-9)


@given(st.floats(-50, 50), st.floats(0, 5))
def test_more_score_is_never_less_likely_liked(score: float, more: float) -> None:
    model = FusionModel(weights=Weights(), intercept=-2.0, slope=0.8, offset=0.1)
    assert 0 <= model.probability(score) <= model.probability(score + more) <= 1
