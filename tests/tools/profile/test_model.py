"""The deep profile's shape: published as it is, and taken apart without leaving traces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from shortlist_tools.profile.model import Behaviour, Edge, Interest, Profile, ProfileFact, fact_id, profile_schema

PUBLISHED = Path(__file__).parents[3] / "docs" / "profile.schema.json"


def fact(kind: str, field: str, value: str) -> ProfileFact:
    return ProfileFact(
        id=fact_id(kind, field, value),
        kind=kind,  # type: ignore[arg-type]
        field=field,
        value=value,
        confidence=0.9,
        first_seen=1.0,
        last_seen=2.0,
        origin="observed",
    )


def interest(value: str) -> Interest:
    return Interest(**fact("interest", "kind", value).model_dump(), tier="primary", weight=1.0, share=0.5, expected=0.1)


PROFILE = Profile(
    user="u",
    built=3.0,
    interests=(interest("lamp"), interest("kettle")),
    edges=(Edge(source=interest("lamp").id, target=interest("kettle").id, weight=0.4),),
    dislikes=(fact("dislike", "brand", "Bolt"),),
    behaviour=Behaviour(style=fact("style", "style", "comparing"), factors=(fact("factor", "rating", "higher"),)),
)


def test_the_published_schema_is_the_one_in_force() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == profile_schema(), "write docs/profile.schema.json anew"


def test_a_profile_survives_json() -> None:
    assert Profile.model_validate_json(PROFILE.model_dump_json()) == PROFILE


def test_every_fact_is_found_by_its_id() -> None:
    found = list(PROFILE.facts())
    assert [one.kind for one in found] == ["interest", "interest", "dislike", "style", "factor"]
    assert all(PROFILE.fact(one.id) == one for one in found)
    assert PROFILE.fact("nothing") is None


def test_a_forbidden_fact_goes_with_its_edges() -> None:
    left = PROFILE.without(frozenset({interest("lamp").id, fact("style", "style", "comparing").id}))
    assert [one.value for one in left.facts()] == ["kettle", "Bolt", "higher"]
    assert left.edges == ()


def test_a_later_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="version"):
        Profile.model_validate({"user": "u", "built": 1.0, "version": 2})
