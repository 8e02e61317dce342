"""What a user's events and facts say at a glance: seen items and affinities against the catalog's base rates."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.events import Event

WEIGHTS: Mapping[str, float] = {
    "viewed": 0.3,
    "added": 1.0,
    "bought": 2.0,
    "watched": 1.0,
    "liked": 2.0,
    "shared": 1.5,
    "dismissed": -1.5,
}
"""What one event of a kind says for the item's values; `rated` and `reviewed` count by the rating given."""
HALF_LIFE_DAYS = 180.0
PRIOR = 4.0
"""Events' worth of the catalog's base rate that an affinity is shrunk towards."""
MOST_AFFINITIES = 24


class Affinity(BaseModel):
    """How much more (or less) than the catalog's base rate a user turns to one value, -1 to 1, and from which items."""

    model_config = ConfigDict(frozen=True)

    field: str
    value: str
    weight: float
    evidence: tuple[str, ...] = ()


class ProfileSummary(BaseModel):
    """What plan and ranking use of a profile.

    Attributes:
        user: The user's id, None for a guest.
        facts: What the host or the user said, by field.
        seen: Item ids by the kind of event they were seen in.
        affinities: Strongest first.
        events: How many events it rests on.
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

    An affinity is `tanh(log lift / 2)` where `lift = (w_v + k p_v) / ((W + k) p_v)`: `w_v` the decayed event weight on
    items with the value, `W` the whole positive weight, `p_v` the value's share of the catalog, `k` = `PRIOR`.
    """
    seen: dict[str, dict[str, None]] = defaultdict(dict)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    evidence: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    total: dict[str, float] = defaultdict(float)
    count = 0
    top_rating = _top_rating(snapshot)
    for event in sorted(events, key=lambda one: (one.time, one.id)):
        count += 1
        if event.item_id is None:
            continue
        seen[event.kind][event.item_id] = None
        row = snapshot.row_of.get(event.item_id)
        weight = _weight(event, top_rating) * 0.5 ** (max(0.0, now - event.time) / 86400 / HALF_LIFE_DAYS)
        if row is None or weight == 0:
            continue
        for field, value in _values(snapshot, row):
            weights[field, value] += weight
            evidence[field, value][event.item_id] = None
        for name in {field for field, _ in _values(snapshot, row)}:
            total[name] += abs(weight)
    shares = base_rates(snapshot)
    affinities = [
        Affinity(field=field, value=value, weight=round(strength, 4), evidence=tuple(evidence[field, value])[-5:])
        for (field, value), weight in weights.items()
        if abs(strength := _strength(weight, total[field], shares.get((field, value), 1.0))) >= 0.05
    ]
    affinities.sort(key=lambda one: (-abs(one.weight), one.field, one.value))
    return ProfileSummary(
        user=user,
        facts=dict(facts),
        seen={kind: tuple(ids) for kind, ids in seen.items()},
        affinities=tuple(affinities[:MOST_AFFINITIES]),
        events=count,
    )


def base_rates(snapshot: Snapshot) -> Mapping[tuple[str, str], float]:
    """Return each category value's share of the items, by (field, value); computed once a snapshot."""
    cached = _RATES.get(id(snapshot))
    if cached is not None and cached[0] == snapshot.version:
        return cached[1]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in range(len(snapshot.ids)):
        for pair in _values(snapshot, row):
            counts[pair] += 1
    rates = {pair: count / max(1, len(snapshot.ids)) for pair, count in counts.items()}
    _RATES.clear()
    _RATES[id(snapshot)] = (snapshot.version, rates)
    return rates


_RATES: dict[int, tuple[str, Mapping[tuple[str, str], float]]] = {}


def _values(snapshot: Snapshot, row: int) -> list[tuple[str, str]]:
    skipped = {snapshot.schema.roles.get("variant_group"), snapshot.schema.roles.get("title")}
    found: list[tuple[str, str]] = []
    for field in snapshot.schema.fields:
        if field.name in skipped or field.kind not in ("category", "multi_category"):
            continue
        value = snapshot.value(row, field.name)
        if isinstance(value, list | tuple):
            found.extend((field.name, str(one)) for one in value)
        elif value is not None:
            found.append((field.name, str(value)))
    return found


def _top_rating(snapshot: Snapshot) -> float:
    field = snapshot.schema.role("rating")
    return field.high if field and field.high else 5.0


def _weight(event: Event, top_rating: float) -> float:
    if event.kind in ("rated", "reviewed"):
        return 0.0 if event.value is None else 4.0 * (event.value / top_rating - 0.6)
    return WEIGHTS.get(event.kind, 0.0)


def _strength(weight: float, total: float, share: float) -> float:
    if weight < 0:
        return math.tanh(weight / 2)
    lift = (weight + PRIOR * share) / ((total + PRIOR) * share)
    return math.tanh(math.log(lift) / 2)
