"""Cold starts, each measured on a slice of its own: people without a past, items without reviews, a new catalog."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval
from shortlist_evals.ranking.catalogs import SCHEMA, invented_catalog, snapshot_of
from shortlist_evals.scored import rounded
from shortlist_tools.catalog import Snapshot
from shortlist_tools.ranking import Weights, rank
from shortlist_tools.ranking.bandit import Budget, explore
from shortlist_tools.ranking.cold import new_items, path_of
from shortlist_tools.ranking.fairness import fairer
from shortlist_tools.ranking.feedback import Belief

ITEMS, CANDIDATES, SIZE = 800, 60, 3
NEW = 0.1
"""Share of the items that nobody has rated."""
LIKED = 0.35
"""How much of what somebody wants the words of the request tell; the rest is quality that only reviews tell."""
REQUESTS = 400


def run(seed: int) -> dict[str, Any]:
    """Return hit@3 by path, and how often good new items are shown without exploration and with it."""
    known, bare = _catalog(seed, NEW), _catalog(seed, 1.0)
    worth = np.random.default_rng(seed).random(ITEMS)
    chance = rounded(mean_interval([_by_chance(seed * 1_000 + one) for one in range(REQUESTS)]))
    slices = {
        name: rounded(mean_interval([_hit(shop, worth, seed * 1_000 + one) for one in range(REQUESTS)]))
        for name, shop in (("new_user", known), ("new_catalog", bare))
    }
    return {
        "paths": {"known catalog": path_of(known, None), "bare catalog": path_of(bare, None)},
        "hit@3": {**slices, "by chance": chance},
        "good_new_items_shown": {
            "by score": round(_new_shown(known, worth, seed, Budget(places=0), 0.0), 4),
            "with exploration": round(_new_shown(known, worth, seed, Budget(loss=0.5), 0.0), 4),
            "with a declared share": round(_new_shown(known, worth, seed, Budget(places=0), NEW), 4),
        },
        "new_items_of_all": round(float(new_items(known).mean()), 4),
        "requests": REQUESTS,
    }


def _catalog(seed: int, unrated: float) -> Snapshot:
    """Return a catalog whose ratings follow the worth of items, for all but a share of them that have none."""
    shop = invented_catalog(ITEMS, seed)
    worth = np.random.default_rng(seed).random(ITEMS)
    bare = np.random.default_rng(seed + 1).random(ITEMS) < unrated
    rows = []
    for row in range(ITEMS):
        values = dict(shop.item(row).values)
        if bare[row]:
            values.pop("rating")
            values.pop("reviews")
        else:
            values |= {"rating": round(3.0 + 2.0 * float(worth[row]), 1), "reviews": 50.0}
        rows.append(values)
    return snapshot_of(rows, SCHEMA, f"starting-{seed}-{unrated}")


def _request(seed: int) -> tuple[Any, Any]:
    draws = np.random.default_rng(seed)
    return np.sort(draws.choice(ITEMS, CANDIDATES, replace=False)).astype(np.int64), draws.random(CANDIDATES)


def _best(worth: Any, rows: Any, match: Any) -> set[int]:
    wanted = LIKED * match + (1 - LIKED) * worth[rows]
    return set(rows[np.argsort(-wanted)[:3]].tolist())


def _hit(shop: Snapshot, worth: Any, seed: int) -> float:
    rows, match = _request(seed)
    ranked = rank(shop, rows, match)
    return float(not _best(worth, rows, match).isdisjoint(one.row for one in ranked[:SIZE]))


def _by_chance(seed: int) -> float:
    rows, match = _request(seed)
    order = np.random.default_rng(seed + 7).permutation(rows)
    return float(not _best(np.zeros(ITEMS), rows, match).isdisjoint(order[:SIZE].tolist()))


def _new_shown(shop: Snapshot, worth: Any, seed: int, budget: Budget, share: float) -> float:
    """Return the share of requests with a good new item among the candidates (the better half) that show one."""
    fresh = new_items(shop)
    chance = np.random.default_rng(seed + 3)
    belief = Belief.prior(("quality", "freshness", "novelty"), np.array([0.2, 0.1, 0.1]), 0.3)
    group = frozenset(np.flatnonzero(fresh).tolist())
    shown, spent, owed = [], 0, 0.0
    for one in range(REQUESTS):
        rows, match = _request(seed * 1_000 + one)
        good = {row for row in rows.tolist() if fresh[row] and worth[row] > 0.5}
        ranked = rank(shop, rows, match, weights=Weights(), measured=True)
        if share:
            ranked, owed = fairer(ranked, SIZE, group, share, owed)
        slate = explore(ranked, SIZE, belief, budget, chance, spent, one)[:SIZE]
        spent += any(move.by == "exploration" for each in slate for move in each.moved)
        if good:
            shown.append(float(not good.isdisjoint(each.row for each in slate)))
    return float(np.mean(shown))
