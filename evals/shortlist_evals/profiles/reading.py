"""What a model reads from the shoppers' own words: every fact kept is looked up in what they really wrote."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shortlist_evals.conversations.stage import PATIENCE
from shortlist_evals.profiles.people import draw_shoppers
from shortlist_evals.profiles.pursuits import open_world
from shortlist_evals.profiles.shop import Shop, open_shop
from shortlist_evals.profiles.visits import Appeal, draw_deeds
from shortlist_evals.scored import Scored, summary
from shortlist_prompts.errors import ProviderError
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile import Event, read_event

READERS = 40
"""Shoppers whose words are read."""
AGENT = "model"


def read_shoppers(
    asked: Model, n: int, seed: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Let `asked` read the words of the first `n` shoppers, and hold each fact it kept to the events.

    A fact is supported where its evidence is an event of this shopper whose text holds the words quoted, letter case
    and spaces aside; the check knows nothing of the one that the facts were kept by.

    Returns:
        The keys of `scored.summary`; `values` are `kept` (facts), `supported` (their share, where there is one),
        `invented` (facts without such an event) and `failed` (1 where no usable answer came). With them `dropped`: rows
        that were not kept, by reason, and `examples` of facts.
    """
    rows, dropped, examples = [], Counter[str](), list[str]()
    with open_shop() as shop:
        snapshot = shop.snapshot
        world = open_world(snapshot.items(range(len(snapshot))), snapshot.schema.roles)
        shoppers, appeal = draw_shoppers(world, n, seed), Appeal(world)
        written = {}
        for shopper in shoppers:
            events = [read_event(deed.event) for deed in draw_deeds(shopper, world, appeal, seed)]
            written[shopper.id] = events
            shop.expect(shopper.id, events, {})
            shop.take(shopper.id, len(events))
        shop.count_people()
        for number, shopper in enumerate(shoppers, start=1):
            values, told = _read(shop, shopper.id, written[shopper.id], asked, dropped)
            rows.append(Scored(shopper.id, shopper.kind, shopper.language, values))
            examples += told
            progress(number, n)
    return {**summary({AGENT: rows}), "seed": seed, "dropped": dict(dropped.most_common()), "examples": examples[:20]}


def asked_model(model: str, base_url: str | None) -> Model:
    """Return the model called `provider:name`, patient enough for a slow machine."""
    from shortlist.llm import ChatModel
    from shortlist.settings import load_settings

    key = load_settings().api_key
    given: dict[str, Any] = {"model": model, "base_url": base_url, "model_timeout": PATIENCE, "seconds": PATIENCE}
    if base_url or key:
        given["api_key"] = key.get_secret_value() if key else "none"
    return ChatModel(model, load_settings(**given))


def _read(
    shop: Shop, user: str, events: Sequence[Event], asked: Model, dropped: Counter[str]
) -> tuple[dict[str, float], list[str]]:
    try:
        reading = asyncio.run(shop.read(user, asked, Budget(calls=1, tokens=8_000, seconds=PATIENCE)))
    except ProviderError:
        return {"kept": 0.0, "invented": 0.0, "failed": 1.0}, []
    dropped.update(why for _, why in reading.dropped)
    texts = {event.id: _plain(event.text or "") for event in events}
    held = [
        bool(fact.quote) and all(_plain(fact.quote or "") in texts.get(name, "") for name in fact.evidence)
        for fact in reading.facts
    ]
    values = {"kept": float(len(held)), "invented": float(len(held) - sum(held)), "failed": 0.0}
    if held:
        values["supported"] = sum(held) / len(held)
    return values, [f"{fact.field} = {fact.value} (“{fact.quote}”)" for fact in reading.facts]


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def render(result: Mapping[str, Any]) -> Any:
    """Return the figures as a table, with the rows that were dropped, and some facts."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    means = result["agents"][AGENT]
    table = Table(
        "", "mean", title=f"facts read by a model, {result['n']} shoppers", title_justify="left", box=SIMPLE_HEAD
    )
    for name in ("kept", "supported", "invented", "failed"):
        if name in means:
            table.add_row(name, "{:.3f} [{:.3f}, {:.3f}]".format(*means[name]))
    lines = [
        Text(f"rows not kept: {', '.join(f'{why} {count}' for why, count in result['dropped'].items()) or 'none'}")
    ]
    return Group(table, *lines, *(Text(f"  {one}") for one in result["examples"][:8]))
