"""A forbidden conclusion never comes back, and nobody concludes what is sensitive; what a person states is kept."""

from __future__ import annotations

from typing import Any

import pytest

from shortlist_tools.profile import Affinity, Profiles, ProfileSummary, sensitive
from shortlist_tools.profile.used import used
from shortlist_tools.store import Store

NOW = 1_800_000_000.0
ACME = [{"kind": "bought", "item_id": "k1", "time": NOW}, {"kind": "bought", "item_id": "l1", "time": NOW}]


def conclude(profiles: Profiles, store: Store, field: str, value: Any, origin: str = "rule") -> dict[str, Any]:
    with store.write() as connection:
        profiles.set_fact(connection, "u", field, value, origin=origin, source="builder")
    return profiles.summary("u").facts


def test_a_forbidden_affinity_never_comes_back(profiles: Profiles) -> None:
    profiles.record("u", ACME)
    assert ("brand", "Acme") in {(one.field, one.value) for one in profiles.summary("u", now=NOW).affinities}
    profiles.rights.forbid("u", "brand", "acme")
    profiles.record("u", [{"kind": "liked", "item_id": "l2", "time": NOW}])
    left = {(one.field, one.value) for one in profiles.summary("u", now=NOW).affinities}
    assert ("brand", "Acme") not in left
    assert left
    assert profiles.rights.permit("u", "brand", "acme")
    assert ("brand", "Acme") in {(one.field, one.value) for one in profiles.summary("u", now=NOW).affinities}


def test_a_forbidden_field_is_not_concluded_again_but_may_be_stated(profiles: Profiles, store: Store) -> None:
    assert conclude(profiles, store, "style", "browsing") == {"style": "browsing"}
    profiles.rights.forbid("u", "style")
    assert profiles.summary("u").facts == {}
    assert conclude(profiles, store, "style", "decided", origin="model") == {}
    profiles.set("u", "style", "hurried", source="crm")
    assert profiles.summary("u").facts == {}
    profiles.correct("u", "style", "decided")
    assert profiles.summary("u").facts == {"style": "decided"}


def test_a_forbidden_value_leaves_the_rest_of_a_list(profiles: Profiles, store: Store) -> None:
    conclude(profiles, store, "colours", ["red", "black"])
    profiles.rights.forbid("u", "colours", "Red")
    assert profiles.summary("u").facts == {"colours": ["black"]}
    assert conclude(profiles, store, "colours", ["blue", "red"]) == {"colours": ["blue"]}


@pytest.mark.parametrize(
    ("field", "value", "category"),
    [
        ("interest", "books for diabetics", "health"),
        ("health_condition", "unknown", "health"),
        ("topic", "孕妇枕头", "health"),
        ("genre", "Christian rock", "religion"),
        ("diet", ["vegan", "halal"], "religion"),
        ("topics", {"main": "清真餐厅"}, "religion"),
        ("politicalLeaning", "left", "politics"),
        ("topic", "Republicans", "politics"),
        ("shelf", "LGBTQ fiction", "sexuality"),
        ("topic", "同性恋电影", "sexuality"),
        ("ethnicity", "any", "ethnicity"),
        ("民族", "汉", "ethnicity"),
    ],
)
def test_sensitive_conclusions_are_told_in_both_languages(field: str, value: Any, category: str) -> None:
    assert sensitive(field, value) == category


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("brand", "Sony"),
        ("colour", "black"),
        ("genre", "horror"),
        ("category", "running shoes"),
        ("topic", "hearing aid batteries"),
        ("taste", "辣"),
        ("city", "London"),
        ("style", "decided"),
        ("material", "cotton"),
        ("price", 30),
    ],
)
def test_ordinary_conclusions_are_not(field: str, value: Any) -> None:
    assert sensitive(field, value) is None


def test_what_is_sensitive_is_kept_only_when_the_person_states_it(profiles: Profiles, store: Store) -> None:
    for origin in ("observed", "rule", "model"):
        assert conclude(profiles, store, "faith", "buddhist", origin=origin) == {}
    profiles.correct("u", "diet", "halal")
    assert profiles.summary("u").facts == {"diet": "halal"}


def test_affinities_that_tell_what_is_sensitive_are_dropped(profiles: Profiles, store: Store) -> None:
    with store.read() as connection:
        found = used(connection, "u")
    given = ProfileSummary(
        user="u",
        affinities=(
            Affinity(field="genre", value="Gay romance", weight=0.5),
            Affinity(field="genre", value="Romance", weight=0.4),
        ),
    )
    assert [one.value for one in found.without_forbidden(given).affinities] == ["Romance"]
