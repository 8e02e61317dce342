"""How a person chooses shows in choices: prices beside others', brands, needs and for whom; and when taste changes."""

from __future__ import annotations

import json
import random

import pytest

from shortlist_tools.catalog import Catalog, Field, Schema, Snapshot
from shortlist_tools.profile import Event, session_intent
from shortlist_tools.profile.builder import build
from shortlist_tools.profile.model import Profile
from shortlist_tools.profile.statistics import Statistics
from shortlist_tools.store import Store

DAY = 86_400.0
NOW = 20_000 * DAY
KINDS = ("lamp", "kettle", "chair", "rug")
SCHEMA = Schema(
    name="shop",
    fields=(
        Field(name="title", kind="text"),
        Field(name="kind", kind="category"),
        Field(name="brand", kind="category"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="weight", kind="number", unit="g"),
    ),
    roles={"title": "title", "kind": "kind", "brand": "brand", "price": "price"},
)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Four kinds of twenty items each: four brands in turn, prices from 10 doubling every five, odd weights."""
    folder = tmp_path_factory.mktemp("market")
    items = [
        {
            "id": f"{kind}{n}",
            "title": f"{kind} {n}",
            "kind": kind,
            "brand": f"B{n % 4}",
            "price": 10 * 2 ** (n / 5),
            "weight": 100 + 37 * (7 * n % 20),
        }
        for kind in KINDS
        for n in range(20)
    ]
    (folder / "items.jsonl").write_text("\n".join(map(json.dumps, items)), "utf-8")
    store = Store.open(folder / "shop.db")
    catalog = Catalog(store)
    catalog.ingest(folder / "items.jsonl", schema=SCHEMA)
    found = catalog.snapshot()
    store.close()
    return found


def did(kind: str, item: str | None, days_ago: float, **more: object) -> Event:
    return Event.model_validate({"kind": kind, "item_id": item, "time": NOW - days_ago * DAY, **more})


def profile(market: Snapshot, events: list[Event]) -> Profile:
    return build("u", Statistics(events), market, None, NOW)


def amount(market: Snapshot, numbers: list[int]) -> float:
    found = profile(market, [did("viewed", f"lamp{n}", day) for day, n in enumerate(numbers)]).behaviour.price
    assert found is not None
    assert found.low < found.amount < found.high
    assert found.evidence
    return found.amount


@pytest.mark.parametrize(
    ("asked", "for_less"),
    [("cheap lamp", True), ("lamp under 50", True), ("便宜的灯", True), ("50以内的灯", True), ("lamp", False),
     ("lamp to go under the stairs", False)],
)  # fmt: skip
def test_searches_for_what_costs_little_tell_of_the_price(market: Snapshot, asked: str, for_less: bool) -> None:
    chosen = [did("viewed", f"lamp{n}", day) for day, n in enumerate((2, 5, 8, 10, 12, 15, 18, 9))]
    searched = [did("searched", None, day + 0.01, text=asked) for day in range(6)]
    with_searches, without = (profile(market, events).behaviour.price for events in (chosen + searched, chosen))
    assert with_searches is not None
    assert without is not None
    assert (with_searches.amount > without.amount + 0.2) == for_less


def test_cheaper_choices_are_a_higher_sensitivity(market: Snapshot) -> None:
    even = amount(market, list(range(0, 20, 2)))
    cheap = amount(market, [0, 1, 2, 3, 0, 1, 2, 4, 1, 0])
    dear = amount(market, [19, 18, 17, 19, 16, 18, 19, 15, 17, 18])
    assert cheap > 0.8
    assert dear < -0.8
    assert abs(even) < 0.3


def test_a_planted_elasticity_is_found(market: Snapshot) -> None:
    draws = random.Random(3)
    for true in (0.0, 1.0, 2.0):
        weights = [(10 * 2 ** (n / 5)) ** -true for n in range(20)]
        assert amount(market, draws.choices(range(20), weights, k=400)) == pytest.approx(true, abs=0.35)


def test_too_few_choices_tell_nothing(market: Snapshot) -> None:
    found = profile(market, [did("viewed", f"lamp{n}", n) for n in range(4)]).behaviour
    assert (found.price, found.loyalty, found.exploration, found.style, found.factors) == (None, None, None, None, ())


def test_a_loyal_person_is_told_from_one_who_changes(market: Snapshot) -> None:
    loyal = profile(market, [did("bought", f"{KINDS[n % 4]}{4 * (n % 5)}", n) for n in range(16)]).behaviour
    changing = profile(market, [did("bought", f"{KINDS[n % 4]}{(5 * n) % 20}", n) for n in range(16)]).behaviour
    assert loyal.loyalty is not None
    assert changing.loyalty is not None
    assert (loyal.loyalty.value, loyal.loyalty.amount) == ("high", 1.0)
    assert changing.loyalty.amount < 0.2
    assert [fact.value for fact in loyal.brands] == ["B0"]


def test_a_number_that_choices_follow_is_a_factor(market: Snapshot) -> None:
    heavy = sorted(range(20), key=lambda n: -(7 * n % 20))[:6]
    found = profile(market, [did("bought", f"{KINDS[n % 4]}{heavy[n % 6]}", n) for n in range(24)]).behaviour.factors
    assert [(fact.field, fact.value) for fact in found] == [("weight", "higher")]


@pytest.mark.parametrize(
    ("pattern", "style"),
    [
        ([["b"], ["b"], ["b"]], "decided"),
        ([["v"] * 5 + ["b"], ["v"] * 6 + ["b"], ["v"] * 5 + ["b"]], "comparing"),
        ([["v"] * 7] * 4, "browsing"),
    ],
)
def test_shopping_style(pattern: list[list[str]], style: str, market: Snapshot) -> None:
    words = {"v": "viewed", "b": "bought"}
    events = [
        did(words[what], f"lamp{(place + 7 * day) % 20}", 20 - day, session=f"s{day}").model_copy(
            update={"time": NOW - (20 - day) * DAY + 60 * place}
        )
        for day, visit in enumerate(pattern)
        for place, what in enumerate(visit)
    ]
    found = profile(market, events).behaviour.style
    assert found is not None
    assert found.value == style


def test_a_change_of_taste_is_found_within_eight_events(market: Snapshot) -> None:
    before = [did("viewed", f"{'lamp' if n % 4 else 'chair'}{n % 20}", 100 - n) for n in range(24)]
    after = [did("viewed", f"kettle{n}", 9 - n) for n in range(8)]
    assert profile(market, before).drift == ()
    found = profile(market, before + after)
    up = next(one for one in found.drift if one.value == "kettle")
    assert (up.direction, up.before, up.after, up.since) == ("up", 0.0, 1.0, after[0].time)
    assert next(one.tier for one in found.interests if one.value == "kettle") == "emerging"
    assert next(one.direction for one in found.drift if one.value == "lamp") == "down"


def test_one_binge_is_no_change_of_taste(market: Snapshot) -> None:
    before = [did("viewed", f"lamp{n % 20}", 100 - n) for n in range(24)]
    binge = [did("viewed", f"kettle{n}", 2, session="one") for n in range(8)]
    assert not [one for one in profile(market, before + binge).drift if one.value == "kettle"]


def test_a_gift_is_a_need_and_no_taste(market: Snapshot) -> None:
    own = [did("viewed", f"lamp{n}", 40 - n) for n in range(8)]
    gift = [did("searched", None, 3, text="birthday present for mum", session="g")]
    gift += [did("viewed", f"rug{n}", 3, session="g", context={"recipient": "mother"}) for n in range(8)]
    found = profile(market, own + gift)
    assert {one.value for one in found.interests} == {"lamp"}
    assert {need.value for need in found.needs} == {"mother", "gift", "birthday"}
    assert all(need.expires > NOW and need.evidence for need in found.needs)
    assert [(one.recipient, one.share) for one in found.identities] == [("mother", pytest.approx(1 / 9, abs=1e-3))]
    assert build("u", Statistics(own + gift), market, None, NOW + 40 * DAY).needs == ()
    bought = [*own, *gift, did("bought", "rug1", 2.9, session="g2", text="gift", context={"recipient": "mother"})]
    assert "mother" not in {need.value for need in profile(market, bought).needs}


def test_two_people_with_two_devices_are_told_apart(market: Snapshot) -> None:
    def visits(kind: str, device: str, days: range) -> list[Event]:
        return [
            did("viewed", f"{kind}{(day + n) % 20}", day - n / 1000, session=f"{kind}{day}", context={"device": device})
            for day in days
            for n in range(3)
        ]

    two = profile(market, visits("lamp", "phone", range(0, 30, 2)) + visits("kettle", "desktop", range(1, 31, 2)))
    assert sorted((one.devices, one.interests) for one in two.identities) == [
        (("desktop",), ("kind=kettle",)),
        (("phone",), ("kind=lamp",)),
    ]
    one = profile(market, visits("lamp", "phone", range(0, 30, 2)) + visits("kettle", "phone", range(1, 31, 2)))
    assert one.identities == ()


def test_a_person_who_writes_chinese_is_seen_to(market: Snapshot) -> None:
    texts = ["请问有台灯吗？", "谢谢，请再便宜点", "麻烦推荐一个水壶"]
    found = profile(market, [did("said", None, n, text=text) for n, text in enumerate(texts)]).content
    assert found.language is not None
    assert found.tone is not None
    assert (found.language.value, found.tone.value) == ("zh", "polite")


def test_a_session_goes_from_looking_to_decided() -> None:
    looking = [Event(kind="viewed", item_id=f"i{n}", time=n) for n in range(4)]
    again = [Event(kind="viewed", item_id="i1", time=10 + n) for n in range(2)]
    added = [Event(kind="added", item_id="i1", time=20)]
    assert session_intent([]).intent == session_intent(looking).intent == "looking"
    comparing = session_intent(looking + again)
    assert (comparing.intent, comparing.since) == ("comparing", 4)
    decided = session_intent(looking + again + added)
    assert (decided.intent, decided.since) == ("decided", 6)
    assert decided.score > comparing.score


def test_two_pursuits_of_the_same_visits_are_both_primary(market: Snapshot) -> None:
    events = []
    for visit in range(5):
        day, session = 20.0 - 4 * visit, f"v{visit}"
        chair = [f"chair{visit * 3 + n}" for n in range(3)]
        events += [did("viewed", item, day - n / 1e4, session=session) for n, item in enumerate(chair)]
        events.append(did("liked", chair[2], day - 4 / 1e4, session=session))
        events += [did("viewed", f"lamp{visit * 3 + n}", day - (6 + n) / 1e4, session=session) for n in range(3)]
    primary = {one.value for one in profile(market, events).interests if one.tier == "primary"}
    assert primary == {"chair", "lamp"}
