"""People with planted weights who react to what they are shown: are the weights found, and what does learning bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortlist_evals.metrics import paired_interval
from shortlist_evals.ranking.catalogs import invented_catalog
from shortlist_evals.scored import rounded
from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event
from shortlist_tools.ranking import Person, Ranked, Weights, rank
from shortlist_tools.ranking.diversity import Mix, rerank
from shortlist_tools.ranking.feedback import Shown, Slate, join, learn

SIGNALS = ("price_fit", "quality", "freshness", "popularity")
SHARED = Weights(request=0.0, affinity=0.0, price_fit=0.2, quality=0.2, freshness=0.2, popularity=0.2)
ITEMS, CANDIDATES, SIZE, TURNS, PATIENCE = 600, 60, 5, 10, 10
PLANTED_TASTES = 4
NOISE = 0.05
"""Standard deviation of a person's mood beside the utility, which is between -1 and 1 or so."""
BEST = 3
"""A turn succeeds when it shows one of the best this many of its candidates."""
MIX = Mix(diversity=0.3)


@dataclass(frozen=True)
class Planted:
    """A person as planted: a weight for each of `SIGNALS`, and of some tags."""

    signals: Mapping[str, float]
    tastes: Mapping[str, float]


def run(seed: int, people: int = 60) -> dict[str, list[dict[str, float]]]:
    """Return the scores of every person, with `learning` and `without`: rank correlation, hit@3 and turns."""
    shop = invented_catalog(ITEMS, seed, kinds=4)
    return {
        name: [_lived(shop, seed * 1_000 + one, learning) for one in range(people)]
        for name, learning in (("learning", True), ("without", False))
    }


def differences(found: Mapping[str, Sequence[Mapping[str, float]]]) -> dict[str, Any]:
    """Return what learning changes, paired by person, `[mean, low, high]` by metric."""
    with_it, without = found["learning"], found["without"]
    return {
        key: rounded(paired_interval([row[key] for row in with_it], [row[key] for row in without]))
        for key in ("hit@3", "turns")
    }


def _planted(draws: np.random.Generator, tags: Sequence[str]) -> Planted:
    strengths = draws.permutation(np.linspace(0.0, 0.6, len(SIGNALS)))
    chosen = draws.choice(tags, PLANTED_TASTES, replace=False)
    tastes = np.array([0.4, 0.25, -0.25, -0.4])
    return Planted(
        dict(zip(SIGNALS, strengths.tolist(), strict=True)),
        dict(zip((f"tags={tag}" for tag in chosen), tastes.tolist(), strict=True)),
    )


def _lived(shop: Snapshot, seed: int, learning: bool) -> dict[str, float]:
    """Return the scores of one person; what is drawn is the same with learning and without."""
    draws = np.random.default_rng(seed)
    common = [f"tag-{place}" for place in range(8)]
    person = _planted(draws, common)
    slates: list[Slate] = []
    events: list[Event] = []
    learned = Person()
    for turn in range(TURNS):
        rows = np.sort(draws.choice(len(shop), CANDIDATES, replace=False)).astype(np.int64)
        mood = draws.normal(0.0, NOISE, len(shop))
        shown = _shown(shop, rows, learned)
        slates.append(Slate(tuple(Shown(one.id, one.signals) for one in shown), float(turn)))
        events += _reactions(shop, shown, person, mood, float(turn))
        if learning:
            learned = learn(shop, join(slates, events).answered, SHARED, SIGNALS)
    return {"rank_correlation": _agreement(person, learned), **_tried(shop, person, learned, draws)}


def _shown(shop: Snapshot, rows: Any, learned: Person) -> list[Ranked]:
    ranked = rank(shop, rows, np.zeros(len(rows)), weights=SHARED, person=learned, measured=True)
    return rerank(shop, ranked, SIZE, MIX)[:SIZE]


def _reactions(shop: Snapshot, shown: Sequence[Ranked], person: Planted, mood: Any, turn: float) -> list[Event]:
    """Return what the person says: the best of the slate is liked, the worst dismissed, the others rated by worth."""
    worth = {one.id: _utility(shop, one.row, one.signals, person) + mood[one.row] for one in shown}
    order = sorted(worth, key=lambda item: (-worth[item], item))
    kinds = ["liked", *["viewed"] * (len(order) - 2), "dismissed"]
    return [Event(kind=kind, item_id=item, time=turn + 0.5) for item, kind in zip(order, kinds, strict=True)]


def _utility(shop: Snapshot, row: int, signals: Mapping[str, float], person: Planted) -> float:
    has = {f"tags={tag}" for tag in shop.value(row, "tags") or ()}
    return sum(weight * signals.get(name, 0.0) for name, weight in person.signals.items()) + sum(
        weight for tag, weight in person.tastes.items() if tag in has
    )


def _agreement(person: Planted, learned: Person) -> float:
    """Return Spearman's rank correlation of the planted weights with the learned ones; 0 where nothing was learned."""
    from scipy.stats import spearmanr

    if not learned.shifts and not learned.tastes:
        return 0.0
    planted = [*person.signals.values(), *person.tastes.values()]
    found = [SHARED.of(name) + learned.shifts.get(name, 0.0) for name in person.signals]
    found += [learned.tastes.get(name, 0.0) for name in person.tastes]
    return float(spearmanr(planted, found).statistic)


def _tried(shop: Snapshot, person: Planted, learned: Person, draws: np.random.Generator) -> dict[str, float]:
    """Return hit@3 of the first slate of ten fresh requests, and slates of three until a hit, `PATIENCE` at most."""
    hits, turns = [], []
    for _ in range(10):
        rows = np.sort(draws.choice(len(shop), CANDIDATES, replace=False)).astype(np.int64)
        ranked = rank(shop, rows, np.zeros(len(rows)), weights=SHARED, person=learned, measured=True)
        worth = sorted(ranked, key=lambda one: -_utility(shop, one.row, one.signals, person))
        best = {one.id for one in worth[:BEST]}
        places = [place for place, one in enumerate(ranked) if one.id in best]
        hits.append(float(places[0] < 3))
        turns.append(float(min(PATIENCE, places[0] // 3 + 1)))
    return {"hit@3": float(np.mean(hits)), "turns": float(np.mean(turns))}
