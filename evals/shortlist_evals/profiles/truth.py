"""What is true of a shopper: where attention goes by plan, not by chance, and whether a claim about it holds.

The plan is found by letting each person live several lives, in which what is bought is not bought again. A claim is a
value of a field; it holds when the planned attention goes to items with that value more than the crowd's does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from shortlist_evals.profiles.people import Person, Shopper
from shortlist_evals.profiles.pursuits import World, values_of
from shortlist_evals.profiles.visits import Appeal, browse
from shortlist_tools.catalog import Item

Claim = tuple[str, str]
"""A field and one of its values."""
Attention = Mapping[str, float]
"""Share of what is done, by item id; summing to 1."""
LIVES = 4
"""How many lives are lived for the plan of a pursuit."""
VISITS = 26
"""How many visits of a life there are, those of all pursuits together: about as many as `EVENTS` events make."""
MUCH = 0.2
"""Of what is done, the least share that makes a value a primary interest."""
MORE = 1.5
"""How many times the crowd's share a primary interest has at least."""
ABOVE = 1.1
"""How many times the crowd's share any interest has at least; below, it is false, unless it tells a pursuit."""
MOSTLY = 0.5
"""A claim stands for a pursuit when at least this share of its attention is the pursuit's; such claims tell a pursuit
when they cover this share of its attention together."""


@dataclass(frozen=True)
class Phase:
    """Where a shopper's attention goes before or after the change of life.

    Attributes:
        weights: Share of each pursuit.
        of: Attention within each pursuit.
        whole: Attention over all of them.
    """

    weights: Mapping[str, float]
    of: Mapping[str, Attention]
    whole: Attention


class Values:
    """Which items have which values, and shares of attention over them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._having: dict[Claim, frozenset[str]] = {}
        self._fields: dict[str, frozenset[str]] = {}

    def having(self, claim: Claim) -> frozenset[str]:
        """Return the ids of the items that have the claim's value."""
        if claim not in self._having:
            field, value = claim
            self._having[claim] = frozenset(item.id for item in self._items if value in values_of(item, field))
        return self._having[claim]

    def share(self, claim: Claim, attention: Attention) -> float:
        """Return the share that items with the claim's value have of the `attention` to items with its field."""
        field = claim[0]
        if field not in self._fields:
            self._fields[field] = frozenset(item.id for item in self._items if values_of(item, field))
        whole = mass(self._fields[field], attention)
        return mass(self.having(claim), attention) / whole if whole else 0.0


class Truth:
    """What is true of every shopper, and of the crowd.

    Attributes:
        values: Which items have which values.
        phases: By shopper id, before and after the change of life (the same where there is none).
        crowd: The mean attention of all shoppers.
        usual_thrift: The price sensitivity that half of the shoppers exceed.
    """

    def __init__(self, world: World, shoppers: Sequence[Shopper], appeal: Appeal, seed: int) -> None:
        self.values = Values(world.items)
        self.phases: dict[str, tuple[Phase, Phase]] = {}
        for shopper in shoppers:
            first = _phase(shopper, world, appeal, seed, later=False)
            changed = shopper.drift_to is not None
            self.phases[shopper.id] = (first, _phase(shopper, world, appeal, seed, later=True) if changed else first)
        self.usual_thrift = median(shopper.thrift for shopper in shoppers)
        self.crowd = _mixed([(first.whole, 1 / len(shoppers)) for first, _ in self.phases.values()])

    def lift(self, claim: Claim, phase: Phase) -> float:
        """Return how many times the crowd's share the claim's value has in `phase`."""
        usual = self.values.share(claim, self.crowd)
        return self.values.share(claim, phase.whole) / usual if usual else 0.0

    def is_primary(self, claim: Claim, phase: Phase) -> bool:
        """Return whether much of what the shopper does goes to the claim's value, and more than the crowd's."""
        return mass(self.values.having(claim), phase.whole) >= MUCH and self.lift(claim, phase) >= MORE

    def stands_for(self, claim: Claim, phase: Phase) -> str | None:
        """Return the pursuit that most of the attention to the claim's value is for, None without such a one."""
        items = self.values.having(claim)
        whole = mass(items, phase.whole)
        shares = {name: weight * mass(items, phase.of[name]) for name, weight in phase.weights.items()}
        best = max(shares, key=lambda name: (shares[name], name))
        return best if whole > 0 and shares[best] >= MOSTLY * whole else None

    def told(self, claims: Iterable[Claim], phase: Phase) -> frozenset[str]:
        """Return the pursuits that `claims` tell: those that stand for it cover most of its attention together."""
        items: dict[str, set[str]] = {}
        for claim in claims:
            name = self.stands_for(claim, phase)
            if name is not None:
                items.setdefault(name, set()).update(self.values.having(claim))
        return frozenset(name for name, having in items.items() if mass(having, phase.of[name]) >= MOSTLY)


def mass(items: Iterable[str], attention: Attention) -> float:
    """Return the attention that goes to `items`."""
    return sum(attention.get(item, 0.0) for item in items)


def _phase(shopper: Shopper, world: World, appeal: Appeal, seed: int, later: bool) -> Phase:
    weights = shopper.plan(later)
    of: dict[str, Attention] = {}
    for name in weights:
        parts = []
        for person, share in zip(shopper.people, shopper.shares, strict=True):
            part = share * ((person.later if later else None) or person.pursuits).get(name, 0.0)
            if part:
                visits = max(3, round(VISITS * part))
                own = _browsed(person, world, name, appeal, visits, f"{seed}/{shopper.id}/{person.name}/{name}")
                parts.append((own, part / weights[name]))
        of[name] = _mixed(parts)
    return Phase(weights, of, _mixed([(of[name], weight) for name, weight in weights.items()]))


def _browsed(person: Person, world: World, pursuit: str, appeal: Appeal, visits: int, seed: str) -> Attention:
    draws, taste = Random(f"{seed}/plan"), appeal.to(person)
    counts: dict[str, float] = {}
    for _ in range(LIVES):
        owned: set[str] = set()
        for _ in range(visits):
            for kind, item in browse(world.pursuits[pursuit], person, taste, draws, owned):
                if kind == "bought":
                    owned.add(item.id)
                if kind != "dismissed":
                    counts[item.id] = counts.get(item.id, 0.0) + 1
    total = sum(counts.values())
    return {item: count / total for item, count in counts.items()}


def _mixed(parts: Sequence[tuple[Attention, float]]) -> Attention:
    found: dict[str, float] = {}
    for attention, weight in parts:
        for item, share in attention.items():
            found[item] = found.get(item, 0.0) + weight * share
    return found
