"""Federated against central training of fusion weights on MovieLens users, at several levels of noise."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist_evals.metrics import mean_interval, ndcg, paired_interval
from shortlist_evals.places import data_dir
from shortlist_evals.scored import rounded
from shortlist_tools.ranking.federated import Client, Plan, Update, fit

SIGNALS = ("popularity", "recent", "similar_users", "genres", "year", "quality")
HELD_OUT = 5
"""Ratings of every user that only score, the last ones; the five before them are what is learned from."""
NEGATIVES = 20
USERS_OF_A_CLIENT = 10
NOISE = (0.0, 1.0, 3.0, 10.0, 30.0)
RECENT_SECONDS = 365 * 86_400.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings by user, oldest first, as item numbers; and what the items are: years (NaN unknown) and genres."""

    items: tuple[NDArray[np.int64], ...]
    times: tuple[Floats, ...]
    values: tuple[Floats, ...]
    years: Floats
    genres: Floats


def run(seed: int, noise: Sequence[float] = NOISE, rounds: int = 60) -> dict[str, Any]:
    """Return nDCG@10 of central training and of federated training at each level of noise, and what was sent."""
    ratings = read(data_dir("movielens"))
    learning, scoring = Split(ratings, 2 * HELD_OUT), Split(ratings, HELD_OUT)
    draws = np.random.default_rng(seed)
    pairs = [_comparisons(learning, user, draws) for user in range(len(ratings.items))]
    start = np.full(len(SIGNALS), 0.5)
    everything = [Client(np.vstack(pairs), seed)]
    central = fit(everything, start, Plan(rounds=rounds, clip=1e9))
    results = {"before training": _scores(scoring, start), "central": _scores(scoring, central)}
    weights: dict[str, Floats] = {"before training": start, "central": central}
    sent: list[Update] = []
    for level in noise:
        clients = [
            Client(np.vstack(pairs[first : first + USERS_OF_A_CLIENT]), seed * 1_000 + first)
            for first in range(0, len(pairs), USERS_OF_A_CLIENT)
        ]
        name = f"federated, noise {level:g}"
        weights[name] = fit(clients, start, Plan(rounds=rounds, noise=level), sent.append)
        results[name] = _scores(scoring, weights[name])
    return {
        "ndcg@10": {name: rounded(mean_interval(values)) for name, values in results.items()},
        "minus_central": {
            name: rounded(paired_interval(values, results["central"])) for name, values in results.items()
        },
        "weights": {
            name: dict(zip(SIGNALS, np.round(found, 3).tolist(), strict=True)) for name, found in weights.items()
        },
        "users": len(ratings.items),
        "clients": len(range(0, len(pairs), USERS_OF_A_CLIENT)),
        "numbers_sent_by_a_client_a_round": len(sent[0].change),
    }


def draw(result: Mapping[str, Any], path: Path) -> None:
    """Draw nDCG@10 against noise, with intervals, beside central training."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    rows = [
        (name.rpartition(" ")[2], value) for name, value in result["ndcg@10"].items() if name.startswith("federated")
    ]
    means = np.array([value for _, value in rows])
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    spread = np.abs(means[:, 1:].T - means[:, 0])
    axes.errorbar(range(len(rows)), means[:, 0], yerr=spread, fmt="o-", capsize=3, label="federated")
    for name, style in (("central", "--"), ("before training", ":")):
        axes.axhline(result["ndcg@10"][name][0], linestyle=style, color="grey", label=name)
    axes.set_xticks(range(len(rows)), [name for name, _ in rows])
    axes.set(xlabel="noise in the sum of a round, in units of the clip", ylabel="nDCG@10 (95 %)")
    axes.legend()
    figure.savefig(path)
    plt.close(figure)


def read(folder: Path) -> Ratings:
    """Return the ratings of `folder`, an unpacked MovieLens set."""
    with (folder / "movies.csv").open(encoding="utf-8", newline="") as file:
        movies = list(csv.DictReader(file))
    number = {movie["movieId"]: place for place, movie in enumerate(movies)}
    names = sorted({genre for movie in movies for genre in movie["genres"].split("|")})
    genres = np.array([[float(name in movie["genres"].split("|")) for name in names] for movie in movies])
    years = np.array([_year(movie["title"]) for movie in movies])
    by_user: dict[str, list[tuple[float, int, float]]] = {}
    with (folder / "ratings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_user.setdefault(row["userId"], []).append(
                (float(row["timestamp"]), number[row["movieId"]], float(row["rating"]))
            )
    users = [np.array(sorted(rows)) for _, rows in sorted(by_user.items()) if len(rows) > 2 * HELD_OUT]
    return Ratings(
        tuple(rows[:, 1].astype(np.int64) for rows in users),
        tuple(rows[:, 0] for rows in users),
        tuple(rows[:, 2] for rows in users),
        years,
        genres,
    )


def _year(title: str) -> float:
    text = title.strip()[-5:-1]
    return float(text) if text.isdigit() else float("nan")


class Split:
    """What is known when each user's last ratings are not, and the signals that follow from it.

    Args:
        ratings: All of them.
        held: How many of the last ratings of every user are not known; the first five of those are the answers.
    """

    def __init__(self, ratings: Ratings, held: int) -> None:
        self.known = [items[:-held] for items in ratings.items]
        self.answers = [items[len(items) - held : len(items) - held + HELD_OUT] for items in ratings.items]
        size, people = len(ratings.years), len(self.known)
        seen = np.zeros((people, size))
        recent, counts, sums = np.zeros(size), np.zeros(size), np.zeros(size)
        latest = max(times[-held - 1] for times in ratings.times)
        for user, items in enumerate(self.known):
            seen[user, items] = 1.0
            age = latest - ratings.times[user][: len(items)]
            np.add.at(recent, items, 0.5 ** (age / RECENT_SECONDS))
            np.add.at(counts, items, 1.0)
            np.add.at(sums, items, ratings.values[user][: len(items)])
        norms = seen / np.sqrt(np.maximum(1.0, seen.sum(axis=1, keepdims=True)))
        alike = norms @ norms.T
        np.fill_diagonal(alike, 0.0)
        self._similar = (alike**2) @ seen
        self._genres = _unit(ratings.genres / np.log1p(ratings.genres.sum(axis=0)))
        self._years = np.nan_to_num(ratings.years, nan=float(np.nanmean(ratings.years)))
        mean = sums.sum() / counts.sum()
        quality = (sums + 10 * mean) / (counts + 10)
        self._common = [_scaled(np.log1p(counts)), _scaled(np.log1p(recent)), _scaled(quality)]

    def features(self, user: int) -> Floats:
        """Return the signals of every item for `user`, shape (items, d), 0 to 1."""
        items = self.known[user][-50:]
        popularity, recent, quality = self._common
        taste = _scaled(self._genres @ self._genres[items].mean(axis=0))
        year = 1 - np.minimum(1.0, np.abs(self._years - self._years[items].mean()) / 40)
        return np.column_stack([popularity, recent, _scaled(self._similar[user]), taste, year, quality])


def _comparisons(split: Split, user: int, draws: np.random.Generator) -> Floats:
    features = split.features(user)
    open_items = np.setdiff1d(np.arange(len(features)), np.concatenate([split.known[user], split.answers[user]]))
    others = draws.choice(open_items, (len(split.answers[user]), NEGATIVES))
    return np.vstack([features[item] - features[row] for item, row in zip(split.answers[user], others, strict=True)])


def _scores(split: Split, weights: Floats) -> list[float]:
    found = []
    for user, answers in enumerate(split.answers):
        score = np.round(split.features(user) @ weights, 9)
        score[split.known[user]] = -np.inf
        top = np.argsort(-score, kind="stable")[:10]
        found.append(ndcg([str(item) for item in top], dict.fromkeys(map(str, answers), 1.0)))
    return found


def _scaled(values: Floats) -> Floats:
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
