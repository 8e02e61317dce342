"""All signals of one request in one pass: an array over the candidates for each, 0 to 1, NaN never."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking.signals.arrays import Rows, Scores, scaled
from shortlist_tools.ranking.signals.items import freshness, standing
from shortlist_tools.ranking.signals.persons import affinity, novelty, price_fit
from shortlist_tools.ranking.signals.requests import request_match, slack, superlatives, wishes

SIGNALS = (
    "request",
    "wishes",
    "superlative",
    "slack",
    "affinity",
    "collaborative",
    "price_fit",
    "quality",
    "freshness",
    "popularity",
    "novelty",
    "offer",
)
"""Every signal; more of one is never worse. `affinity` reaches from -1 to 1, the others from 0 to 1."""
GIVEN = frozenset({"collaborative", "offer"})
"""Signals that come from outside, such as a trained model; they are scaled to the candidates of the request."""


@dataclass(frozen=True, eq=False)
class Request:
    """What candidates are measured against.

    Attributes:
        relevance: How well each row matches the words, shape (n,), any non-negative scale.
        soft: Soft requirements; hard ones have been applied already.
        hard: The hard ones, for the room they leave.
        profile: The user's summary, if personal ranking is wanted.
        given: Signals of `GIVEN` by name, shape (n,), any scale; NaN where a model knows nothing of an item.
    """

    relevance: Scores
    soft: Sequence[Requirement] = ()
    hard: Sequence[Requirement] = ()
    profile: ProfileSummary | None = None
    given: Mapping[str, Scores] = field(default_factory=dict)


def measure(snapshot: Snapshot, rows: Rows, request: Request, names: Collection[str] = SIGNALS) -> dict[str, Scores]:
    """Return those signals of `names` that say anything of `rows` in this request, each of shape (n,).

    Raises:
        ValueError: If a given signal is not one of `GIVEN`, or has another length than `rows`.
    """
    _check(request, len(rows))
    personal = request.profile if request.profile is not None and request.profile.affinities else None
    measures: dict[str, Callable[[], Scores]] = {
        "request": lambda: request_match(request.relevance),
        "wishes": lambda: wishes(snapshot, rows, request.soft),
        "superlative": lambda: superlatives(snapshot, rows, request.soft),
        "slack": lambda: slack(snapshot, rows, [*request.hard, *request.soft]),
        "price_fit": lambda: price_fit(snapshot, rows, request.profile),
        "quality": lambda: standing(snapshot)[0][rows],
        "freshness": lambda: freshness(snapshot)[rows],
        "popularity": lambda: standing(snapshot)[1][rows],
        "novelty": lambda: novelty(snapshot, rows, request.profile),
    }
    if personal is not None:
        measures["affinity"] = lambda: affinity(snapshot, rows, personal)
    found = {name: measures[name]() for name in measures if name in names}
    return found | {name: scaled(values) for name, values in request.given.items() if name in names}


def _check(request: Request, size: int) -> None:
    unknown = sorted(set(request.given) - GIVEN)
    if unknown:
        raise ValueError(f"no signal can be given as {', '.join(unknown)}; those that can: {', '.join(sorted(GIVEN))}")
    wrong = [name for name, values in request.given.items() if np.shape(values) != (size,)]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: one value a candidate is wanted, {size} in all")
