"""Scripted users: goals that hold exactly, words that vary by trial and repeat by seed, and what is told when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shortlist_evals.places import suites_dir
from shortlist_evals.users import Goal, GoalError, PhraseError, Predicate, ScriptedUser, Voice, broken, read_pools

PHRASES = suites_dir() / "tau_rec" / "phrases.yaml"
POOLS = read_pools(PHRASES)
KINDS = ("is", "is_not", "one_of", "at_most", "at_least", "below", "above", "between")
ITEM: dict[str, Any] = {"genres": ["Comedy", "Crime"], "runtime": 131, "content_rating": "PG-13", "rating": None}
COMEDY = Goal(Predicate("genres", "contains", "Comedy"))
SHORT = Goal(Predicate("runtime", "<=", 100), "hidden")
GROWN_UP = Goal(Predicate("content_rating", "in", ["R", "NR"]), "on_ask")


def person(*goals: Goal, language: str = "en", trial: int = 0, patience: int = 3) -> ScriptedUser:
    return ScriptedUser(goals, Voice(POOLS, language, "case", trial), patience)


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("genres", "contains", "comedy", True),
        ("genres", "contains", ["Comedy", "Drama"], False),
        ("genres", "contains_all", ["Comedy", "Crime"], True),
        ("genres", "contains_any", ["Drama", "Crime"], True),
        ("genres", "not_contains", "Crime", False),
        ("genres", "not_contains_any", ["Drama", "War"], True),
        ("content_rating", "==", "PG-13", True),
        ("content_rating", "!=", "PG-13", False),
        ("content_rating", "in", ["R", "NR"], False),
        ("content_rating", "not_in", ["R", "NR"], True),
        ("runtime", "<=", 131, True),
        ("runtime", "<", 131, False),
        ("runtime", ">=", 131, True),
        ("runtime", ">", 131, False),
        ("runtime", "between", [131, 140], True),
        ("rating", ">=", 5, False),
        ("rating", "!=", 5, True),
        ("nothing", "contains", "x", False),
    ],
)
def test_a_predicate_holds_exactly(field: str, op: str, value: Any, holds: bool) -> None:
    assert Predicate(field, op, value).holds(ITEM) is holds


def test_goals_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(GoalError, match=r"goal on 'a': unknown comparison '~'; there are: =="):
        Predicate("a", "~", 1)
    with pytest.raises(GoalError, match="`between` takes two values"):
        Predicate("a", "between", [1])
    with pytest.raises(GoalError, match="does not compare"):
        Predicate("runtime", "<=", "long").holds(ITEM)


@given(st.integers(0, 200), st.integers(0, 200))
def test_opposite_bounds_never_agree(value: int, bound: int) -> None:
    item = {"x": value}
    assert Predicate("x", "<=", bound).holds(item) != Predicate("x", ">", bound).holds(item)
    assert Predicate("x", "<", bound).holds(item) != Predicate("x", ">=", bound).holds(item)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_predicate_type_can_be_told_in_eight_ways_and_hinted_at(language: str) -> None:
    own = yaml.safe_load(PHRASES.read_text("utf-8"))["tell"]
    for key in {f"tell/{each}" for each in (*own, *KINDS)}:
        assert len(set(POOLS.pool(key, language))) >= 8, key
    for kind in set(KINDS) - {"between"}:
        assert POOLS.pool(f"hint/anything/{kind}", language)
    assert len(set(POOLS.pool("open", language))) >= 8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_vary_by_trial_and_repeat_by_seed(language: str) -> None:
    texts = [person(COMEDY, language=language, trial=trial).opens().text for trial in range(8)]
    assert len(set(texts)) == 8
    assert texts == [person(COMEDY, language=language, trial=trial).opens().text for trial in range(8)]
    assert "{" not in "".join(texts)


def test_what_is_volunteered_comes_first_and_what_is_asked_about_next() -> None:
    user = person(COMEDY, GROWN_UP, SHORT)
    assert user.opens().told == (COMEDY,)
    answer = user.answers(["content_rating", "runtime"])
    assert answer.told == (GROWN_UP,)
    assert "R or NR" in answer.text
    assert "100" not in answer.text
    assert answer.settled == ("runtime",)


def test_a_hidden_goal_sounds_like_none_when_it_is_asked_about() -> None:
    with_goal = person(COMEDY, SHORT).answers(["runtime"])
    assert with_goal.text == person(COMEDY).answers(["runtime"]).text
    assert with_goal.told == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_hidden_goal_is_hinted_at_first_and_told_when_it_is_broken_again(language: str) -> None:
    for trial in range(8):
        user = person(COMEDY, SHORT, language=language, trial=trial)
        first, second = user.rejects("a", ITEM), user.rejects("b", ITEM)
        assert (first.hinted, first.told, first.item) == ((SHORT,), (), "a")
        assert not any(char.isdigit() for char in first.text)
        assert (second.hinted, second.told) == ((), (SHORT,))
        assert any(figure in second.text for figure in ("100", "an hour and 40"))


def test_a_hint_names_what_the_item_has_and_not_what_is_wanted() -> None:
    user = person(Goal(Predicate("content_rating", "in", ["R", "NR"]), "hidden"))
    text = user.rejects("a", ITEM).text
    assert "PG-13" in text
    assert "NR" not in text


def test_patience_ends_and_two_reasons_are_the_most() -> None:
    user = person(Goal(Predicate("genres", "contains", "War")), SHORT, GROWN_UP, patience=2)
    assert len(broken(user.goals, ITEM)) == 3
    reasons = user.rejects("a", ITEM)
    assert len(reasons.told) + len(reasons.hinted) == 2
    assert not user.gone
    user.rejects("b", ITEM)
    assert user.gone


def test_files_of_phrases_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "phrases.yaml"
    with pytest.raises(PhraseError, match=r"cannot be read from .*phrases\.yaml"):
        read_pools(path)
    path.write_text("- a\n", "utf-8")
    with pytest.raises(PhraseError, match="expected pools by name, found list"):
        read_pools(path)
    path.write_text("units: {}\n", "utf-8")
    with pytest.raises(PhraseError, match="no phrases for 'open' in 'en'"):
        read_pools(path).pool("open", "en")
