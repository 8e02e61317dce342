"""Each signal by itself: its scale, its ties, and what a missing value means."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Affinity, ProfileSummary
from shortlist_tools.ranking import standing
from shortlist_tools.ranking.signals import affinity, liked_values, request_match, superlatives, wishes

Make = Callable[..., Snapshot]
HOW_MANY = st.integers(1, 6)


def rows_of(snapshot: Snapshot) -> np.ndarray:
    return np.arange(len(snapshot))


def wish(op: str, value: object = None, field: str = "price", scope: str | None = None) -> Requirement:
    return Requirement(field=field, op=op, value=value, hard=False, scope=scope)


def test_request_match_is_relative_to_the_best() -> None:
    assert request_match(np.array([1.0, 4.0, 0.0])).tolist() == [0.25, 1.0, 0.0]
    assert request_match(np.array([0.0, 0.0])).tolist() == [0.0, 0.0]
    assert request_match(np.array([np.nan, 2.0, -1.0])).tolist() == [0.0, 1.0, 0.0]
    assert request_match(np.array([])).tolist() == []


def test_lowest_and_highest_favour_the_first_and_a_missing_value_comes_last(make: Make) -> None:
    shop = make({"price": 10}, {"price": 30}, {}, {"price": 20})
    lowest = [(5 / 6 + 1) / 2, (1 / 6 + 1 / 3) / 2, 0, (3 / 6 + 1 / 2) / 2]
    assert superlatives(shop, rows_of(shop), [wish("lowest")]).tolist() == pytest.approx(lowest)
    highest = [lowest[1], lowest[0], 0, lowest[3]]
    assert superlatives(shop, rows_of(shop), [wish("highest")]).tolist() == pytest.approx(highest)
    assert superlatives(shop, rows_of(shop), [wish("lowest"), wish("highest")])[2] == 0
    assert superlatives(shop, rows_of(shop), [wish("<=", 5)]).tolist() == [0, 0, 0, 0]


def test_equal_values_share_their_place(make: Make) -> None:
    shop = make({"price": 10}, {"price": 10}, {"price": 10})
    assert superlatives(shop, rows_of(shop), [wish("lowest")]).tolist() == [0.75, 0.75, 0.75]
    unknown = make({}, {})
    assert superlatives(unknown, rows_of(unknown), [wish("lowest")]).tolist() == [0, 0]


def test_a_superlative_is_among_the_candidates_only(make: Make) -> None:
    shop = make({"price": 1}, {"price": 2}, {"price": 10}, {"price": 20})
    assert superlatives(shop, np.array([3, 2]), [wish("lowest")]).tolist() == [0.375, 0.875]


def test_plain_wishes_are_met_or_not_and_their_mean_counts(make: Make) -> None:
    shop = make({"price": 10, "brand": "A"}, {"price": 99, "brand": "A"}, {"brand": "B"})
    soft = [wish("<=", 50), wish("==", "A", field="brand")]
    assert wishes(shop, rows_of(shop), soft).tolist() == [1.0, 0.5, 0.0]
    assert wishes(shop, rows_of(shop), [wish("lowest")]).tolist() == [0.0, 0.0, 0.0]


def test_a_wish_for_one_kind_leaves_the_others_in_the_middle(make: Make) -> None:
    shop = make({"kind": "lamp", "price": 10}, {"kind": "lamp", "price": 20}, {"kind": "cup", "price": 1})
    met = superlatives(shop, rows_of(shop), [wish("lowest", scope="kind:lamp")])
    assert met[0] > met[1]
    assert met[2] == 0.5
    assert wishes(shop, rows_of(shop), [wish("<=", 15, scope="kind:lamp")]).tolist() == [1.0, 0.0, 1.0]


def liking(**weights: float) -> ProfileSummary:
    """A profile from `field__value=weight`."""
    pairs = [(name.partition("__"), weight) for name, weight in weights.items()]
    return ProfileSummary(user="u", affinities=tuple(Affinity(field=p[0], value=p[2], weight=w) for p, w in pairs))


def test_affinities_join_and_none_decides_alone(make: Make) -> None:
    shop = make({"brand": "A", "tags": ["x", "y"]}, {"brand": "A"}, {"brand": "B", "tags": ["z"]}, {})
    profile = liking(brand__A=0.5, tags__x=0.4, tags__z=-0.5, nowhere__q=0.9, price__10=0.9)
    assert affinity(shop, rows_of(shop), profile).tolist() == pytest.approx([0.7, 0.5, -0.5, 0.0])
    assert liked_values(shop, np.array([0, 2]), profile) == [("brand=A", "tags=x"), ()]


@given(st.lists(st.floats(-0.99, 0.99).filter(lambda w: abs(w) > 0.01), min_size=1, max_size=6), st.floats(0.05, 0.99))
def test_one_more_liked_value_never_lowers_an_item(make: Make, weights: list[float], more: float) -> None:
    names = [f"t{place}" for place in range(len(weights))]
    shop = make({"tags": names}, {"tags": [*names, "extra"]})
    profile = liking(**{f"tags__{name}": weight for name, weight in zip(names, weights, strict=True)}, tags__extra=more)
    plain, with_more = affinity(shop, np.array([0, 1]), profile)
    assert -1 <= plain <= with_more <= 1


def test_quality_is_shrunk_by_the_number_of_reviews(make: Make) -> None:
    shop = make(
        {"rating": 5.0, "count": 1},
        {"rating": 4.8, "count": 500},
        {"rating": 3.0, "count": 500},
        {"rating": 3.0, "count": 1},
        {"count": 500},
    )
    quality, _ = standing(shop)
    assert quality[1] > quality[0] > quality[4] > quality[3] > quality[2]


def test_the_same_rating_from_more_people_is_worth_more_above_the_mean_and_less_below(make: Make) -> None:
    shop = make(*[{"rating": r, "count": n} for r in (4.5, 2.5) for n in (5, 50, 500)])
    quality, _ = standing(shop)
    assert quality[0] < quality[1] < quality[2]
    assert quality[3] > quality[4] > quality[5]


def test_without_counts_a_rating_still_counts_and_without_ratings_all_are_equal(make: Make) -> None:
    quality, popularity = standing(make({"rating": 5}, {"rating": 1}, {}))
    assert quality[0] > quality[2] > quality[1]
    assert popularity.tolist() == [0, 0, 0]
    quality, popularity = standing(make({"count": 100}, {"count": 10}, {}))
    assert quality.tolist() == [0.5, 0.5, 0.5]
    assert popularity.tolist() == pytest.approx([1.0, np.log1p(10) / np.log1p(100), 0.0])
    assert standing(make({"rating": 4, "count": 3}))[0].tolist() == [0.5]


@settings(max_examples=50)
@given(
    st.lists(
        st.fixed_dictionaries({}, optional={"rating": st.floats(1, 5), "count": st.integers(0, 10_000)}),
        min_size=1,
        max_size=12,
    )
)
def test_standing_is_within_bounds_whatever_is_missing(make: Make, rows: list[dict[str, float]]) -> None:
    for values in standing(make(*rows)):
        assert len(values) == len(rows)
        assert np.all((values >= 0) & (values <= 1))
