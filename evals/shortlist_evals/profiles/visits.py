"""What shoppers do: visits to the shop, from the first search to the rating days later, as events with who did them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from statistics import median
from typing import Any

from shortlist_evals.profiles.people import Person, Shopper
from shortlist_evals.profiles.pursuits import Pursuit, World, values_of
from shortlist_tools.catalog import Item

START = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
CHANGE = 40
"""The change of life comes with the first visit after this many events."""
EVENTS = 84
TRIP_AT = 12
"""A trip is prepared in two visits, the first of them after this many events."""
SHELF = 9
"""How many items the shop puts before a visitor."""
FILTERED = 0.6
"""How much of a person's price sensitivity is already in what they let the shop show."""
BRAND, LIKED, REFUSED = 1.6, 1.2, -3.0
"""What the brand one keeps to, a value wanted and a value refused add to an item's appeal."""
OTHERS = "others"
"""Whose taste counts in what is not for oneself: nobody's, only the price does."""
OFFSETS = {"en": 0, "zh": 480}


@dataclass(frozen=True)
class Deed:
    """One event and what is true of it.

    Attributes:
        event: The event as a mapping, as a host would send it.
        person: Who did it: a person's name, or `gift`, `trip` or `idle` where it was not for themselves.
        pursuit: What it was for, None where for nothing.
        later: Whether it happened after the change of life.
    """

    event: Mapping[str, Any]
    person: str
    pursuit: str | None
    later: bool


@dataclass
class _Life:
    """What goes on while one shopper's events are drawn."""

    shopper: Shopper
    world: World
    draws: Random
    appeal: Appeal
    moment: datetime.datetime = START
    visits: int = 0
    tastes: dict[str, Taste] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)
    waiting: dict[tuple[str, str], float] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)


class Appeal:
    """How much items appeal to people: popularity, brand, tastes, and price against the median of the kind."""

    def __init__(self, world: World) -> None:
        self._world = world
        kinds: dict[str, list[float]] = {}
        for item in world.items:
            kinds.setdefault(str(item.values.get(world.kind)), []).append(self._price(item))
        middle = {kind: median(prices) for kind, prices in kinds.items()}
        self._dear = {
            item.id: math.log((self._price(item) + 1) / (middle[str(item.values.get(world.kind))] + 1))
            for item in world.items
        }
        self.popular = {item.id: math.log1p(float(item.values.get(world.popularity) or 0)) for item in world.items}

    def _price(self, item: Item) -> float:
        price = item.values.get(self._world.price)
        return float(price[0] if isinstance(price, list | tuple) else price or 0.0)

    def to(self, person: Person) -> Taste:
        """Return what everything is worth to `person`."""
        worth, shown, refused = {}, {}, set()
        for item in self._world.items:
            value = 0.2 * self.popular[item.id] - person.thrift * self._dear[item.id]
            value += BRAND * (person.brand is not None and person.brand in values_of(item, self._world.brand))
            value += LIKED * (person.liked is not None and person.liked[1] in values_of(item, person.liked[0]))
            if person.refused is not None and person.refused[1] in values_of(item, person.refused[0]):
                value += REFUSED
                refused.add(item.id)
            worth[item.id] = value
            shown[item.id] = 0.5 * self.popular[item.id] - FILTERED * person.thrift * self._dear[item.id]
        return Taste(worth, shown, frozenset(refused))


@dataclass(frozen=True)
class Taste:
    """What items are to one person.

    Attributes:
        worth: What each is worth, in log odds of being chosen.
        shown: How likely each is on the page, popular ones more so and those that the person's price filter lets pass.
        refused: Those that the person cannot stand.
    """

    worth: Mapping[str, float]
    shown: Mapping[str, float]
    refused: frozenset[str]


def draw_deeds(shopper: Shopper, world: World, appeal: Appeal, seed: int, events: int = EVENTS) -> list[Deed]:
    """Return what happened on `shopper`'s account, oldest first; the same arguments give the same deeds."""
    life = _Life(shopper, world, Random(f"{seed}/{shopper.id}/life"), appeal)
    life.tastes = {person.name: appeal.to(person) for person in shopper.people}
    life.tastes[OTHERS] = appeal.to(_without_tastes(shopper.people[0]))
    trips = [] if shopper.trip is None else [shopper.trip] * 2
    while len(life.deeds) < events + 6:
        later = len(life.deeds) >= CHANGE
        if trips and len(life.deeds) >= TRIP_AT:
            _trip(life, world.trips[trips.pop()])
            continue
        chance = life.draws.random()
        if chance < shopper.idle:
            _idle(life, later)
        elif chance < shopper.idle + shopper.gifts:
            _gift(life, later)
        else:
            _own(life, later)
    return sorted(life.deeds, key=lambda deed: deed.event["time"])[:events]


def browse(
    pursuit: Pursuit, person: Person, taste: Taste, draws: Random,
    owned: frozenset[str] | set[str] = frozenset(),
) -> list[tuple[str, Item]]:  # fmt: skip
    """Return what `person` does with the items of `pursuit` in one visit: what is done, and with which item.

    The shop shows some items, popular ones more often and those that sorting and filtering by price leave, which people
    do as much as the price matters to them; the person opens those that appeal, compares, refuses what they
    cannot stand, and does something about the best of what was opened.
    """
    shelf = _sample([item for item in pursuit.items if item.id not in owned], SHELF, taste.shown, draws)
    opened = _sample(shelf, draws.randint(1, person.compares), taste.worth, draws)
    done: list[tuple[str, Item]] = []
    for item in opened:
        done.append(("viewed", item))
        if item.id in taste.refused and draws.random() < 0.75:
            done.append(("dismissed", item))
    wanted = [item for item in opened if item.id not in taste.refused]
    if wanted and draws.random() < person.eager:
        best = max(wanted, key=lambda item: (taste.worth[item.id], item.id))
        deed = draws.choices(("bought", "added", "liked", "shared"), (4, 2, 2, 1))[0]
        done += [("added", best), ("bought", best)] if deed == "bought" and draws.random() < 0.4 else [(deed, best)]
    return done


def _own(life: _Life, later: bool) -> None:
    """A visit of one of the people for themselves; what was long not done is likelier to be done now."""
    shopper, draws = life.shopper, life.draws
    person = draws.choices(shopper.people, shopper.shares)[0]
    shares = (person.later if later else None) or person.pursuits
    for name, share in shares.items():
        life.waiting[person.name, name] = life.waiting.get((person.name, name), 0.0) + share
    name = max(shares, key=lambda one: life.waiting[person.name, one] + 0.35 * draws.gauss(0, 1) * shares[one])
    life.waiting[person.name, name] -= 1
    start = _arrive(life, person)
    names = [name]
    others = [other for other in shares if other != name]
    if person.linked and others and draws.random() < 0.4:
        names.append(others[0])
    for one in names:
        _shop(life, person, life.world.pursuits[one], start, person.name, later)


def _gift(life: _Life, later: bool) -> None:
    """A visit for somebody else, whose pursuit it is; most people tell the shop for whom, some do not."""
    shopper, draws = life.shopper, life.draws
    person = shopper.people[0]
    pursuit = life.world.pursuits[str(shopper.gift_pursuit)]
    told = draws.random() < 0.7
    context = {"recipient": shopper.recipient} if told else {}
    start = _arrive(life, person)
    if told:
        who = life.world.people[str(shopper.recipient)][shopper.language]
        _do(life, start, "searched", "gift", pursuit.name, later, text=_pick(life, life.world.gift).format(who=who))
    for kind, item in _browsed(life, person, OTHERS, pursuit):
        _do(life, start, kind, "gift", pursuit.name, later, item=item, context=context)


def _trip(life: _Life, pursuit: Pursuit) -> None:
    """One of two visits within a few days that prepare something that comes once a year."""
    person = life.shopper.people[0]
    start = _arrive(life, person, days=life.draws.uniform(0.5, 2.0))
    context = {"occasion": pursuit.name} if life.draws.random() < 0.6 else {}
    if life.draws.random() < 0.6:
        _do(life, start, "searched", "trip", pursuit.name, False, text=_pick(life, pursuit.words))
    for kind, item in _browsed(life, person, OTHERS, pursuit):
        _do(life, start, kind, "trip", pursuit.name, False, item=item, context=context)


def _idle(life: _Life, later: bool) -> None:
    """A visit without purpose: whatever the front page shows, which is what is popular."""
    start = _arrive(life, life.shopper.people[0])
    for item in _sample(life.world.items, life.draws.randint(1, 3), life.appeal.popular, life.draws):
        _do(life, start, "viewed", "idle", None, later, item=item)
    if life.draws.random() < 0.1:
        _do(life, start, "liked", "idle", None, later, item=item)


def _shop(life: _Life, person: Person, pursuit: Pursuit, start: _Start, who: str, later: bool) -> None:
    draws, shopper = life.draws, life.shopper
    if draws.random() < person.searches:
        words = _pick(life, pursuit.words)
        if person.thrift > 1.5 and draws.random() < 0.4:
            words = f"{words} {_pick(life, life.world.less)}"
        _do(life, start, "searched", who, pursuit.name, later, text=words)
    for kind, item in _browsed(life, person, person.name, pursuit):
        _do(life, start, kind, who, pursuit.name, later, item=item)
        if kind != "bought":
            continue
        life.owned.add(item.id)
        happy = draws.random() >= shopper.fickle
        after = start.moved(days=draws.uniform(2, 9))
        if not happy and draws.random() < 0.4:
            _do(life, after, "returned", who, pursuit.name, later, item=item)
        elif draws.random() < 0.4:
            value = float(draws.choice((4, 5, 5))) if happy else 2.0
            _do(life, after, "rated", who, pursuit.name, later, item=item, value=value)


def _browsed(life: _Life, person: Person, whose: str, pursuit: Pursuit) -> list[tuple[str, Item]]:
    return browse(pursuit, person, life.tastes[whose], life.draws, life.owned)


@dataclass
class _Start:
    """Where and when a visit takes place; the moment moves on with every event."""

    moment: datetime.datetime
    session: str | None
    device: str

    def moved(self, days: float) -> _Start:
        """Return a moment outside any visit, `days` later."""
        return _Start(self.moment + datetime.timedelta(days=days), None, self.device)


def _arrive(life: _Life, person: Person, days: float | None = None) -> _Start:
    draws = life.draws
    life.moment += datetime.timedelta(days=0.4 + draws.expovariate(1 / life.shopper.gap) if days is None else days)
    hour = (person.hour + draws.gauss(0, 1.3)) % 24
    day = life.moment.replace(hour=0, minute=0, second=0, microsecond=0)
    local = day + datetime.timedelta(hours=hour) - datetime.timedelta(minutes=OFFSETS[life.shopper.language])
    life.moment = local if local > life.moment else local + datetime.timedelta(days=1)
    life.visits += 1
    device = person.device if draws.random() < 0.85 else draws.choice(("phone", "desktop"))
    return _Start(life.moment, f"{life.shopper.id}-{life.visits}", device)


def _do(
    life: _Life, start: _Start, kind: str, who: str, pursuit: str | None, later: bool, item: Item | None = None,
    text: str | None = None, value: float | None = None, context: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    start.moment += datetime.timedelta(seconds=life.draws.randint(15, 240))
    event: dict[str, Any] = {"kind": kind, "time": round(start.moment.timestamp(), 3), "channel": "web"}
    event |= {"context": {"device": start.device, "offset": OFFSETS[life.shopper.language], **(context or {})}}
    given = {"item_id": item and item.id, "text": text, "value": value, "session": start.session}
    event |= {name: what for name, what in given.items() if what is not None}
    life.deeds.append(Deed(event, who, pursuit, later))


def _pick(life: _Life, words: Mapping[str, Sequence[str]]) -> str:
    return life.draws.choice(words[life.shopper.language])


def _without_tastes(person: Person) -> Person:
    """The same person buying what is not for themselves: only the price counts."""
    return replace(person, brand=None, liked=None, refused=None)


def _sample(items: Sequence[Item], n: int, worth: Mapping[str, float], draws: Random) -> list[Item]:
    """Return up to n of `items` without replacement, chances going with exp(worth): the Gumbel trick."""
    keyed = [(worth[item.id] - math.log(-math.log(draws.random() or 1e-12)), item.id, item) for item in items]
    return [item for _, _, item in sorted(keyed, key=lambda one: (-one[0], one[1]))[:n]]


def visits_of(deeds: Sequence[Deed]) -> Iterator[tuple[str, list[Deed]]]:
    """Yield each visit's id with its deeds, in order; what happens outside visits is left out."""
    grouped: dict[str, list[Deed]] = {}
    for deed in deeds:
        session = deed.event.get("session")
        if session is not None:
            grouped.setdefault(session, []).append(deed)
    yield from grouped.items()
