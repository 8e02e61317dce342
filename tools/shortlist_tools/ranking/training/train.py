"""Fitting the shared model on the recorded events: settings chosen on what came last, then all, then published."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.ranking.collaborative import (
    Chooser,
    Chosen,
    Ease,
    Features,
    FittedEase,
    FittedItems,
    FittedPopular,
    Interactions,
    Ours,
    Settings,
    Tower,
    TrainingError,
    check_features,
    parts_of,
    shared,
)
from shortlist_tools.ranking.feedback import Answered
from shortlist_tools.ranking.fusion import FusionModel
from shortlist_tools.ranking.fusion import train as learn_weights
from shortlist_tools.ranking.training.card import Card, Slice
from shortlist_tools.ranking.training.gathering import gathered
from shortlist_tools.ranking.training.models import Models
from shortlist_tools.ranking.training.shared_model import SharedModel
from shortlist_tools.store import Store

THREADS = 2
"""Of the matrix products: with another number the last digits may differ."""
TRIES = 45
"""Settings that are tried, about."""
LEAST_SLATES, LEAST_LIKED = 200, 100
"""Logged slates, and likings on them, from which everybody's weights are learned; with fewer they stay as they are."""
SLICES = ((5, "1 to 5 items"), (20, "6 to 20 items"), (1_000_000_000, "more than 20 items"))
Progress = Callable[[str, int, int], None]
"""Told the stage (`events`, `settings`, `towers`, `model`), how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Options:
    """How to train.

    Attributes:
        people: Users who must stand behind every item and every pair of items that is kept, at least 2.
        neighbours: Pairs that are kept of each item.
        most_items: Catalogs with more items that somebody chose have item-kNN in place of EASE.
        seed: Of all draws.
    """

    people: int = 3
    neighbours: int = 400
    most_items: int = 20_000
    seed: int = 20_260

    def __post_init__(self) -> None:
        if self.people < 2 or self.neighbours < 1:
            raise TrainingError(
                f"at least 2 users must stand behind what is kept (got {self.people}), and 1 neighbour of an item "
                f"(got {self.neighbours})"
            )


def train(
    store: Store, snapshot: Snapshot, models: Models, vectors: Features | None = None, options: Options | None = None,
    progress: Progress = lambda stage, done, total: None, answered: Sequence[Answered] = (),
) -> Card:  # fmt: skip
    """Fit a model on the events of everybody who allows it, publish it in `models`, and return its card.

    Until it is published, and if the process is killed before, the model in force goes on serving.

    Args:
        store: Where the events are.
        snapshot: The catalog; events with items that left it are passed over.
        models: Where to.
        vectors: Content of each row of the snapshot, so that new items have scores; without it they have none.
        options: How to train.
        progress: Told how far it is.
        answered: Logged slates with the reactions to them, which everybody's weights are learned from if they suffice.

    Raises:
        TrainingError: If there is nothing to learn from, or another process is training.
        InteractionsError: If `vectors` hold something else than finite numbers.
    """
    from threadpoolctl import threadpool_limits

    options = options or Options()
    if vectors is not None:
        check_features(vectors, snapshot.ids)
    with models.training(), threadpool_limits(THREADS, "blas"):
        interactions = gathered(store, snapshot, lambda done, total: progress("events", done, total))
        chosen = choose(interactions, vectors, options, progress)
        model = fit(interactions, chosen, vectors, options, progress)
        card = model.card.model_copy(update={"fusion": learned_weights(answered)})
        return models.publish(replace(model, card=card))


def learned_weights(answered: Sequence[Answered]) -> FusionModel | None:
    """Return everybody's weights as logged slates teach them; None where there are fewer than a fit needs."""
    liked = sum(value > 0 for one in answered for value in one.worth.values())
    if len(answered) < LEAST_SLATES or liked < LEAST_LIKED:
        return None
    try:
        return learn_weights(answered)
    except ValueError:  # everything that was shown was liked
        return None


def choose(
    interactions: Interactions, vectors: Features | None, options: Options,
    progress: Progress = lambda stage, done, total: None,
) -> Chosen:  # fmt: skip
    """Return the settings that rank best what each user chose last.

    Raises:
        TrainingError: If fewer users than must stand behind what is kept have chosen anything.
    """
    users = int((np.bincount(interactions.user, interactions.chosen, minlength=interactions.users) > 0).sum())
    if users < options.people:
        raise TrainingError(
            f"{users} users have turned to items of this catalog, and {options.people} must stand behind what a model "
            "keeps: record or import more events, then train again"
        )
    tries = 0

    def told(_what: str, _ndcg: float) -> None:
        nonlocal tries
        tries = min(tries + 1, TRIES)
        progress("settings", tries, TRIES)

    chooser = Chooser(interactions, told)
    large = int((interactions.people > 0).sum()) > options.most_items
    first = chooser.item_item() if large else chooser.opinionated(chooser.ease())
    settings = Settings(ease=first, successions=chooser.successions())
    found = chooser.mix(settings, vectors, Tower(seed=options.seed))
    progress("settings", TRIES, TRIES)
    return found


def fit(
    interactions: Interactions, chosen: Chosen, vectors: Features | None, options: Options,
    progress: Progress = lambda stage, done, total: None,
) -> SharedModel:  # fmt: skip
    """Return the model fitted on everything, with only what enough people stand behind left in it."""
    progress("model", 0, 3)
    tower = Tower(seed=options.seed)
    parts = parts_of(
        interactions, chosen.settings, vectors, tower,
        lambda epoch, loss: progress("towers", epoch + 1, tower.epochs),
    )  # fmt: skip
    ours = Ours(parts, chosen.settings.mix, interactions.people > 0)
    progress("model", 1, 3)
    kept = only_shared(ours, interactions, options)
    progress("model", 2, 3)
    pairs = sum(part.weights.nnz for part in kept.parts.values() if isinstance(part, FittedItems))
    popular = float(chosen.popular.mean()) if len(chosen.popular) else 0.0
    card = Card(
        method="ease" if isinstance(chosen.settings.ease, Ease) else "item-item",
        users=len(np.unique(interactions.user)),
        items=int(kept.known.sum()),
        interactions=len(interactions),
        first=_day(interactions.time.min()) if len(interactions) else None,
        last=_day(interactions.time.max()) if len(interactions) else None,
        people=options.people,
        pairs=int(pairs),
        ndcg=round(chosen.ndcg, 4),
        popular=round(popular, 4),
        slices=_slices(chosen),
        settings=_flat(asdict(chosen.settings)),
        seed=options.seed,
    )
    progress("model", 3, 3)
    return SharedModel(interactions.items, kept, card)


def only_shared(ours: Ours, interactions: Interactions, options: Options) -> Ours:
    """Return the model without items and pairs of items that fewer than `options.people` users chose."""
    few = interactions.people < options.people
    parts = dict(ours.parts)
    for name in ("ease", "successions"):
        part = parts[name]
        assert isinstance(part, FittedEase | FittedItems)
        cut = shared(part.weights, interactions, options.people, options.neighbours)
        parts[name] = FittedItems(cut, part.recency)
    parts["popular"] = FittedPopular(np.where(few, 0.0, np.log1p(interactions.people)).astype(np.float32))
    return replace(ours, parts=parts, known=~few)


def _slices(chosen: Chosen) -> tuple[Slice, ...]:
    found, low = [], 0
    for high, name in SLICES:
        there = (chosen.history > low) & (chosen.history <= high)
        if there.any():
            means = (round(float(values[there].mean()), 4) for values in (chosen.values, chosen.popular))
            ndcg, popular = means
            found.append(Slice(name=name, users=int(there.sum()), ndcg=ndcg, popular=popular))
        low = high
    return tuple(found)


def _flat(values: dict[str, Any], before: str = "") -> dict[str, float | int | str | None]:
    found: dict[str, float | int | str | None] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def _day(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(float(seconds), datetime.UTC).date().isoformat()
