"""How a person chooses: numbers that choices follow, brands, spread, style."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Floats, NumberColumn, Rows
from shortlist_tools.profile.builder.price import LEAST, NINETY, fact_of, measured, price_of
from shortlist_tools.profile.builder.units import HALF_LIFE_DAYS, Units, Visit
from shortlist_tools.profile.model import Behaviour, Interest, Measure, ProfileFact, fact_id
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.sentences import sentence

FACTOR_SCORE, FACTOR_SHIFT = 3.0, 0.4
"""The z-value, and the standard deviations off its kind's mean, from which choices follow a number."""
MANY, FEW = 4.0, 2.0
"""Items looked at for each one taken: from here on comparing, up to here decided."""
TAKEN = frozenset({"bought", "added", "joined"})
_NOT_FACTORS = ("price", "availability", "sponsored", "age_rating", "image", "variant_group", "title", "released")


def behaviour_of(
    visits: Sequence[Visit],
    units: Units,
    index: PairIndex,
    attention: Floats,
    snapshot: Snapshot,
    interests: Sequence[Interest],
) -> Behaviour:
    """Return how the person of `visits` and `units` chooses, beside others' `attention`."""
    price = price_of(visits, units, index, attention)
    fitted = attention
    if price is not None:
        steep = np.where(np.isnan(index.prices), 0.0, -price.amount * index.prices)
        fitted = attention * np.exp(np.clip(steep - steep.mean(), -30, 30))
    return Behaviour(
        style=_style(visits),
        factors=_factors(units, index, fitted, snapshot),
        price=price,
        loyalty=_loyalty(units, index, attention, snapshot),
        brands=_brands(interests, snapshot),
        exploration=_exploration(units, index),
    )


def _factors(units: Units, index: PairIndex, attention: Floats, snapshot: Snapshot) -> tuple[ProfileFact, ...]:
    """Return the numbers that what the person takes lies high or low in, within its kind and at the prices chosen."""
    skipped = {snapshot.schema.roles.get(role) for role in _NOT_FACTORS}  # type: ignore[call-overload]
    strong = np.flatnonzero(units.plain >= 0.9)
    taken = units.take(strong) if units.effective(strong) >= LEAST else units
    found = []
    for field in snapshot.schema.fields:
        column = snapshot.columns.get(field.name)
        unfit = field.name in skipped or field.derived or field.kind not in ("number", "flag") or not field.shown
        if unfit or not isinstance(column, NumberColumn):
            continue
        scores = _standardised(column.values, index.kinds, attention)
        places = np.flatnonzero(~np.isnan(scores[taken.rows]))
        n = taken.effective(places)
        if n < LEAST:
            continue
        weights = taken.weights[places]
        mean = float(weights @ scores[taken.rows[places]]) / float(weights.sum())
        score = mean * math.sqrt(n)
        if abs(score) < FACTOR_SCORE or abs(mean) < FACTOR_SHIFT:
            continue
        side = "higher" if mean > 0 else "lower"
        agreeing = places[np.sign(scores[taken.rows[places]]) == np.sign(mean)]
        text = sentence(f"factor.{side}", snapshot.schema, field=field.name)
        found.append((abs(score), fact_of("factor", field.name, side, 1 - 2 * _tail(score), taken, agreeing, text)))
    found.sort(key=lambda one: (-one[0], one[1].field))
    return tuple(fact for _, fact in found)


def _standardised(values: Floats, kinds: Rows, attention: Floats) -> Floats:
    """Return `values` less their mean within the kind, over their spread, items weighing `attention`; NaN elsewhere."""
    known = ~np.isnan(values)
    weights, filled = np.where(known, attention, 0.0), np.where(known, values, 0.0)
    total = np.maximum(np.bincount(kinds, weights), 1e-300)
    mean = np.bincount(kinds, weights * filled) / total
    apart = filled - mean[kinds]
    spread = np.sqrt(np.bincount(kinds, weights * apart**2) / total)
    enough = (np.bincount(kinds, known) >= 3) & (spread > 1e-9)
    scores: Floats = np.where(known & enough[kinds], apart / np.maximum(spread, 1e-9)[kinds], np.nan)
    return np.clip(scores, -3, 3)


def _loyalty(units: Units, index: PairIndex, attention: Floats, snapshot: Snapshot) -> Measure | None:
    """Return how far visits agree on the brand beyond chance: `(met - due) / (1 - due)` over pairs of units.

    Pairs are of different visits and different items, `due` the chance that two people's choices of these kinds agree.
    """
    brand = snapshot.schema.roles.get("brand")
    if brand is None or brand not in index.fields:
        return None
    number = index.fields.index(brand)
    brand_of = np.full(len(index.starts) - 1, -1)
    mine = index.field_of[index.codes] == number
    brand_of[index.owner[mine]] = index.codes[mine]
    places = np.flatnonzero(brand_of[units.rows] >= 0)[-200:]
    n = units.effective(places)
    if n < LEAST:
        return None
    rows, visits = units.rows[places], units.visits[places]
    kinds = np.unique(index.kinds[rows])
    shares = np.stack([_brand_shares(brand_of, index.kinds == kind, attention, len(index.pairs)) for kind in kinds])
    of_kind = np.searchsorted(kinds, index.kinds[rows])
    apart = (visits[:, None] != visits[None, :]) & (rows[:, None] != rows[None, :])
    if apart.sum() < 20:
        return None
    due = float((shares @ shares.T)[of_kind][:, of_kind][apart].mean())
    met = float((brand_of[rows][:, None] == brand_of[rows][None, :])[apart].mean())
    amount = max(0.0, (met - due) / (1 - due)) if due < 1 else 0.0
    error = math.sqrt(max(met * (1 - met), 0.02) * 2 / n) / max(0.1, 1 - due)
    low, high = max(0.0, amount - NINETY * error), min(1.0, amount + NINETY * error)
    word = "high" if low > 0.05 and amount >= 0.2 else "low" if amount < 0.1 else "medium"
    return measured("loyalty", brand, word, amount, low, high, max(0.0, 1 - 2 * error), units, places)


def _brand_shares(brand_of: Rows, chosen: Rows, attention: Floats, size: int) -> Floats:
    rows = np.flatnonzero(chosen & (brand_of >= 0))
    sums = np.bincount(brand_of[rows], attention[rows], minlength=size).astype(np.float64)
    return sums / max(float(sums.sum()), 1e-300)


def _brands(interests: Sequence[Interest], snapshot: Snapshot) -> tuple[ProfileFact, ...]:
    brand = snapshot.schema.roles.get("brand")
    found = []
    for each in interests:
        if each.field == brand:
            text = sentence("brand", snapshot.schema, field=each.field, value=each.value)
            known = {name: getattr(each, name) for name in ProfileFact.model_fields}
            changed = {"id": fact_id("loyalty", each.field, each.value), "kind": "loyalty", "sentence": text}
            found.append(ProfileFact(**{**known, **changed}))
    return tuple(found)


def _exploration(units: Units, index: PairIndex) -> Measure | None:
    """Return the entropy of the kinds turned to, over the greatest that as many observations could have."""
    places = np.flatnonzero(index.kinds[units.rows] > 0)
    n, kinds = units.effective(places), len(np.unique(index.kinds[index.kinds > 0]))
    if n < LEAST or kinds < 3:
        return None
    sums = np.bincount(index.kinds[units.rows[places]], units.weights[places])
    shares = sums[sums > 0] / sums.sum()
    entropy = float(-(shares @ np.log(shares)))
    error = math.sqrt(max(0.01, float(shares @ np.log(shares) ** 2) - entropy**2) / n)
    greatest = math.log(min(kinds, n))
    amount = min(1.0, entropy / greatest)
    low, high = max(0.0, amount - NINETY * error / greatest), min(1.0, amount + NINETY * error / greatest)
    word = "high" if amount >= 0.75 else "low" if amount <= 0.4 else "medium"
    sure = max(0.0, 1 - error / greatest)
    return measured("exploration", index.kind or "kind", word, amount, low, high, sure, units, places)


def _style(visits: Sequence[Visit]) -> ProfileFact | None:
    """Return how the person comes to take something, from at least three times, or from many looks without one."""
    looked: dict[str, float] = {}
    since: set[str] = set()
    per_take: list[int] = []
    waited, evidence, times = 0, list[str](), list[float]()
    for visit in visits:
        for time, name, event in visit.acts:
            item = event.item_id
            if item is None:
                continue
            if event.kind in TAKEN:
                if event.kind == "bought" and item in looked and item not in since and per_take:
                    continue  # put aside before, counted then
                per_take.append(len(since | {item}))
                waited += looked.get(item, time) < time - 43_200
                since.clear()
                evidence.append(name)
                times.append(time)
            else:
                since.add(item)
                looked.setdefault(item, time)
    if len(per_take) >= 3:
        count = median(per_take)
        word = "planning" if waited >= 0.5 * len(per_take) else "comparing" if count >= MANY else "decided"
        if word == "decided" and count > FEW:
            return None
    elif not per_take and len(looked) >= 15:
        word, count = "browsing", 0
        evidence, times = [act[1] for act in visits[-1].acts], [visits[0].start, visits[-1].end]
    else:
        return None
    return ProfileFact(
        id=fact_id("style", "style", word),
        kind="style",
        field="style",
        value=word,
        confidence=round(1 - 1 / (2 + len(per_take)), 4),
        evidence=tuple(reversed(evidence[-5:])),
        first_seen=min(times),
        last_seen=max(times),
        half_life_days=HALF_LIFE_DAYS,
        origin="rule",
        sentence=sentence(f"style.{word}", count=f"{count:.0f}"),
    )


def _tail(score: float) -> float:
    return 0.5 * math.erfc(abs(score) / math.sqrt(2))
