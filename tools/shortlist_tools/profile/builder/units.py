"""A person's events as the units that taste is measured in: one item in one visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Floats, Rows
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.statistics import Act
from shortlist_tools.profile.strengths import strength, top_rating

PAUSE = 30 * 60.0
"""Seconds without an event after which another visit begins, where the host names no sessions."""
HALF_LIFE_DAYS = 180.0
ALIKE = 0.25
"""How much the items of one visit are taken to say the same thing, 0 (nothing) to 1 (everything)."""
MOST_EVIDENCE = 5


@dataclass
class Visit:
    """What was done in one go, in the order of time."""

    number: int
    acts: list[Act] = field(default_factory=list)

    @property
    def start(self) -> float:
        """Time of its first event."""
        return self.acts[0][0]

    @property
    def end(self) -> float:
        """Time of its last event."""
        return self.acts[-1][0]


def visits_of(acts: Sequence[Act]) -> list[Visit]:
    """Return the visits of `acts` (ascending): a named session of a day is one, else a pause parts two."""
    found: list[Visit] = []
    named: dict[tuple[str, int], Visit] = {}
    latest: Visit | None = None
    for act in acts:
        time, _, event = act
        if event.session:
            key = (event.session, int(time // 86400))
            visit = named.get(key)
            if visit is None:
                visit = named[key] = Visit(len(found))
                found.append(visit)
        elif latest is not None and time - latest.end <= PAUSE:
            visit = latest
        else:
            visit = latest = Visit(len(found))
            found.append(visit)
        visit.acts.append(act)
    return found


@dataclass(frozen=True, eq=False)
class Units:
    """Items in visits, all for or all against, in the order of their last events.

    Attributes:
        rows: Row of each unit's item.
        visits: Number of each unit's visit.
        times: Time of its last event.
        weights: How much it says, recent things more.
        plain: The same without regard to time.
        events: Ids of its events, the last first.
    """

    rows: Rows
    visits: Rows
    times: Floats
    weights: Floats
    plain: Floats
    events: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: Rows) -> Units:
        """Return the units at the places `chosen`."""
        return Units(
            self.rows[chosen],
            self.visits[chosen],
            self.times[chosen],
            self.weights[chosen],
            self.plain[chosen],
            tuple(self.events[int(place)] for place in chosen),
        )

    def evidence(self, places: Rows) -> tuple[str, ...]:
        """Return the ids of the latest events of the units at `places`, newest first."""
        found: dict[str, None] = {}
        for place in places[::-1]:
            for name in self.events[int(place)]:
                found[name] = None
                if len(found) >= MOST_EVIDENCE:
                    return tuple(found)
        return tuple(found)

    def effective(self, chosen: Rows | None = None, plain: bool = False) -> float:
        """Return how many independent observations the units are worth: those of one visit repeat each other.

        `(sum w)^2 / sum over visits of ((1 - r) sum w^2 + r (sum w)^2)`, with `r` = `ALIKE` (Kish's design effect).
        """
        weights = self.plain if plain else self.weights
        visits = self.visits
        if chosen is not None:
            weights, visits = weights[chosen], visits[chosen]
        if not len(weights):
            return 0.0
        by_visit = np.bincount(visits, weights)
        spread = (1 - ALIKE) * float(weights @ weights) + ALIKE * float(by_visit @ by_visit)
        return float(weights.sum()) ** 2 / spread if spread > 0 else 0.0


def units_of(visits: Sequence[Visit], snapshot: Snapshot, now: float, against: bool = False) -> Units:
    """Return what `visits` say for items (`against`: against them) as seen at `now` (Unix seconds)."""
    top = top_rating(snapshot)
    found: list[tuple[float, str, int, int, float, tuple[str, ...]]] = []
    for visit in visits:
        sums: dict[int, float] = {}
        events: dict[int, list[tuple[float, str]]] = {}
        for time, name, event in visit.acts:
            row = _row(event, snapshot)
            weight = strength(event, top) if row is not None else 0.0
            if row is None or weight == 0 or (weight < 0) != against:
                continue
            sums[row] = sums.get(row, 0.0) + abs(weight)
            events.setdefault(row, []).append((time, name))
        for row, total in sums.items():
            last = events[row][-1]
            names = tuple(name for _, name in reversed(events[row]))
            found.append((last[0], last[1], row, visit.number, 0.5 + 0.4 * min(2.5, total), names))
    found.sort()
    times = np.array([one[0] for one in found], dtype=np.float64)
    plain = np.array([one[4] for one in found], dtype=np.float64)
    return Units(
        rows=np.array([one[2] for one in found], dtype=np.int64),
        visits=np.array([one[3] for one in found], dtype=np.int64),
        times=times,
        weights=plain * faded(times, now),
        plain=plain,
        events=tuple(one[5] for one in found),
    )


def faded(times: Floats, now: float, half_life_days: float = HALF_LIFE_DAYS) -> Floats:
    """Return what is left at `now` of the weight of things done at `times`; of what lies ahead nothing is gone."""
    found: Floats = 0.5 ** (np.maximum(0.0, now - times) / 86400 / half_life_days)
    return found


def _row(event: Event, snapshot: Snapshot) -> int | None:
    return snapshot.row_of.get(event.item_id) if event.item_id else None
