"""Shoppers come from what people do, never from the builder, and profiles are judged by plan and not by chance."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortlist_evals.profiles
from shortlist_evals.profiles.judging import Judge, wrong_facts
from shortlist_evals.profiles.people import CLASSES, Person, Shopper, draw_shoppers
from shortlist_evals.profiles.pursuits import PursuitError, World, open_world, values_of
from shortlist_evals.profiles.scoring import (
    Sheet,
    people_right,
    rank_correlation,
    ranks,
    score_change,
    score_early,
    spearman,
)
from shortlist_evals.profiles.shop import open_shop
from shortlist_evals.profiles.suite import render, run
from shortlist_evals.profiles.truth import Truth, mass
from shortlist_evals.profiles.visits import CHANGE, EVENTS, OFFSETS, Appeal, Deed, draw_deeds, visits_of
from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import read_event
from shortlist_tools.profile.model import Drift, Identity, Interest, Profile, ProfileFact

SEED = 3
GENERATOR = ("pursuits.py", "people.py", "visits.py", "truth.py")


@pytest.fixture(scope="module")
def world(demo_snapshot: Snapshot) -> World:
    return open_world(demo_snapshot.items(range(len(demo_snapshot))), demo_snapshot.schema.roles)


@pytest.fixture(scope="module")
def appeal(world: World) -> Appeal:
    return Appeal(world)


@pytest.fixture(scope="module")
def shoppers(world: World) -> list[Shopper]:
    return draw_shoppers(world, 40, SEED)


@pytest.fixture(scope="module")
def lives(shoppers: list[Shopper], world: World, appeal: Appeal) -> dict[str, list[Deed]]:
    return {shopper.id: draw_deeds(shopper, world, appeal, SEED) for shopper in shoppers}


@pytest.fixture(scope="module")
def truth(shoppers: list[Shopper], world: World, appeal: Appeal) -> Truth:
    return Truth(world, shoppers, appeal, SEED)


def of_class(shoppers: list[Shopper], kind: str) -> Shopper:
    return next(one for one in shoppers if one.kind == kind)


def fact(kind: str, field: str, value: str) -> dict[str, object]:
    times = {"first_seen": 0.0, "last_seen": 1.0}
    return {"id": f"{kind}-{field}-{value}", "kind": kind, "field": field, "value": value, "confidence": 0.9,
            "origin": "rule", **times}  # fmt: skip


def interest(field: str, value: str, tier: str = "primary") -> Interest:
    more = {"tier": tier, "weight": 1.0, "share": 0.5, "expected": 0.1}
    return Interest.model_validate({**fact("interest", field, value), **more})


def drift(field: str, value: str, direction: str = "up") -> Drift:
    more = {"direction": direction, "score": 4.0, "since": 0.0, "before": 0.0, "after": 0.5}
    return Drift.model_validate({**fact("drift", field, value), **more})


def identity(*interests: str, recipient: str | None = None) -> Identity:
    more = {"share": 0.5, "interests": interests, "recipient": recipient}
    return Identity.model_validate({**fact("identity", "person", str(interests)), **more})


def test_the_generator_imports_nothing_of_profiles_ranking_or_the_agent() -> None:
    folder = Path(shortlist_evals.profiles.__file__).parent
    allowed = ("shortlist_evals.places", "shortlist_evals.profiles.", "shortlist_tools.catalog", "shortlist_prompts.")
    for name in GENERATOR:
        tree = ast.parse((folder / name).read_text("utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        ours = {one for one in modules if one.startswith("shortlist")}
        assert all(one.startswith(allowed) for one in ours), ours
        inside = {one.removeprefix("shortlist_evals.profiles.") for one in ours if ".profiles." in one}
        assert inside <= {part.removesuffix(".py") for part in GENERATOR}


def test_classes_are_spread_over_any_number_of_shoppers(world: World) -> None:
    many = draw_shoppers(world, 500, SEED)
    for kind, count in CLASSES.items():
        assert abs(sum(one.kind == kind for one in many) - count) <= 2
    assert {one.kind for one in many[:60]} == set(CLASSES)
    assert [one.id for one in many[:40]] == [one.id for one in draw_shoppers(world, 40, SEED)]


def test_every_deed_is_an_event_that_can_be_recorded(lives: dict[str, list[Deed]], world: World) -> None:
    ids = {item.id for item in world.items}
    for deeds in lives.values():
        assert len(deeds) == EVENTS
        read = [read_event(deed.event) for deed in deeds]
        assert [event.time for event in read] == sorted(event.time for event in read)
        assert {event.item_id for event in read} - {None} <= ids


def test_the_same_seed_gives_the_same_life_and_another_seed_another(
    shoppers: list[Shopper], world: World, appeal: Appeal, lives: dict[str, list[Deed]]
) -> None:
    shopper = shoppers[0]
    assert draw_deeds(shopper, world, appeal, SEED) == lives[shopper.id]
    assert draw_deeds(shopper, world, appeal, SEED + 1) != lives[shopper.id]


def test_a_visit_is_one_persons_and_within_hours(lives: dict[str, list[Deed]]) -> None:
    for deeds in lives.values():
        for _, visit in visits_of(deeds):
            assert len({deed.person for deed in visit}) == 1
            assert visit[-1].event["time"] - visit[0].event["time"] < 4 * 3600


def test_people_come_at_their_own_hours(shoppers: list[Shopper], lives: dict[str, list[Deed]]) -> None:
    for shopper in shoppers:
        offset = OFFSETS[shopper.language] * 60
        for person in shopper.people:
            visits = [visit[0] for _, visit in visits_of(lives[shopper.id]) if visit[0].person == person.name]
            hours = [(deed.event["time"] + offset) / 3600 % 24 for deed in visits]
            near = [hour for hour in hours if min(abs(hour - person.hour), 24 - abs(hour - person.hour)) < 4]
            assert len(near) > 0.9 * len(hours)


def test_a_change_of_life_ends_one_pursuit_and_begins_another(
    shoppers: list[Shopper], lives: dict[str, list[Deed]]
) -> None:
    shopper = of_class(shoppers, "drifting")
    given_up = max(shopper.plan(), key=lambda name: shopper.plan()[name])
    deeds = lives[shopper.id]
    began = next(place for place, deed in enumerate(deeds) if deed.pursuit == shopper.drift_to)
    assert began >= CHANGE - 5
    assert not [deed for deed in deeds if deed.later and deed.pursuit == given_up]
    assert not [deed for deed in deeds if not deed.later and deed.pursuit == shopper.drift_to]
    assert sum(shopper.plan(later=True).values()) == pytest.approx(1)


def test_gifts_trips_and_second_people_are_in_the_traces(shoppers: list[Shopper], lives: dict[str, list[Deed]]) -> None:
    who = {one.kind: {deed.person for deed in lives[one.id]} for one in shoppers}
    assert "gift" in who["gifting"]
    assert "trip" in who["seasonal"]
    assert {"one", "two"} <= who["shared"]
    idle = lives[of_class(shoppers, "casual").id]
    assert sum(deed.person == "idle" for deed in idle) > 0.1 * len(idle)


def test_thrift_brand_and_refusal_sway_what_is_worth_something(world: World, appeal: Appeal) -> None:
    base = Person("one", {"sound": 1.0}, None, 0.0, None, None, None, 9, "phone", 3, 0.5, 0.5, linked=False)
    by_id = {item.id: item for item in world.items}
    dear, cheap = sorted(world.pursuits["sound"].items, key=lambda item: -float(item.values["price"]))[::16][:2]
    plain = appeal.to(base).worth
    thrifty = appeal.to(replace(base, thrift=2.0)).worth
    assert thrifty[cheap.id] - thrifty[dear.id] > plain[cheap.id] - plain[dear.id] + 2
    brand = values_of(by_id[dear.id], world.brand)[0]
    assert appeal.to(replace(base, brand=brand)).worth[dear.id] > plain[dear.id] + 1
    colour = values_of(by_id[dear.id], "colour")[0]
    refusing = appeal.to(replace(base, refused=("colour", colour)))
    assert dear.id in refusing.refused
    assert refusing.worth[dear.id] < plain[dear.id] - 2


def test_a_world_without_enough_of_a_pursuit_says_which(world: World, demo_snapshot: Snapshot) -> None:
    few = [item for item in world.items if item.values["category"] != "wine"]
    with pytest.raises(PursuitError, match="wine"):
        open_world(few, demo_snapshot.schema.roles)


def test_the_plan_is_a_share_of_attention_and_the_crowd_its_mean(truth: Truth, shoppers: list[Shopper]) -> None:
    for first, later in truth.phases.values():
        for phase in (first, later):
            assert sum(phase.whole.values()) == pytest.approx(1)
            assert sum(phase.weights.values()) == pytest.approx(1)
    assert sum(truth.crowd.values()) == pytest.approx(1)
    hikers = [one for one in shoppers if one.plan().get("hiking", 0) > 0.4]
    phase = truth.phases[hikers[0].id][0]
    claim = ("suits", "hiking")
    assert truth.lift(claim, phase) > 2
    assert truth.is_primary(claim, phase)
    assert truth.stands_for(claim, phase) == "hiking"
    assert truth.told([claim], phase) == {"hiking"}
    assert mass(truth.values.having(claim), phase.of["hiking"]) > 0.5


def judge_of(shopper: Shopper, truth: Truth, world: World, lives: dict[str, list[Deed]], later: bool = False) -> Judge:
    return Judge(shopper, truth, world, lives[shopper.id], later)


def clearest(judge: Judge, name: str) -> tuple[str, str]:
    """Return the value of a kind, use or theme that covers the pursuit `name` best."""
    phase = judge.phases[-1]
    claims = {(field, value) for item in judge.world.pursuits[name].items for field in ("category", "suits", "theme")
              for value in values_of(item, field)}  # fmt: skip
    standing = [one for one in sorted(claims) if judge.truth.stands_for(one, phase) == name]
    return max(standing, key=lambda one: mass(judge.truth.values.having(one), phase.of[name]))


def test_the_true_profile_scores_full_and_a_false_one_nothing(
    shoppers: list[Shopper], truth: Truth, world: World, lives: dict[str, list[Deed]]
) -> None:
    shopper = of_class(shoppers, "steady")
    judge, right, wrong = judge_of(shopper, truth, world, lives), Sheet(), Sheet()
    true = [clearest(judge, name) for name in sorted(shopper.primary())]
    score_early(judge, Profile(user="s", built=0, interests=tuple(interest(*one) for one in true)), right)
    assert right.values["primary_precision"] == 1
    assert right.values["true_facts_early"] == 1
    values = sorted({("category", one) for item in world.items for one in values_of(item, "category")})
    never = next(one for one in values if mass(truth.values.having(one), judge.phases[0].whole) == 0)
    score_early(judge, Profile(user="s", built=0, interests=(interest(*never),)), wrong)
    assert wrong.values == {"primary_precision": 0, "primary_recall": 0, "true_facts_early": 0}
    assert [(each.kind, each.claim) for each in wrong.wrong] == [("interest", "=".join(never))]


def test_a_drift_is_true_only_where_life_changed_and_is_found_by_what_is_new(
    shoppers: list[Shopper], truth: Truth, world: World, lives: dict[str, list[Deed]]
) -> None:
    changed = judge_of(of_class(shoppers, "drifting"), truth, world, lives, later=True)
    field, value = clearest(changed, str(changed.shopper.drift_to))
    assert changed.holds(drift(field, value)) is True
    assert changed.holds(drift(field, value, "down")) is False
    same = judge_of(of_class(shoppers, "steady"), truth, world, lives)
    assert same.holds(drift(field, value)) is False
    empty, told = Profile(user="s", built=0), Profile(user="s", built=0, drift=(drift(field, value),))
    late, never = Sheet(), Sheet()
    score_change(changed, [empty, empty, told], late)
    score_change(changed, [empty] * 8, never)
    assert (late.found_after, late.values) == (3, {"drift_found": 1.0, "drift_found_own": 1.0})
    later = Sheet()
    score_change(changed, [empty] * 8 + [told], later)
    assert later.values == {"drift_found": 0.0, "drift_found_own": 1.0}
    assert (never.found_after, never.values) == (None, {"drift_found": 0.0, "drift_found_own": 0.0})


def test_two_people_must_be_told_apart_and_one_must_not(
    shoppers: list[Shopper], truth: Truth, world: World, lives: dict[str, list[Deed]]
) -> None:
    two = judge_of(of_class(shoppers, "shared"), truth, world, lives)
    own = [max(person.pursuits, key=lambda name: person.pursuits[name]) for person in two.shopper.people]
    parts = [identity("=".join(clearest(two, name))) for name in own]
    assert people_right(two, Profile(user="s", built=0, identities=tuple(parts)))
    assert not people_right(two, Profile(user="s", built=0))
    assert not people_right(two, Profile(user="s", built=0, identities=(parts[0], parts[0])))
    alone = judge_of(of_class(shoppers, "steady"), truth, world, lives)
    assert people_right(alone, Profile(user="s", built=0))
    assert not people_right(alone, Profile(user="s", built=0, identities=tuple(parts)))
    giving = judge_of(of_class(shoppers, "gifting"), truth, world, lives)
    for recipient, right in ((giving.shopper.recipient, True), ("nobody", False)):
        assert people_right(giving, Profile(user="s", built=0, identities=(identity(recipient=recipient),))) is right


def test_what_the_plan_does_not_speak_of_is_not_judged(
    shoppers: list[Shopper], truth: Truth, world: World, lives: dict[str, list[Deed]]
) -> None:
    judge = judge_of(shoppers[0], truth, world, lives)
    style = ProfileFact.model_validate(fact("style", "style", "comparing"))
    assert judge.holds(style) is None
    assert wrong_facts(judge, Profile(user="s", built=0, semantic=(style,))) == ([], 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=30, unique=True))
def test_spearman_is_one_for_the_same_order_and_minus_one_for_the_reverse(values: list[float]) -> None:
    assert ranks(sorted(values)) == pytest.approx([place / (len(values) - 1) for place in range(len(values))])
    order = [float(place) for place in range(len(values))]
    assert rank_correlation(np.array([sorted(values), order])) == pytest.approx(1)
    assert rank_correlation(np.array([sorted(values), order[::-1]])) == pytest.approx(-1)


def test_the_interval_of_spearman_holds_its_value() -> None:
    planted = [float(place) for place in range(40)]
    low, high = spearman(planted, [one + 9 * (one % 3) for one in planted])[1:]
    assert 0.5 < low < spearman(planted, [one + 9 * (one % 3) for one in planted]).mean < high < 1


def test_spearman_of_nothing_or_of_equal_values_is_no_correlation() -> None:
    assert spearman([], []).mean == 0
    assert spearman([1.0, 2.0, 3.0], [5.0, 5.0, 5.0]) == (0.0, 0.0, 0.0)


def test_a_shop_gives_the_profile_as_of_the_last_event_taken_in_and_the_newest_saying(
    shoppers: list[Shopper], lives: dict[str, list[Deed]]
) -> None:
    shopper = of_class(shoppers, "contradictory")
    events = [read_event(deed.event) for deed in lives[shopper.id]]
    with open_shop() as shop:
        shop.expect(shopper.id, events, dict(zip((2, 4), shopper.statements, strict=True)))
        early, late = shop.profile(shopper.id, 3), shop.profile(shopper.id, 5)
    assert (early.events, late.events) == (3, 5)
    assert early.built == events[2].time + 3600
    assert [[(each.field, each.value) for each in one.stated] for one in (early, late)] == [
        [said] for said in shopper.statements
    ]


def test_a_small_run_scores_every_shopper_and_shows_it() -> None:
    result = run(n=8, seed=SEED)
    assert result["n"] == 8
    assert set(result["cases"]["statistical"]) == {f"s{number:03d}" for number in range(8)}
    assert result["agents"]["statistical"]["evidence"][0] == 1
    shown = render(result).renderables[0]
    assert next(iter(shown.columns[0].cells)) == "primary_precision"
