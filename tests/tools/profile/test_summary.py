"""A summary tells taste from chance: against base rates, by recency, and whatever the order of events."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event, ProfileSummary, summarise

DAY = 86_400.0
NOW = 20_000 * DAY


def did(kind: str, item: str, days_ago: float = 0.0, value: float | None = None) -> Event:
    return Event(kind=kind, item_id=item, value=value, time=NOW - days_ago * DAY)  # type: ignore[arg-type]


def summary(snapshot: Snapshot, *events: Event, now: float = NOW) -> ProfileSummary:
    return summarise("u", events, {}, snapshot, now)


def weights(snapshot: Snapshot, *events: Event, now: float = NOW) -> dict[tuple[str, str], float]:
    return {(one.field, one.value): one.weight for one in summary(snapshot, *events, now=now).affinities}


def test_the_formula_by_hand(shop: Snapshot) -> None:
    # Bought one red-and-black lamp of Acme: W = w = 2; Acme makes 3 of 9 branded items, 6 of 10 items are lamps.
    found = weights(shop, did("bought", "l1"))
    acme = (2 + 4 * 3 / 9) / ((2 + 4) * 3 / 9)
    lamp = (2 + 4 * 0.6) / (6 * 0.6)
    assert found["brand", "Acme"] == pytest.approx((acme - 1) / (acme + 1) * 2 / 3, abs=1e-4)
    assert found["kind", "lamp"] == pytest.approx((lamp - 1) / (lamp + 1) * 2 / 3, abs=1e-4)


def test_what_everybody_has_is_no_affinity(shop: Snapshot) -> None:
    # All six lamps are black: to buy black ones says nothing, to buy the only red one does.
    found = weights(shop, did("bought", "l1"), did("bought", "l2"), did("bought", "l3"))
    assert ("colours", "black") not in found
    assert found["colours", "red"] > 0.1


def test_a_share_is_of_the_items_that_have_the_field(shop: Snapshot) -> None:
    # Only lamps have colours. Who buys lamps at random leans to lamps, and to no colour.
    every_lamp = [did("bought", f"l{n}") for n in range(1, 7)]
    found = weights(shop, *every_lamp)
    assert found["kind", "lamp"] > 0.1
    assert not [pair for pair in found if pair[0] == "colours"]


def test_buying_in_one_kind_does_not_speak_against_another(shop: Snapshot) -> None:
    found = weights(shop, *[did("bought", f"l{n}", n) for n in range(1, 7)], did("viewed", "k1"))
    assert found.get(("kind", "kettle"), 0.0) >= 0


def test_more_evidence_weighs_more(shop: Snapshot) -> None:
    once = weights(shop, did("bought", "k1"))
    twice = weights(shop, did("bought", "k1"), did("bought", "k2"))
    assert twice["kind", "kettle"] > once["kind", "kettle"] > 0.1


def test_one_look_is_no_taste_and_many_are(shop: Snapshot) -> None:
    assert weights(shop, did("viewed", "k4")) == {}
    assert weights(shop, *[did("viewed", "k4", n) for n in range(8)])["kind", "kettle"] > 0.1


def test_an_old_event_weighs_less_than_a_new_one(shop: Snapshot) -> None:
    fresh = weights(shop, did("bought", "k1", 1))["kind", "kettle"]
    old = weights(shop, did("bought", "k1", 180))["kind", "kettle"]
    assert fresh > old > 0
    # Taste follows what was done last.
    moved = weights(
        shop, *[did("bought", f"l{n}", 720) for n in range(1, 4)], *[did("bought", f"k{n}") for n in (1, 2)]
    )
    assert moved["kind", "kettle"] > moved.get(("kind", "lamp"), 0.0)


def test_an_event_from_a_wrong_clock_counts_as_of_now(shop: Snapshot) -> None:
    assert weights(shop, did("bought", "k1", -500)) == weights(shop, did("bought", "k1"))


def test_a_dismissal_speaks_against_what_sets_the_item_apart(shop: Snapshot) -> None:
    found = weights(shop, did("dismissed", "l1"))
    assert found["colours", "red"] < -0.2
    assert found["brand", "Acme"] < 0
    assert ("colours", "black") not in found


def test_bought_and_dismissed_outweigh_each_other(shop: Snapshot) -> None:
    bought = [did("bought", "k1"), did("bought", "k4")]
    both = weights(shop, *bought, did("dismissed", "k2"))
    assert 0 < both["kind", "kettle"] < weights(shop, *bought)["kind", "kettle"]


@pytest.mark.parametrize(("rating", "sign"), [(5, 1), (4, 1), (2, -1), (1, -1)])
def test_a_rating_speaks_for_or_against(shop: Snapshot, rating: float, sign: int) -> None:
    rated = [did("rated", "k1", value=rating), did("rated", "k4", value=rating)]
    assert sign * weights(shop, *rated)["kind", "kettle"] > 0


def test_a_rating_on_a_greater_scale_counts_as_the_best(shop: Snapshot) -> None:
    assert weights(shop, did("rated", "k1", value=9)) == weights(shop, did("rated", "k1", value=5))


def test_a_middling_rating_says_nothing(shop: Snapshot) -> None:
    assert weights(shop, did("rated", "k1", value=3)) == {}


def test_seen_items_are_kept_by_kind_of_event_even_when_they_left_the_catalog(shop: Snapshot) -> None:
    found = summary(shop, did("viewed", "l1"), did("viewed", "gone"), did("bought", "k1"), did("viewed", "l1", 3))
    assert {kind: set(ids) for kind, ids in found.seen.items()} == {"viewed": {"l1", "gone"}, "bought": {"k1"}}
    assert found.seen_in(("bought", "watched")) == {"k1"}
    assert found.events == 4


def test_evidence_is_what_speaks_for_it_latest_last(shop: Snapshot) -> None:
    events = [did("bought", "k1", 9), did("bought", "k2", 5), did("dismissed", "k3", 4), did("viewed", "k1", 1)]
    one = next(one for one in summary(shop, *events).affinities if one.value == "kettle")
    assert one.evidence == ("k2", "k1")


events = st.lists(
    st.builds(
        did,
        st.sampled_from(["viewed", "bought", "liked", "dismissed", "added"]),
        st.sampled_from(["l1", "l2", "l3", "k1", "k2", "k4", "gone"]),
        st.integers(0, 900),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(events, st.randoms())
def test_the_order_of_events_does_not_matter(shop: Snapshot, done: list[Event], random: object) -> None:
    shuffled = list(done)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert summary(shop, *done) == summary(shop, *shuffled)


@settings(max_examples=60)
@given(events)
def test_affinities_are_bounded_sorted_and_worth_saying(shop: Snapshot, done: list[Event]) -> None:
    found = [one.weight for one in summary(shop, *done).affinities]
    assert all(0.05 <= abs(weight) < 1 for weight in found)
    assert found == sorted(found, key=abs, reverse=True)


@settings(max_examples=60)
@given(events, st.sampled_from(["k1", "k2", "k4"]))
def test_one_more_purchase_never_lowers_the_taste_for_its_kind(shop: Snapshot, done: list[Event], item: str) -> None:
    before = weights(shop, *done).get(("kind", "kettle"), 0.0)
    after = weights(shop, *done, did("bought", item)).get(("kind", "kettle"), 0.0)
    assert after >= min(before, 0.0) - 1e-9
    if before > 0:
        assert after >= before - 1e-9


def test_a_word_of_an_open_field_is_a_taste_only_where_several_items_share_it(shop: Snapshot) -> None:
    fields = [
        one.model_copy(update={"open": True}) if one.name in ("colours", "brand") else one for one in shop.schema.fields
    ]
    opened = copy.copy(shop)
    opened.schema = shop.schema.model_copy(update={"fields": tuple(fields)})
    once = weights(opened, *[did("bought", "l1", n) for n in range(4)])
    assert {field for field, _ in once} == {"kind"}
    twice = weights(opened, did("bought", "l1"), did("bought", "l2"))
    assert twice["brand", "Acme"] > 0.1
    assert ("colours", "red") not in twice
