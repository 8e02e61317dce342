"""How much a person looks at the price: an elasticity from what is chosen, and from asking for what costs little."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.profile.builder.cues import says
from shortlist_tools.profile.builder.units import HALF_LIFE_DAYS, Units, Visit
from shortlist_tools.profile.model import FactKind, Measure, ProfileFact, fact_id
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.sentences import sentence

LEAST = 6.0
"""Effective observations below which nothing is said of how a person chooses."""
PRIOR_SPREAD = 1.5
"""How far price elasticities of people lie apart, as a standard deviation: the prior of the estimate."""
WIDER = 1.6
"""How much wider than the posterior the interval is: choices of one visit, and tastes other than the price, repeat."""
ASKING = -2.5
"""The log odds that a search of somebody who looks at the price as all do asks for a low one: one of thirteen."""
NINETY = 1.645


def price_of(visits: Sequence[Visit], units: Units, index: PairIndex, attention: Floats) -> Measure | None:
    """Return the sensitivity to price, or None from fewer than `LEAST` observations with prices.

    A conditional logit within each kind of item: the chance of choosing item `i` of a kind is `a_i p_i^-e` over the sum
    of the kind, `a` the attention of all people, `p` the price, `e` the sensitivity: 0 is as all people, 1 means 1 %
    dearer is chosen 1 % less often. Posterior mode by Newton's method under a normal prior of mean 0 and spread
    `PRIOR_SPREAD`; the interval is the posterior's 90 %. Searches of `visits` count too: one asks for a low price with
    chance `1 / (1 + exp(-(ASKING + e)))`.
    """
    places = np.flatnonzero(~np.isnan(index.prices[units.rows]))
    n = units.effective(places)
    if n < LEAST:
        return None
    chosen = units.take(places)
    scale = n / float(chosen.weights.sum())
    groups = []
    for kind in np.unique(index.kinds[chosen.rows]).tolist():
        rows = index.priced[kind]
        own = np.flatnonzero(index.kinds[chosen.rows] == kind)
        if len(rows) < 2 or float(np.ptp(index.prices[rows])) < 0.05:
            continue
        weights = chosen.weights[own] * scale
        total, seen = float(weights.sum()), float(weights @ index.prices[chosen.rows[own]])
        groups.append((index.prices[rows], np.log(attention[rows]), total, seen))
    if not groups or sum(group[2] for group in groups) < LEAST:
        return None
    searches, cheap = _asked(visits)
    slope, curvature = 0.0, 1.0
    for _ in range(12):
        gradient, curvature = -slope / PRIOR_SPREAD**2, 1 / PRIOR_SPREAD**2
        asking = 1 / (1 + math.exp(min(30.0, slope - ASKING)))
        gradient += searches * asking - cheap
        curvature += searches * asking * (1 - asking)
        for prices, base, total, seen in groups:
            logits = base + slope * prices
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            mean = float(chances @ prices)
            gradient += seen - total * mean
            curvature += total * max(0.0, float(chances @ (prices - mean) ** 2))
        step = max(-2.0, min(2.0, gradient / curvature))
        slope += step
        if abs(step) < 1e-6:
            break
    amount, error = -slope, WIDER / math.sqrt(curvature)
    low, high = amount - NINETY * error, amount + NINETY * error
    word = "high" if low > 0 and amount >= 0.4 else "low" if high < 0 and amount <= -0.4 else "medium"
    sure = max(0.0, 1 - error / PRIOR_SPREAD)
    return measured("price", "price", word, amount, low, high, sure, chosen, np.arange(len(chosen)))


def _asked(visits: Sequence[Visit]) -> tuple[int, int]:
    """Return how many searches there were, and how many of them asked for a low price."""
    texts = [event.text for visit in visits for _, _, event in visit.acts if event.kind == "searched" and event.text]
    return len(texts), sum(_asks_for_less(text) for text in texts)


def _asks_for_less(text: str) -> bool:
    return says("cheap", text) or (says("at_most", text) and any(each.isdigit() for each in text))


def measured(
    kind: FactKind,
    field: str,
    word: str,
    amount: float,
    low: float,
    high: float,
    sure: float,
    units: Units,
    places: Rows,
) -> Measure:
    """Return a measured fact: its word, amount and 90 % interval, and how sure it is, from the units at `places`."""
    fact = fact_of(kind, field, word, sure, units, places, sentence(f"{kind}.{word}"))
    figures = {"amount": round(amount, 4), "low": round(low, 4), "high": round(high, 4)}
    return Measure(**{name: getattr(fact, name) for name in ProfileFact.model_fields}, **figures)


def fact_of(
    kind: FactKind, field: str, value: str, sure: float, units: Units, places: Rows, text: dict[str, str]
) -> ProfileFact:
    """Return what the units at `places` say of how a person chooses, `sure` of it from 0 to 1."""
    times = units.times[places]
    return ProfileFact(
        id=fact_id(kind, field, value),
        kind=kind,
        field=field,
        value=value,
        confidence=round(min(1.0, max(0.0, sure)), 4),
        evidence=units.evidence(places),
        first_seen=float(times.min()),
        last_seen=float(times.max()),
        half_life_days=HALF_LIFE_DAYS,
        origin="observed" if kind in ("price", "loyalty", "exploration") else "rule",
        sentence=text,
    )
