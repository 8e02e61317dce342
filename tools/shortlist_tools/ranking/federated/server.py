"""The one who averages: it sees updates and never events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_tools.ranking.federated.client import Client, Update
from shortlist_tools.ranking.signals import Scores


@dataclass(frozen=True)
class Plan:
    """How training goes.

    Attributes:
        rounds: How often all clients are asked.
        clip: Longest change of one client.
        noise: Standard deviation of the noise in the sum of a round, in units of `clip`: 0 for none, and the more the
            less anybody can tell that one client took part. Every client adds its part of it before anything leaves.
    """

    rounds: int = 30
    clip: float = 0.5
    noise: float = 0.0


def fit(
    clients: Sequence[Client], start: Scores, plan: Plan, hear: Callable[[Update], None] = lambda update: None
) -> Scores:
    """Return the weights that the clients train together, shape (d,), none below 0.

    Every round the mean of the updates moves the weights (federated averaging; McMahan et al., 2017), which are then
    cut off at 0: more of a signal is never worse.

    Args:
        clients: Holders of events.
        start: Weights from before, shape (d,).
        plan: How training goes.
        hear: Told of every update that arrives: all that there is to know of a client.
    """
    weights = np.array(start, dtype=np.float64)
    if not clients:
        return weights
    deviation = plan.noise * plan.clip / np.sqrt(len(clients))
    for number in range(plan.rounds):
        changes = []
        for client in clients:
            update = client.update(number, weights, plan.clip, deviation)
            hear(update)
            changes.append(update.change)
        weights = np.maximum(0.0, weights + np.mean(changes, axis=0))
    return weights
