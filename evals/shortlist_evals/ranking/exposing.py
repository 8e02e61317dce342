"""A catalog in which small brands are as good and hardly shown: what the re-ranker gives them, and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval, ndcg, paired_interval
from shortlist_evals.ranking.catalogs import BRANDS, invented_catalog
from shortlist_evals.scored import rounded
from shortlist_tools.ranking import Weights, rank
from shortlist_tools.ranking.fairness import Target, exposure, fairer, members

ITEMS, CANDIDATES, SIZE = 2_000, 120, 10
SMALL = tuple(f"brand-{place}" for place in range(10, BRANDS))
SHARE, BOUND = 0.4, 0.02
"""What is declared for the small brands, and how far below it they may end."""
LESS = 0.3
"""How much less, of 1, people care for the small brands where these are planted as less wanted."""
ADVANTAGE = 0.35
"""What popularity, which the large brands have, counts in the ranking beyond what people care for it."""


def run(seed: int, requests: int = 400, less: float = 0.0) -> dict[str, Any]:
    """Return exposure of the small brands and nDCG@10 before and after, and the paired cost.

    Args:
        seed: Of everything drawn.
        requests: How many slates are made.
        less: How much less people care for the small brands, 0 to 1; 0 is as much as for the large ones.
    """
    shop = invented_catalog(ITEMS, seed)
    target = Target(field="brand", values=SMALL, share=SHARE)
    group = members(shop, target)
    draws = np.random.default_rng(seed)
    unwanted = np.array([less if row in group else 0.0 for row in range(len(shop))])
    large = np.array([0.0 if row in group else ADVANTAGE for row in range(len(shop))])
    slates: dict[str, list[list[int]]] = {"before": [], "after": []}
    scores: dict[str, list[float]] = {"before": [], "after": []}
    owed = 0.0
    for _ in range(requests):
        rows = np.sort(draws.choice(len(shop), CANDIDATES, replace=False)).astype(np.int64)
        worth = np.maximum(0.0, draws.random(CANDIDATES) - unwanted[rows])
        seen = worth + large[rows] + draws.normal(0, 0.2, CANDIDATES)
        ranked = rank(shop, rows, seen - seen.min(), weights=Weights(request=1.0, quality=0.0, popularity=0.0))
        fair, owed = fairer(ranked, SIZE, group, SHARE, owed)
        grades = dict(zip((shop.ids[row] for row in rows), worth.tolist(), strict=True))
        for name, order in (("before", ranked), ("after", fair)):
            slates[name].append([one.row for one in order[:SIZE]])
            scores[name].append(ndcg([one.id for one in order[:SIZE]], grades))
    shown = {name: exposure(found, group) for name, found in slates.items()}
    return {
        "share_of_items": round(len(group) / len(shop), 4),
        "declared": SHARE,
        "bound": BOUND,
        "exposure": {name: round(value, 4) for name, value in shown.items()},
        "within_bound": shown["after"] >= SHARE - BOUND,
        "ndcg@10": {name: rounded(mean_interval(values)) for name, values in scores.items()},
        "cost": rounded(paired_interval(scores["after"], scores["before"])),
        "requests": requests,
    }
