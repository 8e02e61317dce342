"""Who the shoppers are: tastes drawn at random over what a kind of goods differs in, and what each would like best.

Nothing here comes from the ranking or the profile: a taste is weights on fields, and an item's utility their sum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from shortlist_tools.catalog import Item, Schema

EPSILON = 0.03
"""A shopper takes what is worth less than the best item by at most this share of the range of utilities of its kind."""
TAKEN = 2
"""A taste that more items than this would satisfy is drawn again: finding any of them would say little."""
COVERED = 0.6
"""Share of a kind's items that have a field, for somebody to care about it."""
TRAITS = (3, 5)
"""How many fields a shopper cares about."""


@dataclass(frozen=True)
class Wish:
    """What a shopper wants of one field.

    Attributes:
        field: The field.
        weight: How much it matters, between 0 and 1; the weights of a taste add up to 1.
        toward: 1 when more is better, -1 when less is, 0 where values are wanted.
        values: The values wanted, any of which will do.
        low: The lowest number that the kind has.
        high: The highest.
    """

    field: str
    weight: float
    toward: int = 0
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0

    def worth(self, value: Any) -> float:
        """Return what `value` adds to the utility: between 0 and the weight, 0 where it is missing.

        Numbers count by their place between `low` and `high`, on a logarithmic scale where all are positive.
        """
        if value is None:
            return 0.0
        if not self.toward:
            found = value if isinstance(value, list) else [value]
            return self.weight if any(one in self.values for one in found) else 0.0
        scale = math.log if self.low > 0 else float
        place = (scale(float(value)) - scale(self.low)) / (scale(self.high) - scale(self.low))
        return self.weight * (place if self.toward > 0 else 1 - place)


@dataclass(frozen=True)
class Persona:
    """A shopper: what they look for, what they like, and what they would take.

    Attributes:
        id: Its id.
        language: `en` or `zh`.
        kind: The kind of goods.
        taste: What matters, the most important first.
        target: Id of the item of the kind with the greatest utility; None of the shopper's own things.
        utilities: Utility of every item of the kind that is in stock, by id.
    """

    id: str
    language: str
    kind: str
    taste: tuple[Wish, ...]
    target: str
    utilities: Mapping[str, float]

    @property
    def accepted(self) -> frozenset[str]:
        """The items that they would take: worth the best one's utility, less `EPSILON` of the range at most."""
        return frozenset(item for item in self.utilities if self.regret(item) <= EPSILON)

    def regret(self, item: str | None) -> float:
        """Return (u(target) - u(item)) / (u(target) - min u), between 0 and 1; 1 for an item of another kind."""
        if item is None or item not in self.utilities:
            return 1.0
        best, worst = self.utilities[self.target], min(self.utilities.values())
        return (best - self.utilities[item]) / (best - worst)


def utility(taste: Sequence[Wish], item: Item) -> float:
    """Return what `item` is worth: the sum of what each wish gives for its value."""
    return sum(wish.worth(item.values.get(wish.field)) for wish in taste)


def draw_personas(
    items: Sequence[Item], schema: Schema, kinds: Sequence[str], fields: Sequence[str], n: int, seed: int
) -> list[Persona]:
    """Return n shoppers, spread evenly over kinds and languages; the same arguments give the same shoppers.

    Args:
        items: The catalog.
        schema: Its schema, which says what kind a field is.
        kinds: The kinds of goods that somebody shops for.
        fields: The fields that somebody may care about.
        n: How many.
        seed: Of the draws.
    """
    personas = []
    for number in range(n):
        draws = Random(f"{seed}/{number}")
        kind = kinds[number % len(kinds)]
        goods = [item for item in items if item.values.get(schema.roles["kind"]) == kind]
        language = ("en", "zh")[number // len(kinds) % 2]
        personas.append(_drawn(f"p{number:03d}", language, kind, goods, schema, fields, draws))
    return personas


def _drawn(
    id: str, language: str, kind: str, goods: Sequence[Item], schema: Schema, fields: Sequence[str], draws: Random
) -> Persona:
    available = schema.roles.get("availability")
    sold = [item for item in goods if available is None or item.values.get(available)]
    while True:
        taste = draw_taste(goods, schema, fields, draws)
        utilities = {item.id: utility(taste, item) for item in sold}
        target = max(sorted(utilities), key=lambda item: utilities[item])
        persona = Persona(id, language, kind, taste, target, utilities)
        if utilities[target] > min(utilities.values()) and len(persona.accepted) <= TAKEN:
            return persona


def draw_taste(goods: Sequence[Item], schema: Schema, fields: Sequence[str], draws: Random) -> tuple[Wish, ...]:
    """Return wishes on three to five of the fields in which `goods` differ, weights summing to 1, greatest first."""
    open_fields = [name for name in fields if _differs(goods, name)]
    chosen = draws.sample(open_fields, min(len(open_fields), draws.randint(*TRAITS)))
    weights = [draws.expovariate(1.0) + 0.2 for _ in chosen]
    wishes = [
        _wish(name, weight / sum(weights), goods, schema, draws) for name, weight in zip(chosen, weights, strict=True)
    ]
    return tuple(sorted(wishes, key=lambda wish: (-wish.weight, wish.field)))


def _differs(goods: Sequence[Item], name: str) -> bool:
    values = [item.values[name] for item in goods if name in item.values]
    return len(values) >= COVERED * len(goods) and len({str(value) for value in values}) > 1


def _wish(name: str, weight: float, goods: Sequence[Item], schema: Schema, draws: Random) -> Wish:
    field = schema.by_name[name]
    values = [item.values[name] for item in goods if name in item.values]
    if field.kind in ("number", "money"):
        toward = {"higher": 1, "lower": -1}.get(field.better or "") or draws.choice((1, -1))
        return Wish(name, weight, toward, (), min(values), max(values))
    if field.kind == "flag":
        return Wish(name, weight, 0, (True,))
    named = sorted({one for value in values for one in (value if isinstance(value, list) else [value])})
    return Wish(name, weight, 0, tuple(draws.sample(named, draws.choice((1, 1, 2)))))
