"""Policies are read strictly, refused when they cannot be enforced, and enforced by code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shortlist.turn.state.policy import (
    AgeGate,
    Availability,
    Policies,
    PolicyError,
    check_policies,
    excluded_rows,
    house_requirements,
    is_sponsored,
    read_policies,
    restricted_mask,
)
from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.profile import ProfileSummary

GUEST = ProfileSummary()


def knowing(**facts: Any) -> ProfileSummary:
    return ProfileSummary(user="u", facts=facts)


def test_defaults_and_files(tmp_path: Path) -> None:
    assert read_policies(None) == Policies()
    path = tmp_path / "policies.yaml"
    path.write_text("slate_size: 5\nage_gate: {field: min_age, minimum: 18}\n", "utf-8")
    read = read_policies(path)
    assert (read.slate_size, read.age_gate) == (5, AgeGate(field="min_age", minimum=18))
    assert read_policies(read) is read
    path.write_text("", "utf-8")
    assert read_policies(str(path)) == Policies()


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ({"slate_sise": 3}, "did you mean 'slate_size'"),
        ({"age_gate": {"field": "min_age", "minimun": 18}}, "did you mean 'age_gate.minimum'"),
        ({"quite_another": 3}, "keys are slate_size, exclude_seen"),
        ({"slate_size": 0}, "slate_size: Input should be greater than or equal to 1"),
        ({"slate_size": "many"}, "slate_size"),
        ("missing.yaml", "missing.yaml"),
    ],
)
def test_what_cannot_be_read_is_named(source: Any, named: str) -> None:
    with pytest.raises(PolicyError, match=named):
        read_policies(source)


@pytest.mark.parametrize("text", ["- a\n- b\n", "slate_size: [", "just words"])
def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=r"p\.yaml"):
        read_policies(path)


def test_an_error_of_value_makes_no_guess_at_the_key() -> None:
    with pytest.raises(PolicyError) as caught:
        read_policies({"slate_size": 99})
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("policies", "named"),
    [
        ({"require": [{"field": "stock", "op": "==", "value": True}]}, r"require\[0\].*'stock'"),
        ({"require": [{"op": "==", "value": True}]}, r"require\[0\]"),
        ({"require": [{"field": "in_stock", "op": "=", "value": True}]}, r"require\[0\]"),
        ({"require": [{"field": "in_stock", "op": "==", "value": "perhaps"}]}, r"require\[0\].*in_stock"),
        ({"require": [{"field": "brand", "op": "==", "value": "Sonny"}]}, "Sony"),
        ({"availability": {"item": "town", "user": "city"}}, r"availability\.item.*'town'"),
        ({"age_gate": {"field": "age", "minimum": 18}}, r"age_gate\.field.*'age'"),
        ({"age_gate": {"field": "min_age"}}, "restricts nothing"),
        ({"age_gate": {"field": "category", "minimum": 18}}, "needs a number"),
        ({"age_gate": {"field": "min_age", "restricted": ["18"]}}, "use `minimum`"),
        ({"age_gate": {"field": "category", "restricted": ["wines"]}}, "'wines'"),
    ],
)
def test_what_cannot_be_enforced_is_refused_at_once(demo_schema: Schema, policies: dict[str, Any], named: str) -> None:
    with pytest.raises(PolicyError, match=named):
        check_policies(read_policies(policies), demo_schema)


def test_the_demo_policies_can_be_enforced(demo_schema: Schema) -> None:
    from shortlist.demo import FOLDER

    policies = read_policies(FOLDER / "policies.yaml")
    check_policies(policies, demo_schema)
    (row,) = house_requirements(policies, GUEST, demo_schema)
    assert (row.field, row.op, row.value, row.hard, row.origin) == ("in_stock", "==", True, True, "policy")


AVAILABILITY = Policies(availability=Availability(item="city", user="cities"))


@pytest.mark.parametrize(
    "profile", [GUEST, knowing(cities=[]), knowing(cities=None), knowing(cities=""), knowing(town="x")]
)
def test_an_unknown_user_excludes_nothing(profile: ProfileSummary) -> None:
    assert house_requirements(AVAILABILITY, profile) == []


def test_availability_keeps_what_shares_a_value(demo_snapshot: Snapshot) -> None:
    def cities(profile: ProfileSummary) -> set[Any]:
        mask = demo_snapshot.mask(house_requirements(AVAILABILITY, profile, demo_snapshot.schema))
        return {demo_snapshot.value(row, "city") for row in mask.nonzero()[0]}

    assert cities(knowing(cities="London")) == {"London"}
    assert cities(knowing(cities=["London", "online"])) == {"London", "online"}
    # A word for it, in any language and case, is as good; a value that no item has takes nothing away.
    assert cities(knowing(cities=["伦敦", "Atlantis"])) == {"London"}
    assert cities(knowing(cities=["Atlantis"])) == set()


def test_an_age_gate_by_number_and_by_values(demo_snapshot: Snapshot) -> None:
    by_age = restricted_mask(Policies(age_gate=AgeGate(field="min_age", minimum=18)), demo_snapshot)
    assert {demo_snapshot.ids[row] for row in by_age.nonzero()[0]} >= {"wn-01", "wn-15"}
    assert all(demo_snapshot.numbers("min_age")[row] >= 18 for row in by_age.nonzero()[0])
    assert not by_age[demo_snapshot.row_of["hp-13"]]
    assert not by_age[demo_snapshot.row_of["hp-01"]]
    by_kind = restricted_mask(Policies(age_gate=AgeGate(field="category", restricted=("红酒",))), demo_snapshot)
    assert {demo_snapshot.ids[row][:2] for row in by_kind.nonzero()[0]} == {"wn"}
    by_theme = restricted_mask(Policies(age_gate=AgeGate(field="theme", restricted=("horror",))), demo_snapshot)
    assert 0 < by_theme.sum() < 10
    assert restricted_mask(Policies(), demo_snapshot).sum() == 0


def test_seen_blocked_and_turned_down_items_are_left_out(demo_snapshot: Snapshot) -> None:
    profile = ProfileSummary(user="u", seen={"bought": ("hp-01", "gone"), "viewed": ("hp-02",), "watched": ("hp-03",)})
    rows = excluded_rows(Policies(blocked=("hp-04", "gone-too")), profile, demo_snapshot, ["hp-05"])
    assert {demo_snapshot.ids[row] for row in rows} == {"hp-01", "hp-03", "hp-04", "hp-05"}
    every = Policies(exclude_seen=("viewed",))
    assert [demo_snapshot.ids[row] for row in excluded_rows(every, profile, demo_snapshot, [])] == ["hp-02"]
    assert excluded_rows(Policies(exclude_seen=()), profile, demo_snapshot, []) == []


def test_sponsored_is_what_the_catalog_says(demo_snapshot: Snapshot) -> None:
    assert is_sponsored(demo_snapshot, demo_snapshot.row_of["hp-09"])
    assert not is_sponsored(demo_snapshot, demo_snapshot.row_of["hp-01"])
