"""Interests and dislikes: what a person turns to, or away from, beyond base rates; and what goes with what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist

import numpy as np

from shortlist_tools.catalog import Schema
from shortlist_tools.catalog.columns import Floats
from shortlist_tools.profile.builder.mixture import MUCH, Component
from shortlist_tools.profile.builder.standouts import Bar, StandOut, places_of, stand_outs, stand_outs_of
from shortlist_tools.profile.builder.units import HALF_LIFE_DAYS, Units
from shortlist_tools.profile.model import Drift, Edge, Interest, ProfileFact, Tier, fact_id
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.sentences import sentence

PRIMARY_LIFT = 1.4
"""A primary interest is what at least `MUCH` of the parts of visits is about, with this times the usual share."""
ARRIVED = 0.25
"""A primary interest that this share of all parts of visits is about, not of the latest only, is no longer emerging."""
SURE = 3.0
"""The score from which a value that no visit is about is an interest all the same."""
AGAINST = Bar(kind=1.5, false=0.2, visits=1, items=2)
LEAST_EDGE = 0.1


def interests_of(
    units: Units,
    index: PairIndex,
    attention: Floats,
    schema: Schema,
    drift: Sequence[Drift],
    pursued: Sequence[Component] = (),
    fresh: Sequence[Component] = (),
    candidates: Sequence[int] | None = None,
) -> tuple[Interest, ...]:
    """Return the interests that `units` show, the strongest first; one that `drift` or `fresh` finds new is emerging.

    They are what visits are about (`pursued`, `fresh`), and what stands out without being what a visit is about: a
    brand or a colour kept to across all of them.
    """
    if not len(units):
        return ()
    settled = {one.code: one.weight for one in pursued}
    about = {one.code: one for one in (*fresh, *pursued)}
    found = {one.code: one for one in stand_outs(units, index, attention, Bar(least=SURE), candidates)}
    changed = {index.code_of[each.field, str(each.value)]: each.score for each in drift if each.direction == "up"}
    gains = {code: score**2 / 2 for code, score in changed.items()} | {code: one.gain for code, one in about.items()}
    missing = [code for code in gains if code not in found]
    found |= {one.code: one for one in stand_outs_of(missing, units, index, attention, gains)}
    new = {*changed, *(one.code for one in fresh)}
    strongest: dict[int, float] = {}
    for one in found.values():
        number = int(index.field_of[one.code])
        strongest[number] = max(strongest.get(number, 1e-9), one.share - one.expected)
    interests = []
    for code, one in found.items():
        weight = (one.share - one.expected) / strongest[int(index.field_of[code])]
        part = about[code].weight if code in about else 0.0
        tier: Tier = "primary" if part >= MUCH and one.share >= PRIMARY_LIFT * one.base else "secondary"
        if code in new and not (tier == "primary" and settled.get(code, 0.0) >= ARRIVED):
            tier = "emerging"
        interests.append(_interest(one, units, index, schema, tier, max(0.0, min(1.0, weight))))
    interests.sort(key=lambda each: (each.tier == "secondary", -each.weight, each.field, str(each.value)))
    return tuple(interests)


def dislikes_of(
    against: Units, liked: Units, index: PairIndex, attention: Floats, schema: Schema
) -> tuple[ProfileFact, ...]:
    """Return the values that a person turned down more than meeting them explains, the surest first.

    What is met depends on what is liked: the base is half the attention of all people, half the person's own.
    """
    if not len(against):
        return ()
    met = np.bincount(np.concatenate([liked.rows, against.rows]), minlength=len(attention)).astype(np.float64)
    base = 0.5 * attention + 0.5 * met / met.sum()
    found = []
    for one in stand_outs(against, index, base, AGAINST):
        field, value = index.pairs[one.code]
        count = len(one.places)
        for_it = float(liked.weights[places_of(liked, index, one.code)].sum())
        if count < 2 or for_it > 0.5 * float(against.weights[one.places].sum()):
            continue
        found.append(
            ProfileFact(
                id=fact_id("dislike", field, value),
                kind="dislike",
                field=field,
                value=value,
                confidence=confidence(one.score),
                evidence=against.evidence(one.places),
                first_seen=float(against.times[one.places].min()),
                last_seen=float(against.times[one.places].max()),
                half_life_days=HALF_LIFE_DAYS,
                origin="rule",
                sentence=sentence("dislike", schema, field=field, value=value, count=count),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.confidence, each.field, str(each.value))))


def edges_of(interests: Sequence[Interest], units: Units, index: PairIndex) -> tuple[Edge, ...]:
    """Return which interests meet: the Jaccard share of the visits that have either which have both."""
    visits = {}
    for each in interests:
        places = places_of(units, index, index.code_of[each.field, str(each.value)])
        visits[each.id] = set(units.visits[places].tolist())
    edges = []
    for one, other in combinations(interests, 2):
        both, either = visits[one.id] & visits[other.id], visits[one.id] | visits[other.id]
        weight = len(both) / len(either) if either else 0.0
        if len(both) >= 2 and weight >= LEAST_EDGE:
            edges.append(Edge(source=one.id, target=other.id, weight=round(weight, 4)))
    return tuple(sorted(edges, key=lambda edge: (-edge.weight, edge.source, edge.target)))


def confidence(score: float) -> float:
    """Return how sure a finding of this z-value is, 0 to 1."""
    return round(NormalDist().cdf(score), 4) if math.isfinite(score) else 1.0


def _interest(one: StandOut, units: Units, index: PairIndex, schema: Schema, tier: Tier, weight: float) -> Interest:
    field, value = index.pairs[one.code]
    times = units.times[one.places]
    return Interest(
        id=fact_id("interest", field, value),
        kind="interest",
        field=field,
        value=value,
        confidence=confidence(one.score),
        evidence=units.evidence(one.places),
        first_seen=float(times.min()),
        last_seen=float(times.max()),
        half_life_days=HALF_LIFE_DAYS,
        origin="rule",
        sentence=sentence(f"interest.{tier}", schema, field=field, value=value, share=one.share, expected=one.base),
        tier=tier,
        weight=round(weight, 4),
        share=round(min(1.0, one.share), 4),
        expected=round(min(1.0, one.expected), 4),
    )
