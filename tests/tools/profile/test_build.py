"""A built profile depends on the events alone: not on their order, nor on how many came at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event, Profiles
from shortlist_tools.profile.builder import build, population_of
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.population import nobody
from shortlist_tools.profile.statistics import MOST_KEPT, Statistics

DAY = 86_400.0
NOW = 20_000 * DAY


def did(kind: str, item: str, days_ago: float = 0.0, **more: object) -> Event:
    return Event.model_validate({"kind": kind, "item_id": item, "time": NOW - days_ago * DAY, **more})


EVENTS = st.lists(
    st.builds(
        did,
        st.sampled_from(["viewed", "added", "bought", "liked", "dismissed", "returned"]),
        st.sampled_from(["l1", "l2", "l3", "l4", "k1", "k2", "k3", "gone"]),
        st.floats(0, 400),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(data=st.data(), events=EVENTS)
def test_one_by_one_in_any_order_is_all_at_once(data: st.DataObject, events: list[Event], shop: Snapshot) -> None:
    population = population_of(shop, [[did("viewed", "l1"), did("bought", "k1")]] * 30)
    whole = build("u", Statistics(sorted(events, key=lambda one: one.time)), shop, population, NOW)
    kept = Statistics()
    for event in data.draw(st.permutations(events)):
        kept.add(event)
        build("u", kept, shop, population, NOW)
    assert build("u", kept, shop, population, NOW) == whole


def test_only_the_latest_are_kept_whole_whatever_the_order() -> None:
    events = [did("viewed", "l1", n) for n in range(MOST_KEPT + 50)]
    new_first, old_first = Statistics(events), Statistics(reversed(events))
    assert new_first.acts == old_first.acts
    assert len(new_first.acts) == MOST_KEPT
    assert new_first.acts[-1][2] == events[0]
    assert new_first.total == old_first.total == MOST_KEPT + 50


def test_an_event_counts_once() -> None:
    event = did("viewed", "l1")
    assert Statistics([event, event]).total == 1


def test_what_everybody_turns_to_is_no_interest(shop: Snapshot) -> None:
    mine = [did("viewed", item, day) for day, item in enumerate(["k1", "k2", "k3", "k1", "k2", "l1"])]
    alone = build("u", Statistics(mine), shop, nobody(shop), NOW)
    among = build("u", Statistics(mine), shop, population_of(shop, [mine] * 60), NOW)
    assert ("kind", "kettle") in {(one.field, one.value) for one in alone.interests}
    assert among.interests == ()


def test_an_interest_names_its_events_and_says_so(shop: Snapshot) -> None:
    mine = [did("viewed", item, 10 - day) for day, item in enumerate(["k1", "k2", "k3", "k1", "k2", "l1"])]
    found = build("u", Statistics(mine), shop, None, NOW)
    kettle = found.interests[0]
    assert (kettle.field, kettle.value, kettle.tier, found.level) == ("kind", "kettle", "primary", 3)
    assert kettle.evidence == tuple(event.id for event in reversed(mine[:5]))
    assert (kettle.first_seen, kettle.last_seen) == (mine[0].time, mine[4].time)
    assert kettle.share == pytest.approx(5 / 6, abs=0.01)
    assert "kettle" in kettle.sentence["en"]
    assert "主要兴趣" in kettle.sentence["zh"]


def test_what_is_turned_down_again_and_again_is_disliked(shop: Snapshot) -> None:
    mine = [did("dismissed", f"l{n}", n) for n in range(3, 7)] + [did("viewed", "k1", n) for n in range(6)]
    found = build("u", Statistics(mine), shop, None, NOW)
    assert ("kind", "lamp") in {(one.field, one.value) for one in found.dislikes}
    assert all(one.kind != "dislike" or one.evidence for one in found.facts())


def test_nothing_known_is_level_zero(shop: Snapshot) -> None:
    assert build("u", Statistics(), shop, None, NOW).level == 0


def test_the_door_keeps_profiles_current(profiles: Profiles) -> None:
    profiles.record("u", [did("viewed", item, day) for day, item in enumerate(["k1", "k2", "k3"])])
    first = profiles.profile("u", NOW)
    profiles.record("u", [did("bought", "k2", 5)])
    profiles.set("u", "city", "Ghent", source="user")
    later = profiles.profile("u", NOW)
    assert (first.events, later.events) == (3, 4)
    assert [one.sentence["en"] for one in later.stated] == ["You told us: city is Ghent."]
    assert later == Profiles(profiles._store, profiles._catalog).profile("u", NOW)
    profiles.erase("u")
    assert profiles.profile("u", NOW).events == 0


def test_what_the_host_says_is_told_in_plain_words(profiles: Profiles) -> None:
    profiles.set("u", "uses", ["pour_over", "moka pot"], source="host")
    profiles.set("u", "age_confirmed", False, source="host")
    told = {one.sentence["en"] for one in profiles.profile("u", NOW).stated}
    assert told == {"The shop told us: uses is pour over, moka pot.", "The shop told us: age confirmed is no."}


def test_what_visits_of_many_are_about_is_believed_sooner(shop: Snapshot) -> None:
    def visits(items: tuple[str, ...]) -> list[Event]:
        return [did("viewed", item, day, session=f"v{day}") for day in (3, 2, 1) for item in items]

    crowd = population_of(shop, [visits(("l1", "l2", "l3", "l4")), visits(("k1", "k2", "k3"))] * 20)
    index = pair_index(shop)
    kettle, lamp, acme, bolt = (
        float(crowd.about[index.code_of[pair] + 1])
        for pair in (("kind", "kettle"), ("kind", "lamp"), ("brand", "Acme"), ("brand", "Bolt"))
    )
    assert float(crowd.about.sum()) == pytest.approx(1)
    assert min(kettle, lamp) > 0.3
    assert max(acme, bolt) < 0.1


def test_what_fewer_than_five_turn_to_says_nothing_of_visits(shop: Snapshot) -> None:
    lamps = [did("viewed", f"l{1 + n % 4}", 9 - n) for n in range(6)]
    assert population_of(shop, [lamps] * 4).about == pytest.approx(nobody(shop).about)


def test_an_occasion_that_passes_is_no_taste(shop: Snapshot) -> None:
    def lamps(gap: float) -> list[Event]:
        more = {"context": {"occasion": "fair"}}
        return [did("viewed", f"l{1 + n % 4}", 60 - gap * n, **more) for n in range(6)]

    mine = [did("viewed", f"k{1 + n % 3}", 20 - n) for n in range(6)]
    told = {gap: build("u", Statistics(mine + lamps(gap)), shop, None, NOW).interests for gap in (1, 9)}
    values = {gap: {one.value for one in interests} for gap, interests in told.items()}
    assert "lamp" not in values[1]
    assert "lamp" in values[9]
