"""The models that are compared, each with what a validation split inside the training ratings chose for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from shortlist_evals.movielens.ratings import HELD_OUT, Ratings
from shortlist_tools.catalog.columns import Bools
from shortlist_tools.ranking.collaborative import (
    Als,
    Chooser,
    Features,
    Interactions,
    Ours,
    Popular,
    Recency,
    RecentPopular,
    Recipe,
    Scores,
    Settings,
    Split,
    TrainingError,
    fit_ours,
    interactions_from,
)
from shortlist_tools.ranking.collaborative.choosing import OPINIONS
from shortlist_tools.ranking.collaborative.ease import FittedEase
from shortlist_tools.ranking.training import Options, only_shared

STRONG, OURS = "ease-recent", "ours"
PEOPLE = (2, 3, 5)
"""How many users a kept pair of items must have behind it, in the rows that show what that costs."""
Told = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Compared:
    """Scores of all models for the users of a split.

    Attributes:
        split: What was fitted on and what was held out.
        scores: By model, of shape (users, items).
        ours: Our fitted model.
        chosen: What the validation split chose, and its nDCG@10 there.
        missing: Why a model is not there, by model.
    """

    split: Split
    scores: dict[str, Scores]
    ours: Ours
    chosen: dict[str, Any]
    missing: dict[str, str]


def split_of(ratings: Ratings) -> Split:
    """Return all but the last five ratings of each user, and these five."""
    weight = 4.0 * (ratings.value / 5.0 - 0.6)

    def part(kept: Bools) -> Interactions:
        columns = (ratings.user[kept], ratings.item[kept], weight[kept], ratings.time[kept])
        return interactions_from(ratings.items, ratings.users, *columns)

    return Split(part(ratings.place >= HELD_OUT), part(ratings.place < HELD_OUT))


def compared(split: Split, vectors: Features, told: Told) -> Compared:
    """Fit every model on `split.fitted` and return the scores of all items for all users."""
    fitted = split.fitted
    tried: dict[str, float] = {}

    def note(what: str, ndcg: float) -> None:
        tried[what] = round(ndcg, 4)
        told(f"{what}: {ndcg:.4f} on the validation split")

    chooser = Chooser(fitted, note)
    plain, strong = chooser.ease(recent=False), chooser.ease()
    settings = Settings(ease=chooser.opinionated(strong, OPINIONS), successions=chooser.successions())
    ours = chooser.mix(settings, vectors)
    scores: dict[str, Scores] = {}
    missing: dict[str, str] = {}
    recent = RecentPopular(chooser.popular_days())
    recipes: dict[str, Recipe] = {"popular": Popular(), "popular-recent": recent, "item-knn": chooser.item_item(),
                         "als": Als(recency=Recency(steps=strong.recency.steps))}  # fmt: skip
    for name, recipe in recipes.items():
        told(name)
        try:
            scores[name] = recipe.fit(fitted).scores(fitted)
        except TrainingError as error:
            missing[name] = str(error)
    told("ours")
    model = fit_ours(fitted, ours.settings, vectors)
    own = model.parts["ease"]
    for name, recipe in (("ease", plain), (STRONG, strong)):
        same = isinstance(own, FittedEase) and replace(recipe, recency=own.recency) == ours.settings.ease
        weights = own.weights if isinstance(own, FittedEase) and same else recipe.fit(fitted).weights
        scores[name] = FittedEase(weights, recipe.recency).scores(fitted)
    scores["successions"] = model.parts["successions"].scores(fitted)
    scores["towers"] = model.parts["content"].scores(fitted)
    scores[OURS] = model.scores(fitted)
    for people in PEOPLE:
        told(f"ours, shared by {people}")
        scores[f"ours-shared-{people}"] = only_shared(model, fitted, Options(people=people)).scores(fitted)
    chosen = {"ease": asdict(plain), STRONG: asdict(strong), OURS: asdict(ours.settings), "recent": asdict(recent),
              "validation_ndcg": round(ours.ndcg, 4), "tried": tried}  # fmt: skip
    return Compared(split, scores, model, chosen, missing)
