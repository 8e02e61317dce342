"""Clicks that depend on where items stand: are the planted weights found, and does the probability hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortlist_tools.ranking import Weights
from shortlist_tools.ranking.feedback import STEEPNESS, Answered, Shown, Slate
from shortlist_tools.ranking.fusion import train

SIGNALS = ("request", "quality", "popularity", "freshness")
PLANTED = Weights(request=0.35, quality=0.3, popularity=0.05, freshness=0.0)
INTERCEPT = -3.0
LOOKS = (1.0, 0.62, 0.41, 0.3, 0.22)
SLATES, CANDIDATES = 4_000, 20
BINS = 10


def run(seed: int, slates: int = SLATES) -> dict[str, Any]:
    """Return the weights found with and without correction, the looks found, and how well probabilities hold.

    Items are shown by popularity with some chance in it, as a shop without training shows them: who does not correct
    for places takes popularity for what people like. Popularity does next to nothing in truth.
    """
    draws = np.random.default_rng(seed)
    answered = [_answered(draws, place) for place in range(slates)]
    before = Weights.model_validate(dict.fromkeys(Weights.model_fields, 0.0))
    fair = train(answered, before, SIGNALS)
    naive = train(answered, before, SIGNALS, propensities=[1.0] * len(LOOKS))
    fresh = draws.random((4_000, len(SIGNALS)))
    truth = _liking(fresh)
    said = np.array([fair.probability(float(x @ [fair.weights.of(name) for name in SIGNALS])) for x in fresh])
    return {
        "planted": {name: PLANTED.of(name) for name in SIGNALS},
        "found": {name: round(fair.weights.of(name), 4) for name in SIGNALS},
        "found_without_correction": {name: round(naive.weights.of(name), 4) for name in SIGNALS},
        "looks_planted": list(LOOKS),
        "looks_found": [round(p, 3) for p in fair.propensities],
        "calibration_error": round(_off(said, truth), 4),
        "calibration_error_without_correction": round(
            _off(
                np.array([naive.probability(float(x @ [naive.weights.of(n) for n in SIGNALS])) for x in fresh]), truth
            ),
            4,
        ),
        "slates": slates,
    }


def _answered(draws: np.random.Generator, place: int) -> Answered:
    x = draws.random((CANDIDATES, len(SIGNALS)))
    shown = np.argsort(-(x[:, 2] + draws.normal(0, 0.3, CANDIDATES)))[: len(LOOKS)]
    liked = draws.random(len(LOOKS)) < _liking(x[shown]) * np.array(LOOKS)
    items = tuple(Shown(f"i{row}", dict(zip(SIGNALS, x[row].tolist(), strict=True))) for row in shown)
    return Answered(Slate(items, float(place)), {item.id: 1.0 for item, yes in zip(items, liked, strict=True) if yes})


def _liking(x: Any) -> Any:
    z = STEEPNESS * (x @ np.array([PLANTED.of(name) for name in SIGNALS])) + INTERCEPT
    return 1 / (1 + np.exp(-z))


def _off(said: Any, truth: Any) -> float:
    """Return the mean over ten equal parts, by what was said, of how far what was said is from the truth."""
    parts = np.array_split(np.argsort(said), BINS)
    return float(np.mean([abs(said[part].mean() - truth[part].mean()) for part in parts]))
