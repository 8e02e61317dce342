"""What a user's events and facts say at a glance: seen items and affinities against the catalog's base rates."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.strengths import STRENGTHS, top_rating

WEIGHTS: Mapping[str, float] = {
    kind: STRENGTHS[kind] for kind in ("viewed", "added", "bought", "watched", "liked", "shared", "dismissed")
}
"""What one event of a kind says for the item's values; `rated` and `reviewed` count by the rating given."""
HALF_LIFE_DAYS = 180.0
PRIOR = 4.0
"""Events' worth of the catalog's base rate that an affinity is shrunk towards."""
MOST_AFFINITIES = 24
MOST_EVIDENCE = 5
LEAST_ITEMS = 2
"""A word of an open field, such as a topic found in reviews, is a taste only where several items share it."""
LEAST = 0.05
"""An affinity weaker than this says nothing."""
Pair = tuple[str, str]
"""A field and one of its values."""


class Affinity(BaseModel):
    """How much more (or less) than the catalog's base rate a user turns to one value, -1 to 1, and from which items."""

    model_config = ConfigDict(frozen=True)

    field: str
    value: str
    weight: float
    evidence: tuple[str, ...] = ()
    shared: bool = False
    """Whether it is lent by people alike, and is not what the user showed."""


class ProfileSummary(BaseModel):
    """What plan and ranking use of a profile.

    Attributes:
        user: The user's id, None for a guest.
        facts: What the host or the user said, by field.
        seen: Item ids by the kind of event they were seen in.
        affinities: Strongest first.
        events: How many events with items it rests on.
    """

    model_config = ConfigDict(frozen=True)

    user: str | None = None
    facts: dict[str, Any] = {}
    seen: dict[str, tuple[str, ...]] = {}
    affinities: tuple[Affinity, ...] = ()
    events: int = 0

    def seen_in(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the ids of items seen in any of `kinds`."""
        return frozenset(item for kind in kinds for item in self.seen.get(kind, ()))


def summarise(
    user: str, events: Iterable[Event], facts: Mapping[str, Any], snapshot: Snapshot, now: float
) -> ProfileSummary:
    """Summarise `events` (any order) and `facts` as seen at `now` (Unix seconds).

    An affinity is `liking - aversion`, each `tanh(log lift / 2) w / (w + 1)` with `w` the decayed weight of the events
    for (against) items with the value, and `lift = (w + k p) / ((W + k) p)`: `W` the weight of all such events on items
    that have the field, `p` the value's share of the items that have it, `k` = `PRIOR`. A lift below 1 counts as 1:
    what somebody buys does not speak against what everything else is.
    """
    seen: dict[str, dict[str, None]] = defaultdict(dict)
    tallies = (_Tally(), _Tally())
    count = 0
    top = top_rating(snapshot)
    for event in sorted(events, key=lambda one: (one.time, one.id)):
        count += 1
        if event.item_id is None:
            continue
        seen[event.kind][event.item_id] = None
        row = snapshot.row_of.get(event.item_id)
        weight = _weight(event, top) * 0.5 ** (max(0.0, now - event.time) / 86400 / HALF_LIFE_DAYS)
        if row is None or weight == 0:
            continue
        tallies[weight < 0].add(_values(snapshot, row), abs(weight), event.item_id)
    shares = base_rates(snapshot)
    affinities = []
    open_ended = {field.name for field in snapshot.schema.fields if field.open}
    for pair in {**tallies[0].weights, **tallies[1].weights}:
        if pair[0] in open_ended and all(len(tally.items.get(pair, ())) < LEAST_ITEMS for tally in tallies):
            continue
        strength = tallies[0].strength(pair, shares[pair]) - tallies[1].strength(pair, shares[pair])
        if abs(strength) >= LEAST:
            evidence = tuple(tallies[strength < 0].items[pair])[-MOST_EVIDENCE:]
            affinities.append(Affinity(field=pair[0], value=pair[1], weight=round(strength, 4), evidence=evidence))
    affinities.sort(key=lambda one: (-abs(one.weight), one.field, one.value))
    return ProfileSummary(
        user=user,
        facts=dict(facts),
        seen={kind: tuple(ids) for kind, ids in seen.items()},
        affinities=tuple(affinities[:MOST_AFFINITIES]),
        events=count,
    )


class _Tally:
    """Decayed event weights, all for or all against: by value, and by field over the items that have it."""

    def __init__(self) -> None:
        self.weights: dict[Pair, float] = defaultdict(float)
        self.totals: dict[str, float] = defaultdict(float)
        self.items: dict[Pair, dict[str, None]] = defaultdict(dict)

    def add(self, pairs: Sequence[Pair], weight: float, item: str) -> None:
        for pair in pairs:
            self.weights[pair] += weight
            self.items[pair].pop(item, None)
            self.items[pair][item] = None
        for field in {field for field, _ in pairs}:
            self.totals[field] += weight

    def strength(self, pair: Pair, share: float) -> float:
        """Return how far the events turn to a value beyond its `share` of the items, 0 to 1."""
        weight = self.weights.get(pair, 0.0)
        lift = (weight + PRIOR * share) / ((self.totals[pair[0]] + PRIOR) * share) if weight else 1.0
        return math.tanh(math.log(lift) / 2) * weight / (weight + 1.0) if lift > 1 else 0.0


def base_rates(snapshot: Snapshot) -> Mapping[Pair, float]:
    """Return each category value's share of the items that have the field, by (field, value); kept a version."""
    cached = _RATES.get(snapshot.version)
    if cached is not None:
        return cached
    counts: dict[Pair, int] = defaultdict(int)
    having: dict[str, int] = defaultdict(int)
    for row in range(len(snapshot.ids)):
        pairs = _values(snapshot, row)
        for pair in pairs:
            counts[pair] += 1
        for field in {field for field, _ in pairs}:
            having[field] += 1
    rates = {pair: count / having[pair[0]] for pair, count in counts.items()}
    _RATES.clear()
    _RATES[snapshot.version] = rates
    return rates


_RATES: dict[str, Mapping[Pair, float]] = {}


def _values(snapshot: Snapshot, row: int) -> list[Pair]:
    """Return what one may have a taste for; what others say of an item, such as "poor battery", is nobody's taste."""
    skipped = {snapshot.schema.roles.get("variant_group"), snapshot.schema.roles.get("title")}
    found: list[Pair] = []
    for field in snapshot.schema.fields:
        if field.name in skipped or field.derived or field.kind not in ("category", "multi_category"):
            continue
        value = snapshot.value(row, field.name)
        if isinstance(value, list | tuple):
            found.extend((field.name, str(one)) for one in value)
        elif value is not None:
            found.append((field.name, str(value)))
    return found


def _weight(event: Event, top: float) -> float:
    if event.kind in ("rated", "reviewed"):
        return 0.0 if event.value is None else 4.0 * (min(1.0, event.value / top) - 0.6)
    return WEIGHTS.get(event.kind, 0.0)
