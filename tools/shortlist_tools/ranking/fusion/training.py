"""Everybody's weights from logged slates: unbiased by where items stood, never negative, and calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.ranking.feedback import STEEPNESS, Answered
from shortlist_tools.ranking.fusion.model import FusionModel, asked_first
from shortlist_tools.ranking.signals import SIGNALS, Scores
from shortlist_tools.ranking.weights import Weights

ROUNDS = 12
"""Rounds of expectation and maximisation for the propensities."""
LEAST_PROPENSITY = 0.05
"""A reaction counts as at most twenty: rarer looks would make single clicks decide."""
RIDGE = 1.0
"""How many observations' worth the weights from before training count."""
HELD_OUT = 5
"""Every so manieth slate only calibrates."""


@dataclass(frozen=True, eq=False)
class Log:
    """Shown items in a table: features, place on the slate, and whether each was liked; shapes (n, d), (n,), (n,)."""

    x: Scores
    place: NDArray[np.int64]
    liked: Scores


def table(answered: Sequence[Answered], signals: Sequence[str] = SIGNALS) -> Log:
    """Return the items of all slates as a table; on a slate without any reaction nothing was liked."""
    items = [(one, at, item) for one in answered for at, item in enumerate(one.slate.items)]
    x = np.array([[float(item.signals.get(name, 0.0)) for name in signals] for _, _, item in items])
    return Log(
        np.nan_to_num(x.reshape(len(items), len(signals))),
        np.array([at for _, at, _ in items], dtype=np.int64),
        np.array([float(one.worth.get(item.id, 0.0) > 0) for one, _, item in items]),
    )


def train(
    answered: Sequence[Answered],
    before: Weights | None = None,
    signals: Sequence[str] = SIGNALS,
    propensities: Sequence[float] | None = None,
) -> FusionModel:
    """Return the model that logged slates teach.

    Every shown item of features `x` and place `k` adds `log(1 + e^z) - c / p_k z` with `z = w x + b`. That is convex,
    and the log-loss of the liking that would be seen if everybody looked everywhere (inverse propensity, Saito et al.,
    2020); `RIDGE` holds the weights to those from before. All weights are at least 0.

    Args:
        answered: Slates with their reactions.
        before: Weights from before training.
        signals: Those to learn; the others keep their weights.
        propensities: How likely each place is looked at; estimated where None.

    Raises:
        ValueError: If nothing was liked, or everything: there is nothing to learn from.
    """
    start = before or Weights()
    held = [one for at, one in enumerate(answered) if at % HELD_OUT == HELD_OUT - 1]
    log = table([one for at, one in enumerate(answered) if at % HELD_OUT != HELD_OUT - 1], signals)
    if not 0 < log.liked.sum() < len(log.liked):
        raise ValueError(f"{int(log.liked.sum())} of {len(log.liked)} shown items were liked: nothing to learn from")
    known = np.array(propensities) if propensities is not None else looks(log)
    prior = STEEPNESS * np.array([start.of(name) for name in signals])
    found = _fit(log.x, log.liked / known[log.place], prior)
    learned = {name: float(value) / STEEPNESS for name, value in zip(signals, found[:-1], strict=True)}
    slope, offset = _platt(table(held, signals), found, known)
    times = [one.slate.time for one in answered]
    return FusionModel(
        weights=asked_first(Weights.model_validate(start.model_dump() | learned), start),
        intercept=float(found[-1]),
        slope=slope,
        offset=offset,
        propensities=tuple(round(float(p), 6) for p in known),
        slates=len(answered),
        reactions=int(table(answered, signals).liked.sum()),
        since=min(times),
        until=max(times),
    )


def looks(log: Log) -> Scores:
    """Return how likely each place is looked at beside the first, estimated from the log itself, shape (places,).

    The position-based model (a like needs a look and a liking) by regression EM (Wang et al., 2018). What is liked must
    have stood at different places for it to tell looks from liking.
    """
    places = int(log.place.max()) + 1
    theta = np.maximum(
        [log.liked[log.place == place].mean() if (log.place == place).any() else 0.0 for place in range(places)], 1e-3
    )
    theta = np.minimum(theta / theta[0], 1.0)
    w = np.zeros(log.x.shape[1] + 1)
    for _ in range(ROUNDS):
        relevance = _sigmoid(log.x @ w[:-1] + w[-1]).clip(1e-4, 1 - 1e-4)
        look = theta[log.place].clip(1e-4, 1 - 1e-6)
        neither = 1 - look * relevance
        looked = np.where(log.liked > 0, 1.0, look * (1 - relevance) / neither)
        liking = np.where(log.liked > 0, 1.0, relevance * (1 - look) / neither)
        theta = np.array([looked[log.place == place].mean() for place in range(places)])
        w = _fit(log.x, liking, w[:-1], ridge=1e-3)
    found: Scores = np.clip(theta / theta[0], LEAST_PROPENSITY, 1.0)
    return found


def _fit(x: Scores, target: Scores, prior: Scores, ridge: float = RIDGE) -> Scores:
    """Return the weights, at least 0, and the intercept, shape (d + 1,), that minimise the loss of `train`."""
    from scipy.optimize import minimize

    def loss(w: Scores) -> tuple[float, Scores]:
        z = x @ w[:-1] + w[-1]
        value = float(np.logaddexp(0.0, z).sum() - target @ z)
        slope = _sigmoid(z) - target
        away = w[:-1] - prior
        return value + ridge / 2 * float(away @ away), np.append(x.T @ slope + ridge * away, slope.sum())

    bounds = [(0.0, None)] * x.shape[1] + [(None, None)]
    start = np.append(np.maximum(prior, 0.0), 0.0)
    found: Scores = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def _platt(log: Log, w: Scores, propensities: Scores) -> tuple[float, float]:
    """Return slope (above 0) and offset that calibrate the log-odds on slates which the weights have not seen."""
    if len(log.liked) == 0 or not log.liked.any():
        return 1.0, 0.0
    z = (log.x @ w[:-1] + w[-1])[:, None]
    target = log.liked / propensities[np.minimum(log.place, len(propensities) - 1)]
    slope, offset = _fit(z, target, np.array([1.0]))
    return max(1e-3, float(slope)), float(offset)


def _sigmoid(z: Scores) -> Scores:
    found: Scores = 1.0 / (1.0 + np.exp(-np.clip(z, -60.0, 60.0)))
    return found
