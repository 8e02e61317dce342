"""Two hundred turns with a person whose clicks feed the profile: how narrow it becomes, and what variety costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval, paired_interval
from shortlist_evals.ranking.catalogs import invented_catalog
from shortlist_evals.scored import rounded
from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event, summarise
from shortlist_tools.ranking import Ranked, Weights, rank
from shortlist_tools.ranking.diversity import (
    Mix,
    calibration_error,
    coverage,
    effective_number,
    exposure_gini,
    interests_of,
    intra_list_distance,
    mix_of,
    rerank,
)

ITEMS, CANDIDATES, SIZE, TURNS = 1_000, 200, 6, 200
WEIGHTS = Weights(affinity=1.0)
"""A shop that leans on taste: the case in which a profile narrows most."""
INTERESTS = (0.35, 0.25, 0.2, 0.12, 0.08)
"""How often a person is after each of their five kinds of item."""
TAKES = 0.5
"""How likely an item of the kind that they are after is taken."""
CASUAL = 0.05
"""How likely an item of another of their kinds is taken in passing."""
PEOPLE = 12
LATELY = 60
"""Items shown lately that the mix is kept to."""


def run(seed: int, people: int = PEOPLE, turns: int = TURNS, plain: bool = True) -> dict[str, Any]:
    """Return `pure` and `diverse`, each measure `[mean, low, high]` over people, and what diversity changes.

    People choose by the kind of an item alone. Where the catalog is `plain`, items differ by it alone, the case in
    which a profile closes in the most; else a profile may lock on brands and tags too, which run across the kinds.
    """
    shop = invented_catalog(ITEMS, seed, plain=plain)
    policies: Mapping[str, Mix] = {"pure": Mix(), "diverse": mix_of(0.5)}
    found: dict[str, list[dict[str, float]]] = {
        name: [_lived(shop, mix, seed * 1_000 + person, turns) for person in range(people)]
        for name, mix in policies.items()
    }
    result: dict[str, Any] = {
        name: {key: rounded(mean_interval([row[key] for row in rows])) for key in rows[0]}
        for name, rows in found.items()
    }
    pure, diverse = result["pure"], result["diverse"]
    result["times_as_many_kinds"] = round(diverse["kinds"][0] / pure["kinds"][0], 3)
    result["hit_rate_change"] = round(diverse["hit_rate"][0] / pure["hit_rate"][0] - 1, 4)
    hits = [[row["hit_rate"] for row in found[name]] for name in ("diverse", "pure")]
    result["hit_rate_difference"] = rounded(paired_interval(hits[0], hits[1]))
    result["people"], result["turns"] = people, turns
    return result


def _lived(shop: Snapshot, mix: Mix, seed: int, turns: int) -> dict[str, float]:
    """Return the measures of one person's turns; chance is the same whatever the policy."""
    draws = np.random.default_rng(seed)
    codes, names = shop.codes("kind")
    kinds = draws.choice(len(names), len(INTERESTS), replace=False)
    wanted = {names[kind]: share for kind, share in zip(kinds.tolist(), INTERESTS, strict=True)}
    events = [_event(shop, int(draws.choice(np.flatnonzero(codes == kinds[0]))), 0)]
    shown: list[int] = []
    hits, distances = 0, []
    for turn in range(1, turns + 1):
        mood = int(draws.choice(kinds, p=INTERESTS))
        rows = np.sort(draws.choice(len(shop), CANDIDATES, replace=False)).astype(np.int64)
        luck = draws.random(len(shop))
        slate = _slate(shop, rows, events, mix, turn, shown)
        chances = [TAKES if codes[one.row] == mood else CASUAL * (codes[one.row] in kinds) for one in slate]
        taken = [one for one, chance in zip(slate, chances, strict=True) if luck[one.row] < chance]
        events += [_event(shop, one.row, turn) for one in taken[:1]]
        hits += bool(taken)
        shown += [one.row for one in slate]
        distances.append(intra_list_distance(shop, np.array([one.row for one in slate])))
    counts = Counter(names[codes[row]] for row in shown)
    exposures = np.bincount(shown, minlength=len(shop)).astype(np.float64)
    return {
        "kinds": effective_number(list(counts.values())),
        "hit_rate": hits / turns,
        "distance": float(np.mean(distances)),
        "calibration_error": calibration_error(wanted, counts),
        "gini": exposure_gini(exposures),
        "coverage": coverage(shown, len(shop)),
    }


def _slate(shop: Snapshot, rows: Any, events: list[Event], mix: Mix, turn: int, shown: list[int]) -> list[Ranked]:
    profile = summarise("u", events, {}, shop, float(turn) * 3_600)
    ranked = rank(shop, rows, np.zeros(len(rows)), profile=profile, weights=WEIGHTS, top=100)
    lately = [shop.ids[row] for row in shown[-LATELY:]]
    return rerank(shop, ranked, SIZE, mix, profile, interests_of(shop, profile), shown=lately)[:SIZE]


def _event(shop: Snapshot, row: int, turn: int) -> Event:
    return Event(kind="liked", item_id=shop.ids[row], time=float(turn) * 3_600)
