"""Two towers: histories and items from their content into one space, so that what is new has a score from the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog.columns import Rows
from shortlist_tools.ranking.collaborative.errors import InteractionsError
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.protocol import Scores
from shortlist_tools.ranking.collaborative.recency import Recency

Features = NDArray[np.float32]
"""Content of the items, of shape (items, dimensions)."""
BATCH = 512
CHECKED = 4_000
"""Pairs at most that are held out to know when to stop."""


@dataclass(frozen=True)
class Tower:
    """Linear towers under a sampled softmax: the score is `4 (W_u' h) · (W_i' f) + w · f`.

    `h` is the faded mean of the content of what the user had before, of length one; the loss tells the next item from
    sampled ones (Yi et al., 2019). A tenth of the pairs is held out; training stops when their loss rose twice, and the
    best weights are kept. Adam (Kingma and Ba, 2015), everything drawn from `seed`.

    Attributes:
        dimensions: Of the common space.
        inputs: Principal directions of the content that are learnt from.
        steps: Half-life of a history in items.
        epochs: At most.
        sampled: Other items a batch is told from.
        rate: Learning rate.
        l2: The ridge.
        seed: Of all draws.
    """

    dimensions: int = 64
    inputs: int = 128
    steps: float = 5.0
    epochs: int = 12
    sampled: int = 512
    rate: float = 2e-3
    l2: float = 1e-4
    seed: int = 20_260

    def fit(
        self, interactions: Interactions, features: Features, known: Rows | None = None,
        told: Callable[[int, float], None] = lambda epoch, loss: None,
    ) -> FittedTower:  # fmt: skip
        """Return the fitted towers.

        Args:
            interactions: The histories.
            features: Content of each item.
            known: Items to tell from; all that somebody chose, by default.
            told: Told each epoch and its loss on what is held out.

        Raises:
            InteractionsError: If the content of an item is no finite numbers.
        """
        check_features(features, interactions.items)
        basis = principal(features, self.inputs)
        content = project(features, basis)
        rows = interactions.where(interactions.chosen)
        histories, target = _pairs(rows, content, self.steps)
        others = np.flatnonzero(interactions.people > 0) if known is None else known
        user, item, bias = _descended(self, content, histories, target, others, told)
        return FittedTower(basis, user, item, bias, Recency(steps=self.steps))


@dataclass(frozen=True, eq=False)
class FittedTower:
    """The towers: `basis` (mean in the first row, then directions), `user` and `item` maps, `bias`."""

    basis: Features
    user: Features
    item: Features
    bias: Features
    recency: Recency = field(default_factory=lambda: Recency(steps=5.0))

    def item_vectors(self, content: Features) -> Features:
        """Return projected items in the common space, with what everybody likes of them in the last column."""
        return np.column_stack((SHARP * (content @ self.item), content @ self.bias)).astype(np.float32)

    def user_vectors(self, histories: Interactions, content: Features) -> Features:
        """Return histories in the common space, with 1 in the last column; zeros before it for an empty one.

        Args:
            histories: What users had.
            content: The projected items of the histories.
        """
        weights = np.clip(self.recency(histories), 0.0, None)
        mean = np.asarray(histories.matrix(weights) @ content, dtype=np.float32)
        return np.column_stack((_unit(mean) @ self.user, np.ones(histories.users))).astype(np.float32)

    def on(self, features: Features) -> TowerScores:
        """Return the model over items of these features."""
        return TowerScores(self, project(features, self.basis))


@dataclass(frozen=True, eq=False)
class TowerScores:
    """Fitted towers over the projected content of given items."""

    tower: FittedTower
    content: Features

    @cached_property
    def _items(self) -> Features:
        return self.tower.item_vectors(self.content)

    def scores(self, histories: Interactions) -> Scores:
        """Return the inner products of histories and items."""
        found: Scores = self.tower.user_vectors(histories, self.content) @ self._items.T
        return found

    def of_items(self, histories: Interactions, content: Features) -> Scores:
        """Return the inner products of histories and other items, given by their projected content."""
        users = self.tower.user_vectors(histories, self.content)
        found: Scores = users @ self.tower.item_vectors(content).T
        return found


SHARP = 4.0


def check_features(features: Features, items: tuple[str, ...]) -> None:
    """Raise InteractionsError unless there is one row of finite numbers for each item."""
    if features.ndim != 2 or len(features) != len(items):
        raise InteractionsError(f"content of {len(features)} items was given for {len(items)}")
    bad = np.flatnonzero(~np.isfinite(features).all(axis=1))
    if len(bad):
        raise InteractionsError(
            f"the content of {len(bad)} items is no finite numbers (the first is {items[bad[0]]!r:.60}): "
            "build their vectors anew before training"
        )


def principal(features: Features, most: int) -> Features:
    """Return the mean of `features`, and below it the directions in which they differ most, at most `most`."""
    mean = features.mean(axis=0, dtype=np.float64)
    centred = features - mean
    _, vectors = np.linalg.eigh(centred.T @ centred)
    found = vectors[:, ::-1][:, :most].T
    largest = np.take_along_axis(found, np.abs(found).argmax(axis=1)[:, None], axis=1)
    return np.vstack((mean, found * np.sign(largest))).astype(np.float32)


def project(features: Features, basis: Features) -> Features:
    """Return `features` along the basis, each of length one."""
    return _unit((features - basis[0]) @ basis[1:].T)


def _unit(rows: Features) -> Features:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 1e-9, length, 1.0), dtype=np.float32)


def _pairs(rows: Interactions, content: Features, steps: float) -> tuple[Features, Rows]:
    """Return the faded mean of what came before each row that has something before it, and the row's item."""
    before = np.zeros((len(rows), content.shape[1]), dtype=np.float32)
    fade = np.float32(0.5 ** (1.0 / steps))
    for place in range(1, len(rows)):
        if rows.user[place] == rows.user[place - 1]:
            before[place] = fade * before[place - 1] + content[rows.item[place - 1]]
    kept = np.zeros(len(rows), dtype=np.bool_)
    kept[1:] = rows.user[1:] == rows.user[:-1]
    return _unit(before[kept]), rows.item[kept]


def _descended(
    recipe: Tower, content: Features, histories: Features, target: Rows, others: Rows,
    told: Callable[[int, float], None],
) -> list[Features]:  # fmt: skip
    draws = np.random.default_rng(recipe.seed)
    inputs = content.shape[1]
    start = draws.normal(0.0, 1.0 / np.sqrt(max(inputs, 1)), (inputs, recipe.dimensions)).astype(np.float32)
    weights = [start, start.copy(), np.zeros(inputs, dtype=np.float32)]
    order = draws.permutation(len(target))
    aside, order = np.split(order, [min(CHECKED, len(order) // 10)])
    if not len(aside) or len(others) < 2:
        return weights
    moments = [np.zeros_like(one) for one in (*weights, *weights)]
    checked = draws.choice(others, min(recipe.sampled, len(others)), replace=False)
    best, best_weights, worse, step = np.inf, [one.copy() for one in weights], 0, 0
    for epoch in range(recipe.epochs):
        draws.shuffle(order)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            sampled = draws.choice(others, min(recipe.sampled, len(others)), replace=False)
            _, slopes = _loss(weights, content, histories[batch], target[batch], sampled, len(others))
            step += 1
            _adam(weights, slopes, moments, step, recipe)
        loss, _ = _loss(weights, content, histories[aside], target[aside], checked, len(others))
        told(epoch, loss)
        worse = 0 if loss < best else worse + 1
        if loss < best:
            best, best_weights = loss, [one.copy() for one in weights]
        if worse == 2:
            break
    return best_weights


def _loss(
    weights: list[Features], content: Features, histories: Features, target: Rows, sampled: Rows, total: int
) -> tuple[float, list[Features]]:
    """Return the mean softmax loss, sampled items standing for all `total`, and its slopes by the weights."""
    user, item, bias = weights
    right, wrong = content[target], content[sampled]
    users, rights, wrongs = histories @ user, right @ item, wrong @ item
    score_right = SHARP * np.einsum("bd,bd->b", users, rights) + right @ bias
    score_wrong = SHARP * (users @ wrongs.T) + wrong @ bias + np.float32(np.log(total / len(sampled)))
    score_wrong[target[:, None] == sampled[None, :]] = -1e9
    peak = np.maximum(score_right, score_wrong.max(axis=1))
    exp_right, exp_wrong = np.exp(score_right - peak), np.exp(score_wrong - peak[:, None])
    partition = exp_right + exp_wrong.sum(axis=1)
    loss = float(np.mean(np.log(partition) + peak - score_right))
    slope_right = (exp_right / partition - 1.0) / len(target)
    slope_wrong = exp_wrong / partition[:, None] / len(target)
    slope_users = SHARP * (slope_right[:, None] * rights + slope_wrong @ wrongs)
    slopes = [
        histories.T @ slope_users,
        SHARP * (right.T @ (slope_right[:, None] * users) + wrong.T @ (slope_wrong.T @ users)),
        right.T @ slope_right + wrong.T @ slope_wrong.sum(axis=0),
    ]
    return loss, slopes


def _adam(weights: list[Features], slopes: list[Features], moments: list[Features], step: int, recipe: Tower) -> None:
    for place, (weight, plain) in enumerate(zip(weights, slopes, strict=True)):
        slope = plain + recipe.l2 * weight
        first, second = moments[place], moments[place + len(weights)]
        first += 0.1 * (slope - first)
        second += 0.001 * (slope * slope - second)
        weight[...] -= recipe.rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
