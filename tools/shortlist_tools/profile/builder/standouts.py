"""What stands out of a person's choices: values met more often than base rates and stronger tastes explain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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


@cache
def _normal(chance: float) -> float:
    return NormalDist().inv_cdf(chance)


@dataclass(frozen=True)
class Bar:
    """What a value must pass to stand out: a score, and support by visits and different items.

    Attributes:
        kind: The score for kinds of item: everybody has an interest in some.
        false: For other fields, how many false values a field may be expected to give a person.
        visits: In how many visits it must be met.
        items: With how many items, or all there are if fewer.
        least: The score that any value must pass.
    """

    kind: float = 1.5
    false: float = 0.1
    visits: int = 2
    items: int = 2

    least: float = 0.0

    def score(self, values: int, is_kind: bool) -> float:
        """Return the score that one of `values` values must reach (Bonferroni's bound), `least` in any case."""
        usual = self.kind if is_kind else _normal(1 - min(0.4, self.false / max(1, values)))
        return max(self.least, usual)


def stand_outs(
    units: Units, index: PairIndex, attention: Floats, bar: Bar, candidates: Sequence[int] | None = None
) -> list[StandOut]:
    """Return the values of `units` that stand out against `attention`, in the order they explain most.

    The first is the value with the highest score `sqrt(2 n KL(share || expected))`, `n` the effective number of units.
    Attention is then tilted so that it has this value as often as the person does (iterative proportional fitting), and
    the next is sought against the tilted base: a brand that is only met because its kind is liked does not stand out.
    """
    if not len(units):
        return []
    shares, sizes = _shares(units, index), _sizes(units, index)
    codes = np.array(supported(units, index, bar) if candidates is None else candidates, dtype=np.int64)
    if not len(codes):
        return []
    base = index.shares(attention)
    fields = index.field_of[codes]
    bars = [bar.score(int(size), name == index.kind) for name, size in zip(index.fields, index.sizes, strict=True)]
    needed, own = np.array(bars)[fields], shares[codes]
    left = np.ones(len(codes), dtype=np.bool_)
    chosen: list[StandOut] = []
    tilted = attention
    while left.any() and len(chosen) < MOST:
        expected = np.maximum(index.shares(tilted) if chosen else base, FLOOR)
        scores = signed_roots(own, expected[codes], np.array(sizes)[fields])
        passed = left & (scores >= needed) & (own >= LEAST_LIFT * expected[codes])
        if not passed.any():
            break
        best = int(np.argmax(np.where(passed, scores, -math.inf)))
        score, code = float(scores[best]), int(codes[best])
        left[best] = False
        share, due = float(shares[code]), float(expected[code])
        chosen.append(StandOut(code, share, due, float(base[code]), score, places_of(units, index, code)))
        tilted = _fit(attention, chosen, index)
    return chosen


def stand_outs_of(
    codes: Sequence[int], units: Units, index: PairIndex, attention: Floats, gains: Mapping[int, float]
) -> list[StandOut]:
    """Return how `codes`, which raised the likelihood by `gains`, stand out against base rates alone."""
    if not codes:
        return []
    shares, base = _shares(units, index), index.shares(attention)
    return [
        StandOut(
            code, float(shares[code]), float(base[code]), float(base[code]),
            math.sqrt(2 * max(0.0, gains[code])), places_of(units, index, code),
        )
        for code in codes
    ]  # fmt: skip


def signed_roots(shares: Floats, expected: Floats, n: Floats) -> Floats:
    """Return signed roots of the likelihood ratios of `shares` seen in `n` observations where `expected` was due."""
    shares, expected = np.clip(shares, 0.0, 1.0), np.clip(expected, FLOOR, 1 - FLOOR)
    there, rest = np.where(shares > 0, shares, 1.0), np.where(shares < 1, 1 - shares, 1.0)
    divergence = shares * np.log(there / expected) + (1 - shares) * np.log(rest / (1 - expected))
    signed: Floats = np.copysign(np.sqrt(np.maximum(0.0, 2 * n * divergence)), shares - expected)
    return signed


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


def supported(units: Units, index: PairIndex, bar: Bar) -> list[int]:
    """Return the pairs that enough visits and items speak for; one item is enough where no more have the value."""
    places, codes = index.of_all(units.rows)
    in_visits = _different(codes, units.visits[places], len(index.pairs))
    in_items = _different(codes, units.rows[places], len(index.pairs))
    there = np.flatnonzero(in_visits >= bar.visits).tolist()
    return [code for code in there if in_items[code] >= min(bar.items, len(index.having[code]))]


def _different(codes: Rows, others: Rows, size: int) -> Rows:
    """Return with how many different ones of `others` each code below `size` comes."""
    width = int(others.max()) + 1 if len(others) else 1
    return np.bincount(np.unique(codes * width + others) // width, minlength=size)


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
