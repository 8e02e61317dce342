"""A declared share of attention is kept over slates, at no change of scores, and the report says who gets what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.errors import RequirementError
from shortlist_tools.ranking import Moved, Ranked
from shortlist_tools.ranking.fairness import Target, attention, exposure, exposures, fairer, gaps, members, served

Make = Callable[..., Snapshot]


def ranking(size: int) -> list[Ranked]:
    return [Ranked(id=f"i{row}", row=row, score=1.0 - row / size, terms=()) for row in range(size)]


def test_attention_falls_with_the_place_and_sums_to_one() -> None:
    weights = attention(3)
    assert weights[0] > weights[1] > weights[2]
    assert sum(weights) == pytest.approx(1.0)
    assert weights[1] / weights[0] == pytest.approx(0.6309, abs=1e-4)
    assert attention(0) == []


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_over_slates_the_group_gets_its_share_within_a_bound(share: float) -> None:
    group, owed, slates = frozenset(range(15, 20)), 0.0, []
    for _ in range(100):
        order, owed = fairer(ranking(20), 5, group, share, owed)
        slates.append([one.row for one in order[:5]])
    assert exposure([[one.row for one in ranking(20)[:5]]], group) == 0.0
    assert exposure(slates, group) == pytest.approx(share, abs=0.02)
    assert gaps(slates, {"small": (group, share)})["small"] <= 0.02


def test_a_group_that_has_its_share_already_moves_nothing() -> None:
    order, owed = fairer(ranking(6), 3, frozenset({0, 1}), 0.4)
    assert order == ranking(6)
    assert owed < 0


def test_what_moved_says_so_and_scores_stay() -> None:
    order, _ = fairer(ranking(6), 3, frozenset({5}), 1.0)
    assert [one.row for one in order] == [5, 0, 1, 2, 3, 4]
    assert order[0].moved == (Moved(by="fairness", before=5, after=0),)
    assert sorted((one.id, one.score) for one in order) == sorted((one.id, one.score) for one in ranking(6))
    assert fairer([], 3, frozenset({5}), 1.0)[0] == []


def test_groups_are_what_the_schema_says(make: Make) -> None:
    shop = make({"brand": "A"}, {"brand": "B", "tags": ["x", "y"]}, {}, {"tags": ["y"]})
    assert members(shop, Target(field="brand", values=("A", "Z"), share=0.1)) == {0}
    assert members(shop, Target(field="tags", values=("y",), share=0.1)) == {1, 3}
    with pytest.raises(RequirementError):
        members(shop, Target(field="colour", values=("red",), share=0.1))


def test_the_report_names_gaps_and_who_is_served_worst(make: Make) -> None:
    shop = make({"brand": "A"}, {"brand": "B"}, {"brand": "B"}, {"brand": "B"})
    (found,) = exposures(shop, [[1, 2], [0, 3]], [Target(field="brand", values=("A",), share=0.5)])
    assert (found.group, found.items) == ("brand=A", 0.25)
    assert found.attention == pytest.approx(0.3066, abs=1e-4)
    assert found.gap == pytest.approx(0.5 - found.attention)
    people = served([0.2, 0.4, 0.9], {"new": [True, True, False], "old": [False, False, True], "none": [False] * 3})
    assert [(one.group, one.people) for one in people] == [("new", 2), ("old", 1)]
    assert [one.quality for one in people] == pytest.approx([0.3, 0.9])
    assert people[0].difference == pytest.approx(-0.2)
