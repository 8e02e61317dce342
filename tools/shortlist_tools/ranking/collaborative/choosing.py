"""Finding the settings of our model on a validation split: each is tried on what users chose last before the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np

from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.ranking.collaborative.ease import Ease, FittedEase, ease_weights
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.item_item import FittedItems, ItemItem
from shortlist_tools.ranking.collaborative.ours import Ours, Settings
from shortlist_tools.ranking.collaborative.popular import Popular, RecentPopular
from shortlist_tools.ranking.collaborative.protocol import Fitted, Scores, standard
from shortlist_tools.ranking.collaborative.recency import Recency
from shortlist_tools.ranking.collaborative.successions import Successions
from shortlist_tools.ranking.collaborative.tower import Features, Tower
from shortlist_tools.ranking.collaborative.validation import Split, mean_ndcg, ndcg_of, split_last
from shortlist_tools.ranking.collaborative.validation import best as best_of

HALF_LIVES: tuple[tuple[float | None, float | None], ...] = (
    (None, None), (None, 1.0), (None, 30.0), (None, 365.0), (3.0, None), (5.0, None), (8.0, None), (15.0, None),
    (40.0, None), (5.0, 365.0),
)  # fmt: skip
"""Half-lives that are tried: in steps and in days; each may be None."""
RIDGES = (300.0, 100.0, 1_000.0)
FEW_RIDGES = (30.0, 10.0, 100.0, 300.0)
FEW = 300
"""Below so many users the smaller ridges are tried: a ridge is of the size of the counts of people."""
OPINIONS = (0.0, 0.1, 0.2, 0.3)
USERS = 1_000
"""Users that settings are judged by at most."""
T = TypeVar("T")
CELLS = 20_000_000
"""Users times items that are scored at once."""
Told = Callable[[str, float], None]
"""Told what was tried and its nDCG@10 on the validation split."""


class Chosen(NamedTuple):
    """Settings, and what they and popularity alone give on the validation split.

    Attributes:
        settings: What was chosen.
        values: nDCG@10 of each user.
        popular: The same of popularity alone.
        history: How many items were known of each user.
    """

    settings: Settings
    values: Floats
    popular: Floats
    history: Rows

    @property
    def ndcg(self) -> float:
        """The mean nDCG@10; 0 where nothing could be held out."""
        return float(self.values.mean()) if len(self.values) else 0.0


class Chooser:
    """Tries settings on one validation split, within the interactions it is given.

    Args:
        interactions: All that may be learnt from; what each user chose last of it is held out here.
        told: Told of each try.
    """

    def __init__(self, interactions: Interactions, told: Told = lambda what, ndcg: None) -> None:
        self.fitted, held_out = split_last(interactions)
        users = np.flatnonzero(np.bincount(held_out.user, minlength=held_out.users))
        most = max(20, min(USERS, CELLS // max(1, len(interactions.items))))
        users = users[:: max(1, -(-len(users) // most))]
        self.split = Split(self.fitted.of_users(users), held_out.of_users(users))
        self._told = told
        self._kept: tuple[float, Scores] | None = None

    def ease(self, recent: bool = True) -> Ease:
        """Return EASE with the ridge and, if `recent`, the half-lives under which it ranks best."""
        recency, ridges = Recency(), RIDGES if self.fitted.users >= FEW else FEW_RIDGES
        if recent:
            weights = self._weights(ridges[0])
            tried = [Recency(steps, days) for steps, days in HALF_LIVES]
            recency = self._best("ease", tried, lambda one: FittedEase(weights, one))
        ridge = self._best("ease ridge", ridges, lambda one: FittedEase(self._weights(one), recency))
        return Ease(ridge, recency)

    def opinionated(self, ease: Ease, opinions: Iterable[float] = OPINIONS) -> Ease:
        """Return `ease` with what a user's opinion of an item counts best."""
        weights = self._weights(ease.l2)
        tried = [replace(ease.recency, opinion=one) for one in opinions]
        return replace(ease, recency=self._best("ease opinion", tried, lambda one: FittedEase(weights, one)))

    def popular_days(self) -> float:
        """Return the half-life in days under which what is popular lately ranks best."""
        return self._best("popular days", (30.0, 90.0, 365.0, 1_000.0), lambda one: RecentPopular(one).fit(self.fitted))

    def item_item(self) -> ItemItem:
        """Return the number of neighbours and the half-life under which item-kNN ranks best."""
        recipe = ItemItem(recency=Recency(steps=5.0))
        counts = [replace(recipe, neighbours=one) for one in (50, 200)]
        return self._best("item-knn", [*counts, ItemItem()], lambda one: one.fit(self.fitted))

    def _weights(self, ridge: float) -> Scores:
        if self._kept is None or self._kept[0] != ridge:
            self._kept = (ridge, ease_weights(self.fitted, ridge))
        return self._kept[1]

    def successions(self) -> Successions:
        """Return the damping, the half-life and the opinion under which successions rank best."""
        recipe = Successions()
        tried = [replace(recipe, damping=damping) for damping in (0.0, 0.15, 0.3)]
        recipe = self._best("successions", tried, lambda one: one.fit(self.fitted))
        weights = recipe.fit(self.fitted).weights
        steps = [Recency(one) for one in (2.0, 3.0, 5.0, 8.0, 15.0)]
        recency = self._best("successions", steps, lambda one: FittedItems(weights, one))
        tried_too = [replace(recency, opinion=one) for one in OPINIONS]
        recency = self._best("successions", tried_too, lambda one: FittedItems(weights, one))
        return replace(recipe, recency=recency)

    def mix(self, settings: Settings, features: Features | None = None, tower: Tower | None = None) -> Chosen:
        """Return `settings` with the weights under which the sum of their parts ranks best, found one after another."""
        parts = parts_of(self.fitted, settings, features, tower)
        each = {name: standard(part.scores(self.split.fitted)) for name, part in parts.items()}
        mix = replace(settings.mix, **{name: 0.0 for name in ("content", "popular") if name not in each})
        known = self.fitted.people > 0
        best = mean_ndcg(Ours(parts, mix, known).mixed(each), self.split)
        tried: dict[str, tuple[float, ...]] = {
            "successions": (0.0, 0.5, 1.0, 1.5, 2.0), "content": (0.0, 0.1, 0.2, 0.4), "popular": (0.0, 0.1, 0.2),
        }  # fmt: skip
        for name, values in tried.items():
            for value in values if name in each else ():
                one = replace(mix, **{name: value})
                ndcg = mean_ndcg(Ours(parts, one, known).mixed(each), self.split)
                self._told(f"mix {name} {value:g}", ndcg)
                if ndcg > best:
                    mix, best = one, ndcg
        final = Ours(parts, mix, known).mixed(each)
        popular = each["popular"]
        ours, plain = (ndcg_of(best_of(one, self.split.fitted), self.split.held_out) for one in (final, popular))
        return Chosen(replace(settings, mix=mix), ours, plain, np.diff(self.split.fitted.starts))

    def _best(self, what: str, tried: Iterable[T], fit: Callable[[T], Fitted]) -> T:
        """Return the first of `tried` with which the model ranks best."""
        found: list[tuple[float, T]] = []
        for one in tried:
            found.append((judged(fit(one), self.split), one))
            self._told(f"{what} {one}", found[-1][0])
        return max(found, key=lambda pair: pair[0])[1]


def parts_of(
    interactions: Interactions, settings: Settings, features: Features | None = None, tower: Tower | None = None,
    told: Callable[[int, float], None] = lambda epoch, loss: None,
) -> dict[str, Fitted]:  # fmt: skip
    """Return the fitted parts of our model by name; content only where the items have some.

    Args:
        interactions: What is learnt from.
        settings: Of the parts.
        features: Content of the items.
        tower: How content is learnt from.
        told: Told each epoch of that and its loss.
    """
    parts: dict[str, Fitted] = {
        "ease": settings.ease.fit(interactions),
        "successions": settings.successions.fit(interactions),
        "popular": Popular().fit(interactions),
    }
    if features is not None:
        parts["content"] = (tower or Tower()).fit(interactions, features, told=told).on(features)
    return parts


def fit_ours(
    interactions: Interactions, settings: Settings, features: Features | None = None, tower: Tower | None = None
) -> Ours:
    """Return our model fitted on `interactions` with these settings."""
    parts = parts_of(interactions, settings, features, tower)
    return Ours(parts, settings.mix, interactions.people > 0)


def judged(model: Fitted, split: Split) -> float:
    """Return the mean nDCG@10 of a fitted model on a split."""
    scores: Scores = model.scores(split.fitted)
    return mean_ndcg(scores, split)
