"""Of contradictory statements the newest holds, and those before it are kept until they are taken back."""

from __future__ import annotations

from shortlist_tools.profile import Profiles


def test_the_newest_statement_holds_and_history_is_kept(profiles: Profiles) -> None:
    for city in ("London", "Paris", "Paris", "Rome"):
        profiles.correct("ann", "city", city)
    profiles.set("bob", "city", "Oslo")
    assert [(fact["field"], fact["value"]) for fact in profiles.get("ann")["facts"]] == [("city", "Rome")]
    assert [row["value"] for row in profiles.history("ann", "city")] == ["London", "Paris"]
    assert profiles.history("bob", "city") == []


def test_what_is_taken_back_leaves_no_history(profiles: Profiles) -> None:
    profiles.correct("ann", "city", "London")
    profiles.correct("ann", "city", "Paris")
    profiles.correct("ann", "city", None)
    assert profiles.history("ann", "city") == []
    assert profiles.get("ann")["facts"] == []


def test_history_goes_with_an_erasure_and_with_the_permission_to_keep_facts(profiles: Profiles) -> None:
    for user in ("ann", "bob"):
        profiles.correct(user, "city", "London")
        profiles.correct(user, "city", "Paris")
    assert profiles.erase("ann")["superseded"] == 1
    profiles.rights.consent("bob", "record", "facts", False)
    assert profiles.history("ann", "city") == profiles.history("bob", "city") == []
