"""Each cold start has a path of its own, told by what is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import SIGNALS
from shortlist_tools.ranking.cold import PATHS, new_items, path_of

Make = Callable[..., Snapshot]


@pytest.mark.parametrize(("events", "path"), [(0, "new_user"), (2, "new_user"), (3, "known")])
def test_a_person_is_new_until_a_few_events(make: Make, events: int, path: str) -> None:
    assert path_of(make({"rating": 4}, {}), ProfileSummary(user="u", events=events)) == path


def test_a_catalog_nobody_rated_is_new_to_everybody(make: Make) -> None:
    assert path_of(make({"price": 4}, {"price": 5}), ProfileSummary(user="u", events=50)) == "new_catalog"
    assert path_of(make(), None) == "new_catalog"
    assert path_of(make({"count": 2}), None) == "new_user"


def test_items_without_rating_and_count_are_new(make: Make) -> None:
    assert new_items(make({"rating": 4}, {"count": 3}, {"count": 0}, {})).tolist() == [False, False, True, True]


def test_paths_name_signals_that_exist_and_none_twice() -> None:
    for path in PATHS.values():
        assert {*path.by, *path.without} <= set(SIGNALS)
        assert not set(path.by) & set(path.without)
