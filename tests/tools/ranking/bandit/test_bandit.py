"""Exploration stays within its budget and guard rails, and a new policy is judged on what another one showed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_tools.ranking import Ranked, Term
from shortlist_tools.ranking.bandit import Budget, choose, explore, snips
from shortlist_tools.ranking.feedback import Belief

NAMES = ("quality", "novelty")


def ranked(scores: list[float], signals: bool = True) -> list[Ranked]:
    draws = np.random.default_rng(len(scores))
    ordered = sorted(scores, reverse=True)
    return [
        Ranked(
            id=f"i{place}",
            row=place,
            score=score,
            terms=(Term("quality", score),),
            signals=dict(zip(NAMES, draws.random(2).tolist(), strict=True)) if signals else {},
        )
        for place, score in enumerate(ordered)
    ]


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.integers(1, 6),
    st.integers(0, 4),
    st.floats(0, 1),
    st.integers(0, 99),
)
def test_exploration_never_breaks_its_guard_rails(
    scores: list[float], size: int, places: int, loss: float, seed: int
) -> None:
    before = ranked(scores)
    budget = Budget(places=places, share=1.0, loss=loss)
    after = explore(before, size, Belief.prior(NAMES), budget, np.random.default_rng(seed))
    assert sorted(one.id for one in after) == sorted(one.id for one in before)
    kept = max(0, size - places)
    assert after[:kept] == before[:kept]
    allowed = loss * (before[0].score - before[-1].score)
    for place, one in enumerate(after[:size]):
        assert one.score >= before[place].score - allowed - 1e-12
    for place, one in enumerate(after):
        moved = [(move.by, move.before, move.after) for move in one.moved]
        assert moved == ([] if before[place].id == one.id else [("exploration", int(one.id[1:]), place)])


def test_the_budget_counts_slates() -> None:
    before = ranked([0.1 * place for place in range(12)])
    wild = Budget(places=3, share=0.25, loss=1.0)
    chance = np.random.default_rng(0)
    spent = 0
    for slate in range(40):
        after = explore(before, 3, Belief.prior(NAMES), wild, chance, spent, slate)
        spent += after != before
    assert 5 <= spent <= 10
    assert explore(before, 3, Belief.prior(NAMES), Budget(places=0), chance) == before


def test_what_was_not_measured_is_not_explored() -> None:
    before = ranked([0.5, 0.4, 0.3, 0.2], signals=False)
    assert explore(before, 2, Belief.prior(NAMES), Budget(share=1.0, loss=1.0), np.random.default_rng(1)) == before


def test_choosing_follows_the_mean_without_chance_and_the_doubt_with_it() -> None:
    belief = Belief(("a", "b"), np.array([0.5, 0.4]), np.diag([1e-9, 1.0]))
    chance = np.random.default_rng(2)
    assert choose(belief, np.eye(2)) == 0
    assert 0.3 < np.mean([choose(belief, np.eye(2), chance) for _ in range(300)]) < 0.6


def test_an_estimate_of_the_policy_that_logged_is_the_mean() -> None:
    rewards = np.array([1.0, 0.0, 1.0, 1.0])
    found = snips(rewards, np.full(4, 0.5), np.full(4, 0.5))
    assert found.value == 0.75
    assert found.effective == 4.0
    assert found.low < 0.75 < found.high
    assert found.better_than(0.1)
    assert not found.better_than(0.7)


def test_the_interval_holds_the_true_value_about_as_often_as_it_says() -> None:
    draws = np.random.default_rng(3)
    rates, logged, wanted = np.array([0.2, 0.5, 0.8]), np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.2, 0.7])
    held = []
    for _ in range(200):
        arms = draws.choice(3, 800, p=logged)
        found = snips((draws.random(800) < rates[arms]).astype(float), logged[arms], wanted[arms])
        held.append(found.low <= float(wanted @ rates) <= found.high)
    assert 0.9 <= np.mean(held) <= 0.99


def test_what_cannot_be_weighed_is_refused() -> None:
    with pytest.raises(ValueError, match="log the propensity"):
        snips(np.ones(2), np.array([0.5, 0.0]), np.ones(2))
    with pytest.raises(ValueError, match="explore more"):
        snips(np.ones(2), np.ones(2), np.zeros(2))
