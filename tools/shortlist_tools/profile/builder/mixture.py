"""What visits are about: a few values that together explain which items were met in which visit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.profile.builder.units import Units
from shortlist_tools.profile.builder.words import Stretches
from shortlist_tools.profile.pairs import PairIndex

MOST = 8
"""How many values a person's visits are explained by, at most."""
STRAY = 0.15
"""The share of the items of a visit that is not what the visit is about."""
TEMPER = 0.8
"""How much each item of a visit says beside the others, 1 if they were independent."""
SURE, LEAST_GAIN = -1.0, 1.0
"""By how much a value must raise the log-likelihood beyond the logarithm of how many were tried; below 0, since a
value that fits most visits is likelier than one of so many at the outset."""
LEAST_LIFT = 1.05
"""How many times the usual share a value has at least before it is tried."""
LEAST_PART = 0.4
"""How likely a visit must be about a value to tell of whoever made it."""
_WEIGHTS = np.array([0.1, 0.3, 0.6])
_ROUNDS, _LAST_ROUNDS = 4, 12
_LATEST = 60
"""How many of the latest stretches are looked at: what lies before is told by what stands out."""


@dataclass(frozen=True)
class Component:
    """One value that visits are about.

    Attributes:
        code: The pair, by code.
        weight: The share of visits that are about it.
        gain: By how much it raised the log-likelihood when it was added.
        part: How likely each visit is about it, each part of a visit, in the order of their numbers.
    """

    code: int
    weight: float
    gain: float
    part: Floats


NAMED = 4.0
"""The logarithm of how much likelier a search names what its visit is about than anything else."""


def components_of(
    units: Units, index: PairIndex, attention: Floats, codes: list[int], stretches: Stretches
) -> list[Component]:
    """Return the values among `codes` that visits are about, the one that explains most first.

    A stretch of a visit is about one value or about nothing: its items are drawn from all people's `attention` to the
    items with the value, a share `STRAY` of them from all attention. Values are added one by one, each the one that
    raises the likelihood of the stretches most, while it does so beyond chance and beyond how many could have been
    tried; in the end the shares are fitted together (expectation maximisation). Recent stretches count more.
    """
    if not len(units) or not codes:
        return []
    weights = np.bincount(units.rows, units.weights, minlength=len(attention)).astype(np.float64)
    likelier = index.shares(weights) >= LEAST_LIFT * index.shares(attention)
    codes = [code for code in codes if likelier[code]]
    if not codes:
        return []
    needed = _needed(codes, index)
    visits, place = np.unique(stretches.of, return_inverse=True)
    recent = np.bincount(place, units.weights) / np.bincount(place, units.plain)
    ratios = _ratios(units, index, attention, codes, place, len(visits))
    for number, visit in enumerate(visits.tolist()):
        for column, code in enumerate(codes):
            if code in stretches.said.get(visit, ()):
                ratios[number, column] *= math.exp(NAMED)
    chosen: list[int] = []
    gains: list[float] = []
    mixed = np.ones(len(visits))
    while len(chosen) < MOST:
        beside = ratios / mixed[:, None] - 1.0
        gain = np.max([recent @ np.log1p(weight * beside) for weight in _WEIGHTS], axis=0)
        gain[chosen] = -math.inf
        best = int(np.argmax(gain - needed))
        if gain[best] < needed[best]:
            break
        chosen.append(best)
        gains.append(float(gain[best]))
        parts_of, _ = _fitted(ratios[:, chosen], recent)
        mixed = parts_of[0] + ratios[:, chosen] @ parts_of[1:]
    if not chosen:
        return []
    shares, parts = _fitted(ratios[:, chosen], recent, _LAST_ROUNDS)
    return [
        Component(codes[one], float(shares[number + 1]), gains[number], parts[:, number + 1])
        for number, one in enumerate(chosen)
    ]


NEW_STRETCHES, NEW_ITEMS = 4, 2
"""How many of the latest stretches something new may fill, and with how many items at least."""
NEW_GAIN = 3.0
BEFORE = 8
"""How many stretches must lie before the latest ones for what they are about to be new."""
NEW_WEIGHT, OLD_WEIGHT = 0.6, 0.1


def latest_of(units: Units, stretches: Stretches) -> tuple[Units, Stretches]:
    """Return the units of the latest stretches, with their stretches."""
    numbers = np.unique(stretches.of)
    if len(numbers) <= _LATEST:
        return units, stretches
    chosen = np.flatnonzero(stretches.of >= numbers[-_LATEST])
    return units.take(chosen), Stretches(stretches.of[chosen], stretches.said)


def tastes_of(units: Units, components: Sequence[Component], stretches: Stretches) -> dict[int, int]:
    """Return the value that each visit is most about, by the visit's number; visits about none of them are missing."""
    numbers = np.unique(stretches.of)
    visit_of = dict(zip(stretches.of.tolist(), units.visits.tolist(), strict=True))
    sums: dict[int, dict[int, float]] = {}
    for one in components:
        for number, part in zip(numbers.tolist(), one.part.tolist(), strict=True):
            own = sums.setdefault(visit_of[number], {})
            own[one.code] = own.get(one.code, 0.0) + part
    best = {visit: min(own, key=lambda code: (-own[code], code)) for visit, own in sums.items()}
    return {visit: code for visit, code in best.items() if sums[visit][code] >= LEAST_PART}


def emerging_of(
    units: Units, index: PairIndex, attention: Floats, components: Sequence[Component], stretches: Stretches
) -> list[Component]:
    """Return the values that the latest stretches are about and those before were not, the surest first.

    For the last one to `NEW_STRETCHES` stretches, each value's gain is that of its filling `NEW_WEIGHT` of them, beside
    what is known to be pursued. It is new where before it filled less than `OLD_WEIGHT` at best.
    """
    numbers, place = np.unique(stretches.of, return_inverse=True)
    if len(numbers) < BEFORE + NEW_STRETCHES:
        return []
    latest = np.flatnonzero(place >= len(numbers) - NEW_STRETCHES)
    items: dict[int, set[int]] = {}
    for row in units.rows[latest].tolist():
        for code in index.of(row).tolist():
            items.setdefault(code, set()).add(row)
    codes = sorted(code for code, rows in items.items() if len(rows) >= NEW_ITEMS)
    if not codes:
        return []
    ratios = _ratios(units, index, attention, codes, place, len(numbers))
    named = np.zeros_like(ratios, dtype=np.bool_)
    for number, stretch in enumerate(numbers.tolist()):
        for column, code in enumerate(codes):
            if code in stretches.said.get(stretch, ()):
                ratios[number, column] *= math.exp(NAMED)
                named[number, column] = True
    known = [one for one in components if one.code not in codes]
    mixed = np.full(len(numbers), 1 - min(0.9, sum(one.weight for one in known)))
    if known:
        others = _ratios(units, index, attention, [one.code for one in known], place, len(numbers))
        mixed = mixed + others @ np.array([one.weight for one in known])
    raised = np.log(1 - NEW_WEIGHT + NEW_WEIGHT * ratios / mixed[:, None])
    gains = np.cumsum(raised[::-1][:NEW_STRETCHES], axis=0)
    found = []
    for column, code in enumerate(codes):
        length = int(np.argmax(gains[:, column])) + 1
        gain = float(gains[length - 1, column])
        before = ratios[: len(numbers) - length, column]
        past = float((before / (before + 1 / OLD_WEIGHT)).mean())
        if gain < NEW_GAIN or past > OLD_WEIGHT:
            continue
        part = np.where(np.arange(len(numbers)) >= len(numbers) - length, 1.0, 0.0)
        found.append(Component(code, NEW_WEIGHT, gain, part))
    return sorted(found, key=lambda one: (-one.gain, one.code))[:3]


def _needed(codes: Sequence[int], index: PairIndex) -> Floats:
    """Return the gain that each of `codes` needs.

    At the outset a visit is as likely about a kind as about a value of any other field, and all values of either alike.
    """
    is_kind = np.array([index.fields[index.field_of[code]] == index.kind for code in codes])
    tried = np.where(is_kind, is_kind.sum(), len(codes) - is_kind.sum())
    found: Floats = np.maximum(LEAST_GAIN, SURE + math.log(2) + np.log(tried))
    return found


def _ratios(units: Units, index: PairIndex, attention: Floats, codes: list[int], place: Rows, visits: int) -> Floats:
    """Return how much likelier each visit is if it is about each value than if about nothing: (visits, codes)."""
    logs = np.full((len(units), len(codes)), math.log(STRAY))
    for number, code in enumerate(codes):
        having = index.having[code]
        found = np.minimum(np.searchsorted(having, units.rows), len(having) - 1)
        share = max(float(attention[having].sum()), 1e-6)
        logs[having[found] == units.rows, number] = math.log(STRAY + (1 - STRAY) / share)
    sums = (place == np.arange(visits)[:, None]).astype(np.float64) @ (TEMPER * logs)
    likelier: Floats = np.exp(np.clip(sums, -30, 30))
    return likelier


def _fitted(ratios: Floats, recent: Floats, rounds: int = _ROUNDS) -> tuple[Floats, Floats]:
    """Return the shares of visits about nothing and about each value, and how likely each visit is about each."""
    whole = np.hstack([np.ones((len(ratios), 1)), ratios])
    weights = np.full(whole.shape[1], 1 / whole.shape[1])
    parts = whole
    for _ in range(rounds):
        parts = whole * weights
        parts = parts / parts.sum(axis=1, keepdims=True)
        sums = recent @ parts + np.where(np.arange(whole.shape[1]) == 0, 0.5, 0.0)
        weights = sums / sums.sum()
    return weights, parts
