"""An additive ranking: the score of an item is the sum of its terms, so that its reasons are its terms."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking.signals import affinity, liked_values, request_match, standing, superlatives, wishes

DECIMALS = 6
"""Scores and their terms are rounded, so that they are the same on every machine."""


class Weights(BaseModel):
    """What a full signal adds to the score."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: float = Field(default=0.5, ge=0.0, allow_inf_nan=False)
    wishes: float = Field(default=0.35, ge=0.0, allow_inf_nan=False)
    superlative: float = Field(default=1.0, ge=0.0, allow_inf_nan=False)
    affinity: float = Field(default=0.25, ge=0.0, allow_inf_nan=False)
    quality: float = Field(default=0.2, ge=0.0, allow_inf_nan=False)
    popularity: float = Field(default=0.08, ge=0.0, allow_inf_nan=False)


class Term(BaseModel):
    """What one signal added to an item's score; `evidence` names the profile values it rests on."""

    model_config = ConfigDict(frozen=True)

    signal: str
    contribution: float
    evidence: tuple[str, ...] = ()


class Ranked(BaseModel):
    """An item's place: `score` is the sum of its terms' contributions, all to six decimals."""

    model_config = ConfigDict(frozen=True)

    id: str
    row: int
    score: float
    terms: tuple[Term, ...]


def rank(
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    relevance: NDArray[np.float64],
    soft: Sequence[Requirement] = (),
    profile: ProfileSummary | None = None,
    weights: Weights | None = None,
    top: int | None = None,
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
    """
    weights = weights or Weights()
    if len(rows) == 0:
        return []
    quality, popularity = standing(snapshot)
    signals = {
        "request": weights.request * request_match(relevance),
        "wishes": weights.wishes * wishes(snapshot, rows, soft),
        "superlative": weights.superlative * superlatives(snapshot, rows, soft),
        "quality": weights.quality * quality[rows],
        "popularity": weights.popularity * popularity[rows],
    }
    personal = profile is not None and bool(profile.affinities)
    if profile is not None and personal:
        signals["affinity"] = weights.affinity * affinity(snapshot, rows, profile)
    terms = {name: np.round(values, DECIMALS) for name, values in signals.items()}
    score = np.round(np.sum(list(terms.values()), axis=0), DECIMALS)
    ranked = []
    for place in _best(score, rows, top):
        row = int(rows[place])
        because = liked_values(snapshot, row, profile) if profile is not None and personal else ()
        ranked.append(_ranked(snapshot, row, {name: float(values[place]) for name, values in terms.items()}, because))
    return ranked


def _best(score: NDArray[np.float64], rows: NDArray[np.int64], top: int | None) -> NDArray[np.intp]:
    """Return the places of the `top` best scores, best first; equal ones by row, which is by id."""
    places = np.arange(len(score))
    if top is not None and 0 < top < len(score):
        places = np.flatnonzero(score >= np.partition(score, len(score) - top)[len(score) - top])
    return places[np.lexsort((rows[places], -score[places]))][:top]


def _ranked(snapshot: Snapshot, row: int, parts: dict[str, float], because: tuple[str, ...]) -> Ranked:
    terms = tuple(
        Term(signal=name, contribution=value, evidence=because if name == "affinity" else ())
        for name, value in sorted(parts.items(), key=lambda part: (-part[1], part[0]))
        if value
    )
    score = round(math.fsum(term.contribution for term in terms), DECIMALS)
    return Ranked(id=snapshot.ids[row], row=row, score=score, terms=terms)
