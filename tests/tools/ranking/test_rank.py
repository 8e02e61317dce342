"""The ranking adds its signals up: scores are sums, ties go by id, and more of a signal never costs a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Affinity, ProfileSummary
from shortlist_tools.ranking import Weights, rank

Make = Callable[..., Snapshot]
CHEAP = Requirement(field="price", op="lowest", hard=False)
FAN = ProfileSummary(
    user="u",
    affinities=(
        Affinity(field="brand", value="A", weight=0.6),
        Affinity(field="tags", value="x", weight=0.3),
        Affinity(field="tags", value="y", weight=-0.4),
    ),
)
ITEM = st.fixed_dictionaries(
    {},
    optional={
        "price": st.integers(1, 200),
        "rating": st.floats(1, 5),
        "count": st.integers(0, 5_000),
        "brand": st.sampled_from(["A", "B", "C"]),
        "tags": st.lists(st.sampled_from(["x", "y", "z"]), unique=True, min_size=1),
    },
)
SHOPS = st.lists(ITEM, min_size=1, max_size=14)


def relevances(count: int) -> st.SearchStrategy[list[float]]:
    return st.lists(st.one_of(st.just(0.0), st.floats(0, 9)), min_size=count, max_size=count)


@settings(max_examples=80)
@given(SHOPS, st.data())
def test_a_score_is_the_sum_of_its_terms_and_the_order_is_by_score_then_id(
    make: Make, shop: list[Any], data: Any
) -> None:
    snapshot = make(*shop)
    relevance = np.array(data.draw(relevances(len(shop))))
    rows = np.array(data.draw(st.permutations(range(len(shop)))))
    soft = [CHEAP, Requirement(field="brand", op="==", value="B", hard=False)]
    ranked = rank(snapshot, rows, relevance[rows], soft, FAN)
    assert sorted(one.row for one in ranked) == list(range(len(shop)))
    for one in ranked:
        assert one.score == round(sum(term.contribution for term in one.terms), 6)
        assert one.id == snapshot.ids[one.row]
        assert all(term.contribution for term in one.terms)
    keys = [(-one.score, one.id) for one in ranked]
    assert keys == sorted(keys)
    # The best few are the head of the whole, in whatever order the candidates come.
    top = data.draw(st.integers(1, len(shop)))
    assert rank(snapshot, rows[::-1], relevance[rows][::-1], soft, FAN, top=top) == ranked[:top]


@settings(max_examples=60)
@given(SHOPS, st.data())
def test_more_relevance_never_costs_a_place(make: Make, shop: list[Any], data: Any) -> None:
    relevance = np.array(data.draw(relevances(len(shop))))
    one = data.draw(st.integers(0, len(shop) - 1))
    relevance[(one + 1) % len(shop)] = max(10.0, relevance.max())
    snapshot, rows = make(*shop), np.arange(len(shop))
    more = relevance.copy()
    more[one] = min(more.max(), more[one] + 3)
    assert place(rank(snapshot, rows, more), one) <= place(rank(snapshot, rows, relevance), one)


def place(ranked: list[Any], row: int) -> int:
    return [one.row for one in ranked].index(row)


@pytest.mark.parametrize(
    ("worse", "better", "signal"),
    [
        ({"price": 90}, {"price": 20}, "superlative"),
        ({"rating": 3.0, "count": 50}, {"rating": 4.9, "count": 50}, "quality"),
        ({"count": 5}, {"count": 500}, "popularity"),
        ({"brand": "B"}, {"brand": "A"}, "affinity"),
        ({"tags": ["y"]}, {"tags": ["z"]}, "affinity"),
    ],
)
def test_each_signal_alone_decides(make: Make, worse: dict[str, Any], better: dict[str, Any], signal: str) -> None:
    ranked = rank(make(worse, better), np.arange(2), np.zeros(2), [CHEAP] if "price" in worse else [], FAN)
    assert [one.id for one in ranked] == ["i01", "i00"]
    share = {one.id: {term.signal: term.contribution for term in one.terms}.get(signal, 0.0) for one in ranked}
    assert share["i01"] > share["i00"]


def test_equal_items_stand_by_id_however_many_and_in_whatever_order_they_come(make: Make) -> None:
    snapshot = make(*[{"price": 5}] * 90)
    ranked = rank(snapshot, np.arange(90)[::-1].copy(), np.zeros(90), top=5)
    assert [one.id for one in ranked] == ["i00", "i01", "i02", "i03", "i04"]


def test_a_strong_affinity_is_found_however_far_down_the_rest_would_put_it(make: Make) -> None:
    rows = [{"brand": "B", "rating": 4.0, "count": 10}] * 89 + [{"brand": "A", "rating": 3.9, "count": 10}]
    many = [*rows, *rows, *rows, *rows, *rows]
    ranked = rank(make(*many), np.arange(450), np.zeros(450), profile=FAN, top=5)
    assert {one.terms[0].evidence for one in ranked} == {("brand=A",)}


def test_one_item_and_no_item(make: Make) -> None:
    snapshot = make({"price": 10, "rating": 4, "count": 3, "brand": "A"})
    (only,) = rank(snapshot, np.array([0]), np.array([2.0]), [CHEAP], FAN)
    assert {term.signal: term.contribution for term in only.terms} == {
        "request": 0.5,
        "superlative": 0.75,
        "affinity": 0.15,
        "quality": 0.1,
        "popularity": 0.08,
    }
    assert only.score == 1.58
    assert rank(snapshot, np.array([], dtype=np.int64), np.array([])) == []


def test_weights_say_what_counts(make: Make) -> None:
    snapshot = make({"price": 90}, {"price": 20})
    off = Weights(request=0, wishes=0, superlative=0, affinity=0, quality=0, popularity=0)
    assert [one.score for one in rank(snapshot, np.arange(2), np.ones(2), [CHEAP], weights=off)] == [0.0, 0.0]
    only = off.model_copy(update={"superlative": 2.0})
    assert [one.score for one in rank(snapshot, np.arange(2), np.ones(2), [CHEAP], weights=only)] == [1.75, 0.75]


@pytest.mark.parametrize("wrong", [{"quality": -1}, {"quality": float("nan")}, {"colour": 1}])
def test_weights_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Weights(**wrong)


def test_without_a_profile_nothing_is_personal(make: Make) -> None:
    ranked = rank(make({"brand": "A"}, {"brand": "B"}), np.arange(2), np.zeros(2), profile=ProfileSummary(user="u"))
    assert not [term for one in ranked for term in one.terms if term.signal == "affinity"]


def test_who_asks_for_the_cheapest_gets_it_first_however_good_the_others_are(make: Make) -> None:
    others = [{"price": 10.0 + n, "rating": 5.0, "count": 900} for n in range(20)]
    ranked = rank(make(*others, {"price": 9.0, "rating": 2.0, "count": 3}), np.arange(21), np.ones(21), [CHEAP])
    assert ranked[0].id == "i20"
