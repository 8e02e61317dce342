"""Arms of which the best is not the one that looks best at first: regret of exploring, and of not."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval
from shortlist_evals.scored import rounded
from shortlist_tools.ranking.bandit import choose, snips
from shortlist_tools.ranking.feedback import Belief

ARMS, EXTRA, ROUNDS, NOISE = 20, 4, 1_500, 0.5
DEVIATION = 0.4
LOGGED, REPLICAS, WARMTH = 1_500, 200, 0.15
POLICIES = ("thompson", "greedy", "random")


def run(seed: int, runs: int = 30) -> dict[str, Any]:
    """Return regret by policy over `runs` worlds, and how often off-policy intervals hold the true value."""
    found = {name: [_played(seed * 1_000 + one, name) for one in range(runs)] for name in POLICIES}
    return {
        "regret": {name: rounded(mean_interval(values)) for name, values in found.items()},
        "rounds": ROUNDS,
        "runs": runs,
        "off_policy": _judged(seed),
    }


def _world(draws: np.random.Generator) -> tuple[Any, Any]:
    """Return features and true worth of the arms: what all share, and something of each that no feature tells."""
    features = np.hstack([draws.normal(0, 0.3, (ARMS, EXTRA)), np.eye(ARMS)])
    weights = np.concatenate([draws.normal(0, 0.3, EXTRA), draws.normal(0, 0.15, ARMS)])
    weights[EXTRA + int(draws.integers(ARMS))] += 0.6
    return features, features @ weights


def _played(seed: int, policy: str) -> float:
    draws, chance = np.random.default_rng(seed), np.random.default_rng(seed + 1)
    features, worth = _world(draws)
    belief = Belief.prior([f"w{place}" for place in range(features.shape[1])], deviation=DEVIATION)
    regret = 0.0
    for _ in range(ROUNDS):
        if policy == "random":
            arm = int(chance.integers(ARMS))
        else:
            arm = choose(belief, features, chance if policy == "thompson" else None)
        regret += float(worth.max() - worth[arm])
        if policy != "random":
            belief = belief.after_value(features[arm], float(worth[arm] + draws.normal(0, NOISE)), NOISE)
    return regret


def _judged(seed: int) -> dict[str, Any]:
    """Return how often the interval holds the value of a policy that never ran, and how far off the estimate is."""
    covered, errors, naive, widths = [], [], [], []
    for replica in range(REPLICAS):
        draws = np.random.default_rng(seed * 10_000 + replica)
        _, worth = _world(draws)
        rates = 1 / (1 + np.exp(-worth))
        logged = _soft(rates + draws.normal(0, 0.1, ARMS), WARMTH)
        wanted = _soft(rates, WARMTH / 2)
        arms = draws.choice(ARMS, LOGGED, p=logged)
        rewards = (draws.random(LOGGED) < rates[arms]).astype(np.float64)
        found = snips(rewards, logged[arms], wanted[arms])
        truth = float(wanted @ rates)
        covered.append(float(found.low <= truth <= found.high))
        errors.append(found.value - truth)
        naive.append(float(rewards.mean()) - truth)
        widths.append(found.high - found.low)
    return {
        "covered": round(float(np.mean(covered)), 4),
        "bias": round(float(np.mean(errors)), 5),
        "error": round(float(np.sqrt(np.mean(np.square(errors)))), 5),
        "width": round(float(np.mean(widths)), 5),
        "bias_of_the_plain_mean": round(float(np.mean(naive)), 5),
        "replicas": REPLICAS,
    }


def _soft(values: Any, warmth: float) -> Any:
    powers = np.exp((values - values.max()) / warmth)
    return powers / powers.sum()
