"""Cold starts: which path a ranking takes where a person, an item or a whole catalog is new, and what carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import ProfileSummary

Path = Literal["known", "new_user", "new_catalog"]
LEAST_EVENTS = 3
"""Events from which a person counts as known."""
LEAST_REVIEWED = 0.05
"""Share of items somebody must have rated, reviewed or counted for a catalog to be known."""


@dataclass(frozen=True)
class Carried:
    """What a path rests on, and what it cannot have.

    Attributes:
        by: Signals that carry the ranking.
        without: Signals that say nothing yet.
    """

    by: tuple[str, ...]
    without: tuple[str, ...]


PATHS: Mapping[Path, Carried] = {
    "known": Carried(("request", "wishes", "superlative", "affinity", "collaborative", "quality", "popularity"), ()),
    "new_user": Carried(
        ("request", "wishes", "superlative", "quality", "popularity"), ("affinity", "collaborative", "novelty")
    ),
    "new_catalog": Carried(
        ("request", "wishes", "superlative", "slack", "price_fit", "freshness"),
        ("affinity", "collaborative", "quality", "popularity"),
    ),
}


def path_of(snapshot: Snapshot, profile: ProfileSummary | None) -> Path:
    """Return which path the ranking takes; a new catalog comes before a new user, since it is new to all."""
    if new_items(snapshot).mean() > 1.0 - LEAST_REVIEWED if len(snapshot) else True:
        return "new_catalog"
    return "new_user" if profile is None or profile.events < LEAST_EVENTS else "known"


def new_items(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which items nobody has rated, reviewed or counted yet, shape (n,).

    They have the quality of the mean (it is shrunk towards it) and no popularity; what brings them up is the request,
    `freshness` where it has a weight, a share of attention declared for them, and exploration.
    """
    known = np.zeros(len(snapshot), dtype=np.bool_)
    for role in ("rating", "popularity"):
        field = snapshot.schema.role(role)
        if field is not None and field.kind == "number":
            known |= np.nan_to_num(snapshot.numbers(field.name), nan=0.0) > 0
    return ~known
