"""Slates put together for more than the score: each purpose does its part, moves are noted, and scores stay."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Moved, Ranked, Term, rank
from shortlist_tools.ranking.diversity import (
    Mix,
    calibration_error,
    coverage,
    effective_number,
    exposure_gini,
    interests_of,
    intra_list_distance,
    likeness,
    mix_of,
    rerank,
)

Make = Callable[..., Snapshot]


@pytest.fixture(scope="module")
def shop(make: Make) -> Snapshot:
    rows = [{"kind": "a", "brand": "A", "tags": ["x"]}] * 6
    return make(*rows, {"kind": "b", "brand": "B", "tags": ["y"]}, {"kind": "c", "brand": "C", "tags": ["z"]})


def falling(snapshot: Snapshot) -> list[Ranked]:
    """Rank all items by row, the first best."""
    scores = [1.0 - row / 10 for row in range(len(snapshot))]
    return [
        Ranked(id=snapshot.ids[row], row=row, score=score, terms=(Term("quality", score),))
        for row, score in enumerate(scores)
    ]


def test_a_mix_of_nothing_changes_nothing(shop: Snapshot) -> None:
    ranked = falling(shop)
    assert rerank(shop, ranked, 3, Mix()) == ranked


def test_diversity_takes_what_is_unlike_the_rest_and_notes_every_move(shop: Snapshot) -> None:
    ranked = falling(shop)
    found = rerank(shop, ranked, 3, Mix(diversity=1.0))
    assert [one.row for one in found[:3]] == [0, 6, 7]
    assert found[1].moved == (Moved(by="diversity", before=6, after=1),)
    assert found[0].moved == ()
    assert {one.id: (one.score, one.terms) for one in found} == {one.id: (one.score, one.terms) for one in ranked}
    assert all(bool(one.moved) == (ranked[place].id != one.id) for place, one in enumerate(found))


def test_calibration_keeps_to_the_mix_of_interests(shop: Snapshot) -> None:
    found = rerank(shop, falling(shop), 4, Mix(calibration=1.0), interests={"a": 0.5, "b": 0.25, "c": 0.25})
    assert sorted(shop.value(one.row, "kind") for one in found[:4]) == ["a", "a", "b", "c"]
    assert {move.by for one in found for move in one.moved} == {"calibration"}


def test_what_no_interest_names_shares_what_is_left(shop: Snapshot) -> None:
    found = rerank(shop, falling(shop), 3, Mix(calibration=2.0), interests={"a": 0.5})
    assert [shop.value(one.row, "kind") for one in found[:3]] == ["a", "b", "a"]


def test_more_like_this_stays_near_and_a_surprise_is_new(shop: Snapshot) -> None:
    near = rerank(shop, falling(shop), 2, mix_of(0.0), like=["i07"])
    assert near[0].id == "i07"
    assert near[0].moved[0].by == "likeness"
    known = ProfileSummary(user="u", seen={"viewed": ("i00", "i01", "i02")})
    surprise = rerank(shop, falling(shop), 2, mix_of(1.0), known)
    assert [one.id for one in surprise[:2]] == ["i00", "i06"]


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_the_control_goes_from_nought_to_one(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0"):
        mix_of(wrong)


def test_interests_are_what_was_turned_to_less_a_part_for_the_unknown(shop: Snapshot) -> None:
    profile = ProfileSummary(
        user="u", seen={"viewed": ("i00", "i01", "gone"), "liked": ("i06",), "dismissed": ("i07",)}
    )
    wanted = {"a": 0.7 * 2 / 3 + 0.3 * 6 / 8, "b": 0.7 / 3 + 0.3 / 8, "c": 0.3 / 8}
    assert interests_of(shop, profile) == pytest.approx(wanted)
    assert interests_of(shop, ProfileSummary(user="u")) == {}
    assert interests_of(shop, None) == {}


def test_measures_of_hand_worked_cases(shop: Snapshot) -> None:
    assert exposure_gini([1, 1, 1, 1]) == pytest.approx(0.0)
    assert exposure_gini([0, 0, 0, 4]) == pytest.approx(0.75)
    assert exposure_gini([]) == exposure_gini([0, 0]) == 0.0
    assert effective_number([2, 2, 2]) == pytest.approx(3.0)
    assert effective_number([3, 1]) == pytest.approx(math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25))))
    assert effective_number([]) == 0.0
    assert coverage([1, 1, 2], 8) == 0.25
    assert intra_list_distance(shop, np.array([0, 1])) == pytest.approx(0.0)
    assert intra_list_distance(shop, np.array([0, 6])) == pytest.approx(1.0)
    assert intra_list_distance(shop, np.array([0])) == 0.0
    assert calibration_error({"a": 1, "b": 1}, {"a": 3, "b": 3}) == pytest.approx(0.0)
    assert calibration_error({"a": 1, "b": 1}, {"a": 3}) > calibration_error({"a": 1, "b": 1}, {"a": 3, "b": 1}) > 0
    assert calibration_error({}, {"a": 1}) == 0.0


def test_items_without_values_are_like_nothing(make: Make) -> None:
    assert likeness(make({"brand": "A"}, {}, {"brand": "A"}), np.arange(3)).tolist() == [
        [1, 0, 1],
        [0, 0, 0],
        [1, 0, 1],
    ]


def test_one_item_and_none(make: Make) -> None:
    one = make({"kind": "a"})
    assert rerank(one, [], 3, mix_of(0.5)) == []
    ranked = rank(one, np.array([0]), np.zeros(1))
    assert rerank(one, ranked, 3, mix_of(0.5)) == ranked
