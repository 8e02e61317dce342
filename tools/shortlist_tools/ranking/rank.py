"""An additive ranking: the score of an item is the sum of its terms, so that its reasons are its terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking.signals import affinity, request_match, standing, wishes


class Weights(BaseModel):
    """What a full signal adds to the score."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: float = 0.5
    wishes: float = 0.35
    affinity: float = 0.25
    quality: float = 0.2
    popularity: float = 0.08


class Term(BaseModel):
    """What one signal added to an item's score; `evidence` names the profile values it rests on."""

    model_config = ConfigDict(frozen=True)

    signal: str
    contribution: float
    evidence: tuple[str, ...] = ()


class Ranked(BaseModel):
    """An item's place: `score` is exactly the sum of its terms' contributions."""

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
        "quality": weights.quality * quality[rows],
        "popularity": weights.popularity * popularity[rows],
    }
    rough = np.sum(list(signals.values()), axis=0)
    if profile is not None and profile.affinities:
        keep = _shortlisted(rough, 400)
        rows, rough = rows[keep], rough[keep]
        signals = {name: values[keep] for name, values in signals.items()}
        fit, because = affinity(snapshot, rows, profile)
        signals["affinity"] = weights.affinity * fit
    else:
        because = [()] * len(rows)
    rounded = {name: np.round(values, 6) for name, values in signals.items()}
    score = np.sum(list(rounded.values()), axis=0)
    wanted = _shortlisted(score, top if top is not None else len(score), spare=8)
    order = sorted(wanted.tolist(), key=lambda index: (-round(float(score[index]), 6), snapshot.ids[rows[index]]))
    return [_ranked(snapshot, int(rows[i]), {k: float(v[i]) for k, v in rounded.items()}, because[i]) for i in order[:top]]


def _shortlisted(score: NDArray[np.float64], count: int, spare: int = 0) -> NDArray[np.int64]:
    """Return the positions of the `count` best scores and `spare` more, so that ties at the edge are settled by id."""
    if len(score) <= count + spare:
        return np.arange(len(score))
    edge = np.partition(score, len(score) - count)[len(score) - count]
    tied = np.flatnonzero(score >= edge)
    return tied if len(tied) <= 4 * (count + spare) else np.argsort(-score, kind="stable")[: count + spare]


def _ranked(snapshot: Snapshot, row: int, parts: dict[str, float], because: tuple[str, ...]) -> Ranked:
    terms = tuple(
        Term(signal=name, contribution=value, evidence=because if name == "affinity" else ())
        for name, value in sorted(parts.items(), key=lambda part: (-part[1], part[0]))
        if value
    )
    return Ranked(id=snapshot.ids[row], row=row, score=round(sum(parts.values()), 6), terms=terms)
