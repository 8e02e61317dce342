"""Metrics against an independent implementation, against values worked out by hand, and their properties."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_evals.metrics import (
    hit,
    judged_ndcg,
    mean_interval,
    ndcg,
    paired_interval,
    recall,
    reciprocal_rank,
    regret,
    unjudged,
)

ITEMS = [f"i{number}" for number in range(30)]
rankings = st.permutations(ITEMS).map(lambda items: items[:20])
grades = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 3), max_size=25)


def _oracle(measure: str, ranking: list[str], grades: dict[str, int]) -> float:
    import ir_measures

    qrels = [ir_measures.Qrel("q", item, grade) for item, grade in grades.items()]
    run = [ir_measures.ScoredDoc("q", item, float(len(ranking) - rank)) for rank, item in enumerate(ranking)]
    parsed = ir_measures.parse_measure(measure)
    return float(ir_measures.calc_aggregate([parsed], qrels, run)[parsed])


@settings(max_examples=60, deadline=None)
@given(rankings, grades.filter(lambda found: any(found.values())))
def test_all_metrics_agree_with_ir_measures(ranking: list[str], grades: dict[str, int]) -> None:
    relevant = {item for item, grade in grades.items() if grade > 0}
    assert ndcg(ranking, grades) == pytest.approx(_oracle("nDCG@10", ranking, grades))
    assert judged_ndcg(ranking, grades) == pytest.approx(_oracle("nDCG(judged_only=True)@10", ranking, grades))
    assert 1 - unjudged(ranking, grades) == pytest.approx(_oracle("Judged@10", ranking, grades))
    assert reciprocal_rank(ranking, relevant) == pytest.approx(_oracle("RR", ranking, grades))
    assert recall(ranking, relevant, 10) == pytest.approx(_oracle("R@10", ranking, grades))
    assert hit(ranking, relevant, 3) == pytest.approx(_oracle("Success@3", ranking, grades))
    assert ndcg(ranking, grades, 3) == pytest.approx(_oracle("nDCG@3", ranking, grades))


@given(rankings, grades, st.integers(1, 25))
def test_all_metrics_lie_between_zero_and_one(ranking: list[str], grades: dict[str, int], k: int) -> None:
    relevant = {item for item, grade in grades.items() if grade > 0}
    for value in (
        ndcg(ranking, grades, k),
        judged_ndcg(ranking, grades, k),
        unjudged(ranking, grades, k),
        reciprocal_rank(ranking, relevant, k),
        recall(ranking, relevant, k),
        hit(ranking, relevant, k),
        regret(ranking[:k], grades),
    ):
        assert 0.0 <= value <= 1.0 + 1e-12


@given(grades.filter(lambda found: any(found.values())), st.integers(1, 25))
def test_the_ideal_order_has_ndcg_one(grades: dict[str, int], k: int) -> None:
    ideal = sorted(grades, key=lambda item: -grades[item])
    assert ndcg(ideal, grades, k) == pytest.approx(1.0)


@given(rankings, grades, st.integers(0, 18))
def test_swapping_a_better_item_upwards_never_lowers_ndcg(ranking: list[str], grades: dict[str, int], at: int) -> None:
    swapped = list(ranking)
    if grades.get(ranking[at + 1], 0) > grades.get(ranking[at], 0):
        swapped[at], swapped[at + 1] = ranking[at + 1], ranking[at]
    assert ndcg(swapped, grades) >= ndcg(ranking, grades) - 1e-12


@given(rankings, grades, st.integers(1, 19))
def test_showing_more_never_raises_regret_nor_loses_a_hit(ranking: list[str], grades: dict[str, int], k: int) -> None:
    relevant = {item for item, grade in grades.items() if grade > 0}
    assert regret(ranking[: k + 1], grades) <= regret(ranking[:k], grades)
    assert hit(ranking, relevant, k + 1) >= hit(ranking, relevant, k)
    assert hit(ranking, relevant, k) == float(reciprocal_rank(ranking, relevant, k) > 0)


@given(rankings, grades, st.randoms())
def test_regret_does_not_depend_on_the_order_of_the_slate(ranking: list[str], grades: dict[str, int], rng: Any) -> None:
    slate = ranking[:3]
    shuffled = list(slate)
    rng.shuffle(shuffled)
    assert regret(shuffled, grades) == regret(slate, grades)


def test_regret_by_hand() -> None:
    assert regret(["b", "x"], {"a": 4.0, "b": 1.0}) == 0.75
    assert regret(["a"], {"a": 4.0}) == 0.0
    assert regret([], {"a": 4.0}) == 1.0
    assert regret([], {}) == 0.0
    assert regret(["a"], {"a": 0.0}) == 0.0


def test_ndcg_by_hand() -> None:
    value = ndcg(["x", "b", "a"], {"a": 3, "b": 1}, k=10)
    assert value == pytest.approx((1 / math.log2(3) + 3 / 2) / (3 + 1 / math.log2(3)))


def test_edge_cases() -> None:
    assert ndcg(["a"], {"a": 0}) == 0.0
    assert ndcg([], {"a": 1}) == 0.0
    assert unjudged([], {"a": 1}) == 0.0
    assert reciprocal_rank(["a"], set()) == 0.0
    assert recall(["a"], set()) == 0.0
    assert hit(["a"], set()) == 0.0
    assert ndcg(["a", "a"], {"a": 1, "b": 1}) == ndcg(["a"], {"a": 1, "b": 1})


def test_unjudged_items_do_not_count_in_judged_ndcg() -> None:
    assert judged_ndcg(["x", "y", "a"], {"a": 2}) == 1.0
    assert unjudged(["x", "y", "a"], {"a": 2}) == pytest.approx(2 / 3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_and_repeats(values: list[float]) -> None:
    interval = mean_interval(values)
    assert interval.low - 1e-9 <= interval.mean <= interval.high + 1e-9
    assert interval == mean_interval(values)


def test_the_interval_is_as_wide_as_the_normal_one_for_many_values() -> None:
    values = [0.0, 1.0] * 200
    interval = mean_interval(values)
    assert interval.mean == 0.5
    assert interval.high - interval.low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(400), rel=0.05)


def test_a_constant_difference_has_no_width() -> None:
    assert paired_interval([0.5, 0.7, 0.2], [0.4, 0.6, 0.1]) == pytest.approx((0.1, 0.1, 0.1))


def test_unequal_lengths_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 scores"):
        paired_interval([0.1, 0.2], [0.1])


def test_no_values_have_an_empty_interval() -> None:
    assert mean_interval([]) == (0.0, 0.0, 0.0)
