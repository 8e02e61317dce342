"""Which kinds of item a session is for now: from looking around to buying, and back, as its searches go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.profile import Event, session_intent
from shortlist_tools.ranking.signals import Rows
from shortlist_tools.text import fold, tokens

SAME = 0.5
"""Searches that share more than this part of the words of the shorter one are for the same thing."""
LOOKING, DECIDED = 0.15, 0.7
"""Where a session begins, and from where on somebody has decided, on the scale of `buying`."""
LEAST_BOUGHT, MOST_BOUGHT = 0.3, 0.95
"""Share of a slate for what is bought, of somebody who just looks, and of somebody who has decided."""
PAID = 0.5
"""A kind is bought when at least this part of its items costs something."""


def buying(events: Sequence[Event], schema: Schema) -> float:
    """Return how near a session is to a purchase, 0 (looking) to 1 (decided), from its events in the order of time.

    It is the score of `session_intent`, with a repeated search for one thing counted as one more look at it: people
    who search for the same again and again are after that thing. Searches are for the same when they name the same
    kind of item in words of the schema, else when they share most of their words.
    """
    topics: list[frozenset[str]] = []
    told = []
    for event in events:
        if event.kind != "searched" or event.item_id or not event.text:
            told.append(event)
            continue
        words = _topic(event.text, schema)
        at = next((place for place, topic in enumerate(topics) if _same(words, topic)), len(topics))
        if at == len(topics):
            topics.append(words)
        told.append(event.model_copy(update={"item_id": f"search {at}"}))
    return session_intent(told).score


def _topic(text: str, schema: Schema) -> frozenset[str]:
    """Return the kind that the words name, by the longest of its names that stands there, else the words."""
    kind, said = schema.role("kind"), tokens(text)
    names = [
        (len(word), value)
        for value, words in (kind.values if kind is not None else {}).items()
        for listed in words.values()
        for word in listed
        if _stands(word, text, said)
    ]
    return frozenset({f"kind {max(names)[1]}"}) if names else frozenset(said)


def _stands(word: str, text: str, said: Sequence[str]) -> bool:
    """Return whether `word` is said: between spaces where there are any, anywhere in Chinese."""
    if not word.isascii():
        return fold(word) in fold(text)
    found = tokens(word)
    return bool(found) and any(said[at : at + len(found)] == found for at in range(len(said)))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > SAME * min(len(one), len(other))


def bought_kinds(snapshot: Snapshot) -> frozenset[str]:
    """Return the kinds of item that are bought: those whose items mostly have a price above 0."""
    kind, price = snapshot.schema.role("kind"), snapshot.schema.role("price")
    if kind is None or kind.kind != "category" or price is None:
        return frozenset()
    codes, names = snapshot.codes(kind.name)
    costs = np.nan_to_num(snapshot.numbers(price.name), nan=0.0) > 0
    return frozenset(name for code, name in enumerate(names) if costs[codes == code].mean() >= PAID)


def kind_mix(snapshot: Snapshot, rows: Rows, score: float) -> dict[str, float]:
    """Return the wanted share of each kind among `rows`, summing to 1, for a session of buying `score`.

    What is bought gets `LEAST_BOUGHT` to `MOST_BOUGHT` of it, what is not the rest, each kind by its share of the
    candidates. Empty where only one of the two is there, or kinds are not known: then there is nothing to shift.
    """
    kind = snapshot.schema.role("kind")
    if kind is None or kind.kind != "category":
        return {}
    bought = bought_kinds(snapshot)
    counts = Counter(str(value) for row in rows.tolist() if (value := snapshot.value(row, kind.name)) is not None)
    sides = [{name: n for name, n in counts.items() if (name in bought) is side} for side in (True, False)]
    if not all(sides):
        return {}
    way = min(1.0, max(0.0, (score - LOOKING) / (DECIDED - LOOKING)))
    share = LEAST_BOUGHT + (MOST_BOUGHT - LEAST_BOUGHT) * way
    return {
        name: part * count / sum(side.values())
        for side, part in zip(sides, (share, 1.0 - share), strict=True)
        for name, count in side.items()
    }
