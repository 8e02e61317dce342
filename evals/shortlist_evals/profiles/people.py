"""Who the shoppers are: what each pursues, pays, keeps to and refuses, and what muddles the traces they leave.

Nothing here comes from the builder of profiles: a person is pursuits with shares, and tastes that sway every choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from shortlist_evals.profiles.pursuits import Pursuit, World, values_of

CLASSES = {
    "steady": 180, "drifting": 100, "gifting": 60, "shared": 60, "seasonal": 40, "contradictory": 30, "casual": 30,
}  # fmt: skip
"""How many of 500 shoppers are of each class; other numbers are split alike."""
PRIMARY = 0.3
"""A pursuit is primary when at least this share of what the account is used for is its."""
THRIFT = (-0.3, 3.0)
"""The range of price sensitivity: what the price's logarithm takes off an item's appeal."""
HABITS = ("phone", "desktop", "tablet")


@dataclass(frozen=True)
class Person:
    """One human being.

    Attributes:
        name: Tells two at one account apart.
        pursuits: Share of the person's visits by pursuit, summing to 1.
        later: The same after a change of life, None where none comes.
        thrift: How much a higher price repels; below 0 it attracts.
        brand: The brand the person keeps to, if to one.
        liked: A field and its value that are wanted in anything.
        refused: A field and its value that are never wanted.
        hour: The hour of the day they are mostly there.
        device: What they mostly use.
        compares: How many items they look at, at most, before they choose.
        searches: How often a visit begins with a search.
        eager: How often what they like best is acted on.
        linked: Whether pursuits meet in one visit.
    """

    name: str
    pursuits: Mapping[str, float]
    later: Mapping[str, float] | None
    thrift: float
    brand: str | None
    liked: tuple[str, str] | None
    refused: tuple[str, str] | None
    hour: int
    device: str
    compares: int
    searches: float
    eager: float
    linked: bool


@dataclass(frozen=True)
class Shopper:
    """One account and everything that is true of it.

    Attributes:
        id: Its id.
        kind: Its class.
        language: `en` or `zh`.
        people: Who uses it, the first most.
        shares: Share of the visits of each.
        gap: Days between visits, on average.
        idle: Share of the visits without any purpose.
        gifts: Share of the visits for somebody else.
        recipient: For whom these are, if for somebody.
        gift_pursuit: What the recipient pursues.
        trip: What the account is used for in one week of the year and never else.
        fickle: How often something bought is returned or rated low for no reason.
        statements: What is said of oneself, oldest first; of one field the newest holds.
    """

    id: str
    kind: str
    language: str
    people: tuple[Person, ...]
    shares: tuple[float, ...]
    gap: float
    idle: float
    gifts: float = 0.0
    recipient: str | None = None
    gift_pursuit: str | None = None
    trip: str | None = None
    fickle: float = 0.03
    statements: tuple[tuple[str, str], ...] = ()

    def plan(self, later: bool = False) -> dict[str, float]:
        """Return the share of the account's own purposeful visits by pursuit, before or after the change."""
        found: dict[str, float] = {}
        for person, share in zip(self.people, self.shares, strict=True):
            for name, weight in ((person.later if later else None) or person.pursuits).items():
                found[name] = found.get(name, 0.0) + share * weight
        return found

    def primary(self, later: bool = False) -> frozenset[str]:
        """Return the pursuits that the account is mostly used for."""
        return frozenset(name for name, weight in self.plan(later).items() if weight >= PRIMARY)

    @property
    def drift_to(self) -> str | None:
        """The pursuit that is new after the change, None where nothing changes."""
        new = self.plan(later=True).keys() - self.plan().keys()
        return next(iter(new), None)

    @property
    def thrift(self) -> float:
        """The account's price sensitivity: that of its people by their shares."""
        return sum(person.thrift * share for person, share in zip(self.people, self.shares, strict=True))


def draw_shoppers(world: World, n: int, seed: int) -> list[Shopper]:
    """Return n shoppers, classes in the proportions of `CLASSES`; the same arguments give the same shoppers.

    Args:
        world: What there is to pursue.
        n: How many.
        seed: Of the draws.
    """
    total = sum(CLASSES.values())
    bounds, so_far = {}, 0
    for kind, count in CLASSES.items():
        so_far += count
        bounds[kind] = so_far / total
    shoppers = []
    for number in range(n):
        # 0.618… spreads the classes evenly over any prefix, so that the first n are a fair sample.
        place = (number * 0.6180339887498949 + 0.5 / total) % 1
        kind = next(kind for kind, bound in bounds.items() if place < bound)
        shoppers.append(_drawn(world, f"s{number:03d}", kind, Random(f"{seed}/{number}/person")))
    return shoppers


def _drawn(world: World, id: str, kind: str, draws: Random) -> Shopper:
    language = draws.choice(("en", "zh"))
    names = draws.sample(sorted(world.pursuits), 6)
    base: dict[str, Any] = {"id": id, "kind": kind, "language": language, "gap": draws.uniform(1.2, 5.0), "idle": 0.08}
    if kind == "shared":
        share = draws.uniform(0.5, 0.6)
        people = (
            _person(world, "one", {names[0]: 0.87, names[1]: 0.13}, draws, hour=draws.choice((7, 8, 12))),
            _person(world, "two", {names[2]: 0.87, names[3]: 0.13}, draws, hour=draws.choice((17, 20, 21))),
        )
        return Shopper(**base, people=people, shares=(share, 1 - share))
    person = _person(world, "one", _weights(names, draws), draws, changed=names[4] if kind == "drifting" else None)
    if kind == "gifting":
        gifts = draws.uniform(0.15, 0.3)
        recipient = draws.choice(sorted(world.people))
        return Shopper(**base, people=(person,), shares=(1.0,), gifts=gifts, recipient=recipient, gift_pursuit=names[5])
    more: dict[str, Any] = {}
    if kind == "seasonal":
        more["trip"] = draws.choice(sorted(world.trips))
    if kind == "contradictory":
        brands = draws.sample(sorted({v for item in world.items for v in values_of(item, world.brand)}), 2)
        more |= {"fickle": 0.3, "statements": tuple(("favourite_brand", brand) for brand in brands)}
    if kind == "casual":
        more["idle"] = 0.35
    return Shopper(**{**base, **more}, people=(person,), shares=(1.0,))


def _weights(names: list[str], draws: Random) -> dict[str, float]:
    chance = draws.random()
    if chance < 0.3:
        return {names[0]: 0.85, names[1]: 0.15}
    if chance < 0.85:
        return {names[0]: 0.48, names[1]: 0.38, names[2]: 0.14}
    return {names[0]: 0.36, names[1]: 0.33, names[2]: 0.31}


def _person(
    world: World, name: str, pursuits: Mapping[str, float], draws: Random, hour: int | None = None,
    changed: str | None = None,
) -> Person:  # fmt: skip
    first = world.pursuits[next(iter(pursuits))]
    later = None
    if changed is not None:
        # The greatest pursuit is given up, and something new takes more than its place.
        kept = list(pursuits.items())[1:]
        rest = sum(weight for _, weight in kept)
        later = {changed: 0.6, **{other: 0.4 * weight / rest for other, weight in kept}}
    brands = _brands(world, first)
    field = draws.choice(sorted(world.tastes))
    liked, refused = draws.sample(world.tastes[field], 2)
    return Person(
        name, pursuits, later,
        thrift=draws.uniform(*THRIFT),
        brand=draws.choice(brands) if brands and draws.random() < 0.35 else None,
        liked=(field, liked) if draws.random() < 0.4 else None,
        refused=(field, refused) if draws.random() < 0.3 else None,
        hour=draws.choice((7, 9, 12, 18, 20, 22)) if hour is None else hour,
        device=draws.choice(HABITS),
        compares=draws.choice((1, 2, 3, 3, 4, 5)),
        searches=draws.uniform(0.1, 0.7),
        eager=draws.uniform(0.3, 0.8),
        linked=draws.random() < 0.5,
    )  # fmt: skip


def _brands(world: World, pursuit: Pursuit) -> list[str]:
    """The brands of which `pursuit` has at least two items: somebody can keep to one of these."""
    counts: dict[str, int] = {}
    for item in pursuit.items:
        for brand in values_of(item, world.brand):
            counts[brand] = counts.get(brand, 0) + 1
    return sorted(brand for brand, count in counts.items() if count >= 2)
