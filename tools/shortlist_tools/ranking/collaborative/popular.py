"""What everybody turns to: over all time, or lately as seen at the user's own last moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.protocol import Scores
from shortlist_tools.ranking.collaborative.recency import DAY


@dataclass(frozen=True)
class Popular:
    """Scores an item by how many users turned to it."""

    def fit(self, interactions: Interactions) -> FittedPopular:
        """Return the counts."""
        return FittedPopular(np.log1p(interactions.people).astype(np.float32))


@dataclass(frozen=True, eq=False)
class FittedPopular:
    """The same score for everybody: `log(1 + users)` by item."""

    score: Scores

    def scores(self, histories: Interactions) -> Scores:
        """Return the same row for each history."""
        return np.tile(self.score, (histories.users, 1))


@dataclass(frozen=True)
class RecentPopular:
    """Scores an item by how many turned to it before the user's own last event, each fading with its age.

    Nothing that others did later counts, so that no future leaks into the past.

    Attributes:
        days: The half-life.
    """

    days: float = 90.0

    def fit(self, interactions: Interactions) -> FittedRecent:
        """Return what is chosen, by time."""
        rows = interactions.where(interactions.chosen)
        order = np.argsort(rows.time, kind="stable")
        return FittedRecent(len(rows.items), rows.item[order], rows.time[order], self.days * DAY)


@dataclass(frozen=True, eq=False)
class FittedRecent:
    """What was chosen in the order of time; `half_life` in seconds."""

    items: int
    item: Rows
    time: Floats
    half_life: float

    def scores(self, histories: Interactions) -> Scores:
        """Return `log(1 + faded count)` at each user's last time; for an empty history, at the last of all."""
        last = np.full(histories.users, self.time[-1] if len(self.time) else 0.0)
        known = np.diff(histories.starts) > 0
        last[known] = histories.time[histories.starts[1:][known] - 1]
        found = np.zeros((histories.users, self.items), dtype=np.float32)
        counts, now, place = np.zeros(self.items), 0.0, 0
        for user in np.argsort(last, kind="stable"):
            upto = int(np.searchsorted(self.time, last[user], side="right"))
            counts *= 0.5 ** ((last[user] - now) / self.half_life)
            fade = 0.5 ** ((last[user] - self.time[place:upto]) / self.half_life)
            np.add.at(counts, self.item[place:upto], fade)
            now, place = last[user], max(place, upto)
            found[user] = np.log1p(counts)
        return found
