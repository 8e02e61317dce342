"""What a shopper did before: events drawn from their taste by a model of behaviour of this suite alone."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from random import Random
from typing import Any

from shortlist_evals.personas.tastes import Persona, Wish, draw_taste, utility
from shortlist_tools.catalog import Item, Schema

NOW = datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC)
"""When the conversations take place."""
VISITS = 14
OWN_KIND = 6
"""How many of the visits are to things of the kind that the shopper will ask for."""
CHOOSY = 4.0
"""How much likelier better things are looked at: chances go with exp(CHOOSY x place in the range of utilities)."""


def draw_history(
    persona: Persona, items: Sequence[Item], schema: Schema, fields: Sequence[str], kinds: Sequence[str], seed: int
) -> list[dict[str, Any]]:
    """Return some two dozen events of the last half year, oldest first; the same arguments give the same events.

    The shopper looks at things, better ones more often, in their kind and in two others; likes, adds, buys or rates
    what is worth it to them, and dismisses what is not. In other kinds they want the same of the fields they care
    about, and something of their own besides. What they would take now they have never met.
    """
    draws = Random(f"{seed}/{persona.id}/history")
    role = schema.roles["kind"]
    known = [item for item in items if item.id not in persona.accepted]
    others = draws.sample([kind for kind in kinds if kind != persona.kind], 2)
    events: list[dict[str, Any]] = []
    moment = NOW - datetime.timedelta(days=180)
    for visit in range(VISITS):
        kind = persona.kind if visit % VISITS < OWN_KIND else others[visit % 2]
        goods = [item for item in known if item.values.get(role) == kind]
        taste = persona.taste if kind == persona.kind else _elsewhere(persona, goods, schema, fields, seed)
        moment += datetime.timedelta(days=draws.randint(3, 11), minutes=draws.randint(0, 600))
        events += _visit(goods, taste, moment, draws)
    return events


def _elsewhere(
    persona: Persona, goods: Sequence[Item], schema: Schema, fields: Sequence[str], seed: int
) -> tuple[Wish, ...]:
    """Return the taste in another kind: the same wishes where that kind has the field, and new ones of half weight."""
    draws = Random(f"{seed}/{persona.id}/{goods[0].id}")
    shared = {wish.field: wish for wish in persona.taste}
    own = [wish for wish in draw_taste(goods, schema, fields, draws) if wish.field not in shared]
    carried = []
    for wish in shared.values():
        numbers = [item.values[wish.field] for item in goods if wish.field in item.values]
        if wish.toward and len(set(numbers)) > 1:
            carried.append(Wish(wish.field, wish.weight, wish.toward, (), min(numbers), max(numbers)))
        elif not wish.toward:
            carried.append(wish)
    return (*carried, *(Wish(w.field, w.weight / 2, w.toward, w.values, w.low, w.high) for w in own))


def _visit(
    goods: Sequence[Item], taste: Sequence[Wish], moment: datetime.datetime, draws: Random
) -> list[dict[str, Any]]:
    worth = [utility(taste, item) for item in goods]
    low, span = min(worth), (max(worth) - min(worth)) or 1.0
    places = [(value - low) / span for value in worth]
    chosen = draws.choices(range(len(goods)), [math.exp(CHOOSY * place) for place in places])[0]
    item, place = goods[chosen].id, places[chosen]

    def event(kind: str, minutes: int, **values: Any) -> dict[str, Any]:
        return {
            "kind": kind,
            "item_id": item,
            "time": (moment + datetime.timedelta(minutes=minutes)).isoformat(),
        } | values

    events = [event("viewed", 0)]
    if place < 0.35:
        return [*events, event("dismissed", 2)] if draws.random() < 0.7 else events
    if place > 0.7 and draws.random() < 0.6:
        did = draws.choice(("liked", "added", "bought"))
        events.append(event(did, 5))
        if did == "bought":
            events.append(event("rated", 5000, value=float(round(3 + 2 * place))))
    return events
