"""What was learned changes in the ranking of this turn: from everybody, from the like-minded, from one's reactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shortlist.turn.state import Services, Session, rejected
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event, ProfileSummary, used
from shortlist_tools.ranking import Person, Weights
from shortlist_tools.ranking.feedback import Shown, Slate, join, learn

if TYPE_CHECKING:
    from shortlist_tools.ranking.collaborative import Features
    from shortlist_tools.search import Searcher

REACTIONS = ("liked", "added", "bought", "shared", "watched", "dismissed", "returned")


def weights_of(services: Services) -> Weights:
    """Return everybody's weights: those that the trained model in force learned, else those of no training."""
    model = services.models.serving() if services.models is not None else None
    return model.card.fusion.weights if model is not None and model.card.fusion is not None else services.weights


def outside_signals(services: Services, user: str | None, rows: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return the signals of `rows` that a trained model gives for `user`, to be ranked with, by name.

    Empty without a model, and where nothing that the user did may be used: then what is popular is a signal anyway.
    """
    model = services.models.serving() if services.models is not None else None
    if model is None or user is None or len(rows) == 0:
        return {}
    with services.store.read() as connection:
        events = used(connection, user).events(connection)
    known = {event.item_id for event in events} & set(services.snapshot.row_of)
    if not known:
        return {}
    new = model.newcomers(services.snapshot)
    vectors = vectors_of(services.snapshot, services.searcher, new) if new else None
    return {"collaborative": model.collaborative_scores(services.snapshot, events, vectors)[rows]}


def vectors_of(snapshot: Snapshot, searcher: Searcher, names: Sequence[str]) -> dict[str, Features]:
    """Return the vectors of those items of `names` that the search has one of."""
    nearest = searcher.nearest()
    if nearest is None:
        return {}
    built = nearest.built
    return {name: np.asarray(built.matrix[built.row_of[name]], np.float32) for name in names if name in built.row_of}


def person_of(services: Services, session: Session, profile: ProfileSummary, plan: TurnPlan) -> Person:
    """Return how the person's weights differ, from what they did with what they were shown; nobody's where nothing is.

    Only reactions that the summary of the profile holds are used, so that consent and erasure reach what is learned:
    nothing of it is kept. What this turn turns down counts already.
    """
    if not services.settings.learning:
        return Person()
    now = services.clock()
    told = [(kind, item) for kind in REACTIONS for item in profile.seen.get(kind, ())]
    told += [("dismissed", item) for item in (*session.turned_down, *rejected(plan, session))]
    told += [(kind, item) for kind, item in plan.feedback]
    if not told:
        return Person()
    events = [Event(kind=kind, item_id=item, time=now) for kind, item in dict.fromkeys(told)]
    slates = _slates(services, session, {item for _, item in told})
    return learn(services.snapshot, join(slates, events).answered, weights_of(services))


def slate_of(items: Iterable[Mapping[str, Any]], created: float, session: str | None = None) -> Slate:
    """Return the items that a stored reply showed, as they were measured."""
    shown = tuple(Shown(one["id"], one["signals"]) for one in items if one.get("signals"))
    return Slate(shown, created, session)


def _slates(services: Services, session: Session, items: set[str]) -> list[Slate]:
    """Return the slates of this person that showed any of `items`."""
    found = [slate_of(*showing) for showing in services.past.showings(session)]
    return [slate for slate in found if any(one.id in items for one in slate.items)]
