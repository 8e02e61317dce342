"""An additive ranking: the score of an item is the sum of its terms, so that its reasons are its terms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking.signals import SIGNALS, Request, Scores, liked_values, measure
from shortlist_tools.ranking.tastes import taste_terms, taste_total
from shortlist_tools.ranking.weights import Person, Weights

DECIMALS = 6
"""Scores and their terms are rounded, so that they are the same on every machine."""
Mover = Literal["diversity", "likeness", "calibration", "serendipity", "exploration", "fairness"]


@dataclass(frozen=True, slots=True)
class Term:
    """What one signal added to an item's score; `evidence` names the values it rests on."""

    signal: str
    contribution: float
    evidence: tuple[str, ...] = ()


class Moved(BaseModel):
    """A place that an item did not get by its score: what moved it, and from which place to which, from 0."""

    model_config = ConfigDict(frozen=True)

    by: Mover
    before: int
    after: int


class Ranked(BaseModel):
    """An item's place.

    Attributes:
        id: Its id.
        row: Its row in the snapshot.
        score: The sum of its terms' contributions, all to six decimals.
        terms: What each signal added, the most first.
        signals: Every signal as measured, before any weight; empty unless they were asked for.
        moved: What moved it from the place that its score gives it.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    row: int
    score: float
    terms: tuple[Term, ...]
    signals: dict[str, float] = {}
    moved: tuple[Moved, ...] = ()


def rank(
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    relevance: NDArray[np.float64],
    soft: Sequence[Requirement] = (),
    profile: ProfileSummary | None = None,
    weights: Weights | None = None,
    top: int | None = None,
    *,
    hard: Sequence[Requirement] = (),
    given: Mapping[str, Scores] | None = None,
    person: Person | None = None,
    measured: bool = False,
) -> list[Ranked]:
    """Return the best `top` of `rows` by the sum of their terms, best first; ties go by id.

    Args:
        snapshot: The catalog the rows belong to.
        rows: Candidate rows, shape (n,).
        relevance: How well each row matches the words of the request, shape (n,), any non-negative scale.
        soft: Soft requirements; hard ones have been applied already.
        profile: The user's summary, if personal ranking is wanted.
        weights: What each signal counts.
        top: How many to return; all where None.
        hard: The hard requirements, for the room that items leave within them.
        given: Signals from outside by name (`collaborative`, `offer`), shape (n,), any scale.
        person: How the person's weights differ, as learned from feedback.
        measured: Keep every signal as measured, to learn from what is shown.
    """
    weights = weights or Weights()
    if person is not None:
        weights = weights.shifted(person)
    if len(rows) == 0:
        return []
    request = Request(relevance, soft, hard, profile, given or {})
    signals = measure(snapshot, rows, request, SIGNALS if measured else weights.counted())
    counted = [name for name in signals if weights.of(name) > 0]
    terms = {name: np.round(weights.of(name) * signals[name], DECIMALS) for name in counted}
    if person is not None and person.tastes:
        terms["taste"] = np.round(taste_total(snapshot, rows, person.tastes), DECIMALS)
    score = np.round(np.sum(list(terms.values()), axis=0), DECIMALS) if terms else np.zeros(len(rows))
    best = _best(score, rows, top)
    chosen = rows[best]
    liked = liked_values(snapshot, chosen, profile) if profile is not None and "affinity" in terms else None
    tastes = taste_terms(snapshot, chosen, person.tastes) if person is not None and "taste" in terms else None
    parts = {name: values[best].tolist() for name, values in terms.items() if name != "taste"}
    kept = {name: np.round(values[best], DECIMALS).tolist() for name, values in signals.items()} if measured else {}
    ranked = []
    for at, row in enumerate(chosen.tolist()):
        found = [
            (-values[at], name, liked[at] if liked is not None and name == "affinity" else ())
            for name, values in parts.items()
            if values[at]
        ]
        if tastes is not None:
            found += [(-round(value, DECIMALS), "taste", (pair,)) for pair, value in tastes[at]]
        ranked.append(_ranked(snapshot, row, found, {name: values[at] for name, values in kept.items()}))
    return ranked


def _best(score: NDArray[np.float64], rows: NDArray[np.int64], top: int | None) -> NDArray[np.intp]:
    """Return the places of the `top` best scores, best first; equal ones by row, which is by id."""
    places = np.arange(len(score))
    if top is not None and 0 < top < len(score):
        places = np.flatnonzero(score >= np.partition(score, len(score) - top)[len(score) - top])
    return places[np.lexsort((rows[places], -score[places]))][:top]


def _ranked(
    snapshot: Snapshot, row: int, found: list[tuple[float, str, tuple[str, ...]]], signals: dict[str, float]
) -> Ranked:
    """Return the item of `row` with its terms, given as (minus contribution, signal, evidence) so that they sort."""
    found.sort()
    score = -round(math.fsum(part[0] for part in found), DECIMALS)
    terms = tuple(Term(signal, -less, evidence) for less, signal, evidence in found)
    return Ranked(id=snapshot.ids[row], row=row, score=score + 0.0, terms=terms, signals=signals)
