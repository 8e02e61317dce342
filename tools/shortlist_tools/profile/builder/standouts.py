"""What stands out of a person's choices: values met more often than base rates and stronger tastes explain."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.profile.builder.units import Units
from shortlist_tools.profile.pairs import PairIndex

MOST = 12
ROUNDS = 4
LEAST_LIFT = 1.3
FLOOR = 1e-4


@dataclass(frozen=True)
class StandOut:
    """One value that stands out.

    Attributes:
        code: The pair, by code.
        share: Its share of the weight of units on items that have the field.
        expected: The share that base rates and what stood out before it explain.
        base: The share that base rates alone explain.
        score: Signed root of the likelihood ratio, about a z-value.
        places: Which units have it.
    """

    code: int
    share: float
    expected: float
    base: float
    score: float
    places: Rows


@dataclass(frozen=True)
class Bar:
    """What a value must pass to stand out: a score, and support by visits and different items.

    Attributes:
        kind: The score for kinds of item: everybody has an interest in some.
        false: For other fields, how many false values a field may be expected to give a person.
        visits: In how many visits it must be met.
        items: With how many items, or all there are if fewer.
    """

    kind: float = 1.5
    false: float = 0.1
    visits: int = 2
    items: int = 2

    def score(self, values: int, is_kind: bool) -> float:
        """Return the score that one of `values` values must reach (Bonferroni's bound)."""
        return self.kind if is_kind else NormalDist().inv_cdf(1 - min(0.4, self.false / max(1, values)))


def stand_outs(units: Units, index: PairIndex, attention: Floats, bar: Bar) -> list[StandOut]:
    """Return the values of `units` that stand out against `attention`, in the order they explain most.

    The first is the value with the highest score `sqrt(2 n KL(share || expected))`, `n` the effective number of units.
    Attention is then tilted so that it has this value as often as the person does (iterative proportional fitting), and
    the next is sought against the tilted base: a brand that is only met because its kind is liked does not stand out.
    """
    if not len(units):
        return []
    shares, sizes = _shares(units, index), _sizes(units, index)
    candidates = _supported(units, index, bar)
    base = index.shares(attention)
    needed = [bar.score(int(size), name == index.kind) for name, size in zip(index.fields, index.sizes, strict=True)]
    chosen: list[StandOut] = []
    tilted = attention
    while candidates and len(chosen) < MOST:
        expected = np.maximum(index.shares(tilted), FLOOR) if chosen else np.maximum(base, FLOOR)
        best: tuple[float, int] | None = None
        for code in candidates:
            number = int(index.field_of[code])
            score = signed_root(float(shares[code]), float(expected[code]), sizes[number])
            passed = score >= needed[number] and shares[code] >= LEAST_LIFT * expected[code]
            if passed and (best is None or score > best[0]):
                best = (score, code)
        if best is None:
            break
        score, code = best
        candidates.remove(code)
        share, due = float(shares[code]), float(expected[code])
        chosen.append(StandOut(code, share, due, float(base[code]), score, places_of(units, index, code)))
        tilted = _fit(attention, chosen, index)
    return chosen


def signed_root(share: float, expected: float, n: float) -> float:
    """Return the signed root of the likelihood ratio of seeing `share` in `n` observations where `expected` was due."""
    share, expected = min(max(share, 0.0), 1.0), min(max(expected, FLOOR), 1 - FLOOR)
    divergence = share * math.log(share / expected) if share > 0 else 0.0
    divergence += (1 - share) * math.log((1 - share) / (1 - expected)) if share < 1 else 0.0
    return math.copysign(math.sqrt(max(0.0, 2 * n * divergence)), share - expected)


def places_of(units: Units, index: PairIndex, code: int) -> Rows:
    """Return which units have the pair `code`."""
    having = index.having[code]
    found = np.minimum(np.searchsorted(having, units.rows), len(having) - 1)
    return np.flatnonzero(having[found] == units.rows)


def _shares(units: Units, index: PairIndex) -> Floats:
    weights = np.bincount(units.rows, units.weights, minlength=len(index.starts) - 1)
    return index.shares(weights.astype(np.float64))


def _sizes(units: Units, index: PairIndex) -> list[float]:
    having = index.has_field[units.rows]
    return [units.effective(np.flatnonzero(having[:, number])) for number in range(len(index.fields))]


def _supported(units: Units, index: PairIndex, bar: Bar) -> list[int]:
    """Return the pairs that enough visits and items speak for; one item is enough where no more have the value."""
    visits: dict[int, set[int]] = {}
    items: dict[int, set[int]] = {}
    for row, visit in zip(units.rows.tolist(), units.visits.tolist(), strict=True):
        for code in index.of(row).tolist():
            visits.setdefault(code, set()).add(visit)
            items.setdefault(code, set()).add(row)
    return sorted(
        code
        for code in visits
        if len(visits[code]) >= bar.visits and len(items[code]) >= min(bar.items, len(index.having[code]))
    )


def _fit(attention: Floats, chosen: list[StandOut], index: PairIndex) -> Floats:
    """Return `attention` tilted so that every chosen pair has the share that the person gives it."""
    tilted = attention.copy()
    for _ in range(ROUNDS if len(chosen) > 1 else 1):
        for one in chosen:
            rows = index.having[one.code]
            field = index.has_field[:, int(index.field_of[one.code])]
            total, own = float(tilted[field].sum()), float(tilted[rows].sum())
            share = min(one.share, 0.999)
            if own <= 0 or total - own <= 0:
                continue
            odds = (share / (1 - share)) * (total - own) / own
            tilted[rows] *= odds
            tilted[field] *= total / float(tilted[field].sum())
    return tilted
