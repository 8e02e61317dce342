"""Changes: of taste over weeks, the short window against the long one, and of intent within one session."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shortlist_tools.catalog import Schema
from shortlist_tools.catalog.columns import Floats
from shortlist_tools.profile.builder.units import MOST_EVIDENCE, Units
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.model import Drift, fact_id
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.sentences import sentence

LEAST_BEFORE, LEAST_AFTER, MOST_AFTER = 6, 3, 16
"""Visits that the long and the short window must have, and the most that the short one has."""
SURE, ALSO = 4.2, 3.0
"""The score that one change must reach, the highest over all values and places; and others that come with it."""
LEAST_CHANGE = 0.25
Intent = Literal["looking", "comparing", "decided"]


def drift_of(units: Units, index: PairIndex, schema: Schema) -> tuple[Drift, ...]:
    """Return the values whose share changed, newest first.

    The visits are the observations: what is looked at in one visit repeats itself. For every place where the short
    window may begin (its last 3 to 16 visits), each value's share in it is set against its share before by the signed
    root of the likelihood ratio of two shares against one. Only where the highest of all scores reaches `SURE`
    something changed at all; then each value counts that changed by `LEAST_CHANGE` with a score of `ALSO` at least, and
    that two visits of the new side have.
    """
    visits, place = np.unique(units.visits, return_inverse=True)
    n = len(visits)
    if n < LEAST_BEFORE + LEAST_AFTER:
        return ()
    having, codes = _matrix(units, index)
    sizes = np.bincount(place).astype(np.float64)
    order = np.argsort(place, kind="stable")
    shares = np.add.reduceat(having[order], np.searchsorted(place[order], np.arange(n)), axis=0) / sizes[:, None]
    before, after = _windows(shares)
    starts = np.array([n - size for size in range(LEAST_AFTER, min(MOST_AFTER, n - LEAST_BEFORE) + 1)])
    n_before, n_after = starts[:, None].astype(np.float64), (n - starts)[:, None].astype(np.float64)
    scores = _signed_roots(before[starts], n_before, after[starts], n_after)
    if float(np.abs(scores).max()) < SURE:
        return ()
    found = []
    for column, code in enumerate(codes):
        best = int(np.argmax(np.abs(scores[:, column])))
        score, start = float(scores[best, column]), int(starts[best])
        old, new = float(before[start, column]) / start, float(after[start, column]) / (n - start)
        if abs(score) < ALSO or abs(new - old) < LEAST_CHANGE:
            continue
        later = place >= start
        inside = np.flatnonzero(later & (having[:, column] > 0)) if score > 0 else np.flatnonzero(later)
        if not len(inside) or len(set(units.visits[inside].tolist())) < 2:
            continue
        field, value = index.pairs[code]
        direction: Literal["up", "down"] = "up" if score > 0 else "down"
        found.append(
            Drift(
                id=fact_id("drift", field, value),
                kind="drift",
                field=field,
                value=value,
                confidence=round(1 - math.exp(-abs(score) / 2), 4),
                evidence=units.evidence(inside)[:MOST_EVIDENCE],
                first_seen=float(units.times[inside[0]]),
                last_seen=float(units.times[inside[-1]]),
                half_life_days=60.0,
                origin="rule",
                sentence=sentence(f"drift.{direction}", schema, field=field, value=value, before=old, after=new),
                direction=direction,
                score=round(score, 3),
                since=float(units.times[inside[0]]),
                before=round(old, 4),
                after=round(new, 4),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.since, -abs(each.score), each.field, str(each.value))))


def _signed_roots(before: Floats, n_before: Floats, after: Floats, n_after: Floats) -> Floats:
    """Return the signed root of the likelihood ratio of two shares against one, of counts before and after."""

    def surprise(count: Floats, n: Floats) -> Floats:
        share = np.clip(count / n, 1e-9, 1 - 1e-9)
        found: Floats = count * np.log(share) + (n - count) * np.log1p(-share)
        return found

    both = surprise(before + after, n_before + n_after)
    ratio = surprise(before, n_before) + surprise(after, n_after) - both
    signed: Floats = np.sign(after / n_after - before / n_before) * np.sqrt(np.maximum(0.0, 2 * ratio))
    return signed


def _matrix(units: Units, index: PairIndex) -> tuple[Floats, list[int]]:
    """Return whether each unit has each value that any of them has, of shape (units, values), and the values."""
    places, found = index.of_all(units.rows)
    codes, columns = np.unique(found, return_inverse=True)
    having = np.zeros((len(units), len(codes)))
    having[places, columns] = 1.0
    return having, codes.tolist()


def _windows(having: Floats) -> tuple[Floats, Floats]:
    """Return how many units before each place, and from it on, have each value: shape (units + 1, values)."""
    before = np.vstack([np.zeros((1, having.shape[1])), np.cumsum(having, axis=0)])
    return before, before[-1] - before


@dataclass(frozen=True)
class SessionIntent:
    """What a session is about now, how sure that is (0 to 1), and since which of its events (its place, from 0)."""

    intent: Intent
    score: float
    since: int


def session_intent(events: Sequence[Event]) -> SessionIntent:
    """Return how near to a choice the person is in one session, from its events in the order of time.

    Each event moves a score between 0 (just looking) and 1 (decided): a new item or a new search lowers it towards 0.15
    by a third of the way; a known item raises it to 0.5 (a second look) or beyond (a third); putting something aside to
    buy makes it 0.8, buying 1, and turning something down 0.3. Below 0.35 is looking, below 0.7 comparing.
    """
    score, seen, since = 0.15, dict[str, int](), 0
    intent: Intent = "looking"
    for place, event in enumerate(events):
        times = seen.get(event.item_id, 0) if event.item_id else 0
        if event.item_id:
            seen[event.item_id] = times + 1
        target, step = _pull(event, times)
        score += step * (target - score)
        now: Intent = "looking" if score < 0.35 else "comparing" if score < 0.7 else "decided"
        if now != intent:
            intent, since = now, place
    return SessionIntent(intent, round(score, 4), since)


def _pull(event: Event, times: int) -> tuple[float, float]:
    """Return where an event pulls the score, and how much of the way."""
    if event.kind in ("bought", "joined"):
        return 1.0, 1.0
    if event.kind == "added":
        return 0.8, 0.9
    if event.kind in ("dismissed", "returned"):
        return 0.3, 0.6
    if times:
        return min(0.8, 0.35 + 0.2 * times), 0.6
    return 0.15, 0.33
