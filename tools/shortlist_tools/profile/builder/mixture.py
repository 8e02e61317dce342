"""What visits are about: the values that explain what was met in them, likelier those that visits of many are about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog.columns import Floats
from shortlist_tools.profile.builder.units import Units
from shortlist_tools.profile.builder.words import Stretches
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.population import Population

STRAY = 0.2
"""The share of the items of a visit that is not what the visit is about."""
TEMPER = 0.8
"""How much each item of a visit says beside the others, 1 if they were independent."""
NAMED = 4.0
"""The logarithm of how much likelier a search names what its visit is about than anything else."""
CONCENTRATION = 2.0
"""How many stretches of a person's own the usual shares count for."""
MUCH = 0.15
LEAST_STRETCHES, LEAST_OF_MUCH = 2.0, 1.0
"""How many stretches must be about a value, and how many where that is `MUCH` of them all."""
LEAST_PART = 0.4
"""How likely a visit must be about a value to tell of whoever made it."""
_WARM, _ROUNDS = 1, 20
_LATEST = 60
"""How many of the latest stretches are looked at: what lies before is told by what stands out."""


@dataclass(frozen=True)
class Component:
    """One value that visits are about.

    Attributes:
        code: The pair, by code.
        weight: The share of visits that are about it.
        gain: By how much it raises the log-likelihood of the visits.
        part: How likely each visit is about it, each part of a visit, in the order of their numbers.
    """

    code: int
    weight: float
    gain: float
    part: Floats


def components_of(
    units: Units, index: PairIndex, base: Population, supported: Sequence[int], stretches: Stretches
) -> list[Component]:
    """Return the values among `supported` that visits are about, the commonest first.

    A stretch of a visit is about one value or about nothing: its items are drawn from all people's attention to the
    items with the value, a share `STRAY` of them from all attention. How a person's stretches spread over the values is
    unknown; before anything is seen, the spread over those of all people (`base.about`) stands for it, worth
    `CONCENTRATION` stretches. Both are found by mean-field variational inference, as latent Dirichlet allocation does
    (Blei, Ng and Jordan 2003), with topics that are known. Recent stretches count more.
    """
    if not len(units):
        return []
    codes = np.intersect1d(index.of_all(units.rows)[1], np.flatnonzero(base.about[1:])).tolist()
    place = np.unique(stretches.of, return_inverse=True)[1]
    ratios = np.hstack([np.ones((place.max() + 1, 1)), ratios_of(units, index, base.attention, codes, stretches)])
    recent = np.bincount(place, units.weights) / np.bincount(place, units.plain)
    prior = CONCENTRATION * base.about[[0, *(code + 1 for code in codes)]]
    counts, parts = _posterior(ratios, recent, prior)
    weights = counts / counts.sum()
    mixed = ratios @ weights
    known = set(supported)
    found = []
    least = np.where(weights >= MUCH, LEAST_OF_MUCH, LEAST_STRETCHES)
    for column in (np.flatnonzero((counts - prior >= least)[1:]) + 1).tolist():
        code, weight = codes[column - 1], float(weights[column])
        if code in known:
            without = (mixed - weight * ratios[:, column]) / (1 - weight)
            gain = float(recent @ np.log(mixed / np.maximum(without, 1e-12)))
            found.append(Component(code, weight, gain, parts[:, column]))
    return sorted(found, key=lambda one: (-one.weight, one.code))


NEW_STRETCHES, NEW_ITEMS = 4, 2
"""How many of the latest stretches something new may fill, and with how many items at least."""
NEW_GAIN = -2.0
"""The gain from which something is new, once the logarithm of how often visits of all people are about it is added."""
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
    units: Units, index: PairIndex, base: Population, components: Sequence[Component], stretches: Stretches
) -> list[Component]:
    """Return the values that the latest stretches are about and those before were not, the surest first.

    For the last one to `NEW_STRETCHES` stretches, each value's gain is that of its filling `NEW_WEIGHT` of them, beside
    what was pursued before, less what it takes to believe in a value that few visits of anybody are about. It is new
    where before it filled less than `OLD_WEIGHT` at best.
    """
    numbers, place = np.unique(stretches.of, return_inverse=True)
    if len(numbers) < BEFORE + NEW_STRETCHES:
        return []
    latest = np.flatnonzero(place >= len(numbers) - NEW_STRETCHES)
    items: dict[int, set[int]] = {}
    for row in units.rows[latest].tolist():
        for code in index.of(row).tolist():
            items.setdefault(code, set()).add(row)
    codes = sorted(code for code, rows in items.items() if len(rows) >= NEW_ITEMS and base.about[code + 1] > 0)
    if not codes:
        return []
    ratios = ratios_of(units, index, base.attention, codes, stretches)
    known = [one for one in components if float(one.part[:-NEW_STRETCHES].mean()) > OLD_WEIGHT / 2]
    mixed = np.full(len(numbers), 1 - min(0.9, sum(one.weight for one in known)))
    if known:
        others = ratios_of(units, index, base.attention, [one.code for one in known], stretches)
        mixed = mixed + others @ np.array([one.weight for one in known])
    raised = np.log(1 - NEW_WEIGHT + NEW_WEIGHT * ratios / mixed[:, None])
    gains = np.cumsum(raised[::-1][:NEW_STRETCHES], axis=0)
    usual = np.log(base.about[[code + 1 for code in codes]])
    found = []
    for column, code in enumerate(codes):
        length = int(np.argmax(gains[:, column])) + 1
        gain = float(gains[length - 1, column]) + float(usual[column])
        before = ratios[: len(numbers) - length, column]
        past = float((before / (before + 1 / OLD_WEIGHT)).mean())
        if gain < NEW_GAIN or past > OLD_WEIGHT:
            continue
        part = np.where(np.arange(len(numbers)) >= len(numbers) - length, 1.0, 0.0)
        found.append(Component(code, NEW_WEIGHT, gain, part))
    return sorted(found, key=lambda one: (-one.gain, one.code))[:3]


def ratios_of(units: Units, index: PairIndex, attention: Floats, codes: Sequence[int], stretches: Stretches) -> Floats:
    """Return how much likelier each stretch is if it is about each value than if about nothing: (stretches, codes)."""
    numbers, place = np.unique(stretches.of, return_inverse=True)
    logs = np.full((len(units), len(codes)), math.log(STRAY))
    for column, code in enumerate(codes):
        having = index.having[code]
        found = np.minimum(np.searchsorted(having, units.rows), len(having) - 1)
        share = max(float(attention[having].sum()), 1e-6)
        logs[having[found] == units.rows, column] = math.log(STRAY + (1 - STRAY) / share)
    sums = (place == np.arange(len(numbers))[:, None]).astype(np.float64) @ (TEMPER * logs)
    for row, number in enumerate(numbers.tolist()):
        said = stretches.said.get(number)
        if said:
            sums[row, [column for column, code in enumerate(codes) if code in said]] += NAMED
    likelier: Floats = np.exp(np.clip(sums, -30, 30))
    return likelier


def _posterior(ratios: Floats, recent: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Return how many stretches are about nothing and about each value, and how likely each is about each.

    The counts are the parameters of a Dirichlet distribution over the shares. The first rounds take its mean for the
    shares, so that what the items say is heard before what is rare is ruled out.
    """
    counts = prior * (1 + len(ratios) / prior.sum())
    parts = ratios
    for number in range(_WARM + _ROUNDS):
        parts = ratios * (counts if number < _WARM else np.exp(_digamma(counts)))
        parts = parts / parts.sum(axis=1, keepdims=True)
        counts = prior + recent @ parts
    return counts, parts


def _digamma(x: Floats) -> Floats:
    """Return the derivative of log gamma at `x` above 0, to five digits: its series, two steps further on."""
    y = x + 2
    found: Floats = np.log(y) - 1 / (2 * y) - 1 / (12 * y**2) + 1 / (120 * y**4) - 1 / x - 1 / (x + 1)
    return found
