"""A person as vectors in the catalog's embedding space: lasting taste, recent taste, and each interest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.builder.standouts import places_of
from shortlist_tools.profile.builder.units import Units, faded, units_of, visits_of
from shortlist_tools.profile.builder.whom import is_for_others
from shortlist_tools.profile.model import Interest
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.statistics import Statistics
from shortlist_tools.search.embedders import Vectors

RECENT_DAYS = 14.0
"""The half-life of recent taste."""
AGAINST = 0.5
"""How far what was turned down pushes away."""


@dataclass(frozen=True, eq=False)
class ProfileVectors:
    """Vectors of length one, each of the embedding's dimensions; None where nothing is known.

    Attributes:
        long_term: What the person turns to, over months, away from what was turned down.
        recent: The same over the last weeks.
        interests: By id of the interest, the items behind it.
    """

    long_term: Vectors | None
    recent: Vectors | None
    interests: Mapping[str, Vectors]


def vectors_of(
    statistics: Statistics,
    interests: Sequence[Interest],
    snapshot: Snapshot,
    ids: Sequence[str],
    matrix: NDArray[np.floating],
    now: float,
) -> ProfileVectors:
    """Return the vectors of a person as seen at `now` (Unix seconds).

    Args:
        statistics: The person's events; visits for somebody else are left out.
        interests: Those of the person's profile.
        snapshot: The catalog.
        ids: The items that have vectors; others are passed over.
        matrix: Their vectors, of shape (len(ids), dimensions), as the search index keeps them.
        now: The moment.
    """
    place = {name: number for number, name in enumerate(ids)}
    visits = [visit for visit in visits_of(statistics.acts) if not is_for_others(visit)]
    liked, against = units_of(visits, snapshot, now), units_of(visits, snapshot, now, against=True)

    def mean(units: Units, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = [place.get(snapshot.ids[row], -1) for row in units.rows.tolist()]
        known = [number for number, row in enumerate(rows) if row >= 0]
        vectors = np.asarray(matrix[[rows[number] for number in known]], dtype=np.float64).reshape(-1, matrix.shape[1])
        total = float(weights[known].sum())
        found: NDArray[np.float64] = weights[known] @ vectors / total if total > 0 else np.zeros(matrix.shape[1])
        return found

    def taste(half_life_days: float) -> Vectors | None:
        towards = mean(liked, liked.plain * faded(liked.times, now, half_life_days))
        away = mean(against, against.plain * faded(against.times, now, half_life_days))
        return _unit(towards - AGAINST * away)

    index = pair_index(snapshot)
    found: dict[str, Vectors] = {}
    for each in interests:
        code = index.code_of.get((each.field, str(each.value)))
        own = liked.take(places_of(liked, index, code)) if code is not None else None
        vector = _unit(mean(own, own.weights)) if own is not None and len(own) else None
        if vector is not None:
            found[each.id] = vector
    return ProfileVectors(taste(180.0), taste(RECENT_DAYS), found)


def _unit(vector: NDArray[np.float64]) -> Vectors | None:
    length = float(np.linalg.norm(vector))
    return (vector / length).astype(np.float32) if length > 1e-9 else None
