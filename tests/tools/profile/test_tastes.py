"""Contradictory statements: the newest wins, and the ranking follows it."""

from __future__ import annotations

from shortlist_tools.profile import Affinity, Profiles, ProfileSummary
from shortlist_tools.profile.tastes import restated, with_stated


def test_the_newest_statement_wins() -> None:
    first = restated({}, "brand", "Acme", liked=True)
    assert first == {"likes": ["brand=Acme"], "dislikes": None}
    second = restated(first, "brand", "Acme", liked=False)
    assert second == {"likes": None, "dislikes": ["brand=Acme"]}
    assert restated(second, "brand", "Bolt", liked=False) == {"likes": None, "dislikes": ["brand=Acme", "brand=Bolt"]}


def test_what_was_said_stands_in_place_of_what_was_seen() -> None:
    seen = (Affinity(field="brand", value="Acme", weight=0.8), Affinity(field="brand", value="Bolt", weight=0.3))
    summary = with_stated(ProfileSummary(user="u", facts={"dislikes": ["brand=Acme"]}, affinities=seen))
    assert [(one.value, one.weight) for one in summary.affinities] == [("Acme", -1.0), ("Bolt", 0.3)]


def test_a_statement_reaches_the_summary_and_other_lists_are_left_alone(profiles: Profiles) -> None:
    profiles.correct("u", "dislikes", ["brand=Acme"])
    assert [(one.value, one.weight) for one in profiles.summary("u").affinities] == [("Acme", -1.0)]
    profiles.correct("v", "dislikes", "noise")
    assert profiles.summary("v").affinities == ()
