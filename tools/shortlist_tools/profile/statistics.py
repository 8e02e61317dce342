"""What is kept of a person's events to build a profile from: the same whatever order the events came in."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from shortlist_tools.profile.events import Event

MOST_KEPT = 1_000
"""The latest events that are kept whole; of earlier ones only counts are."""
Act = tuple[float, str, Event]
"""Time, id and the event: their order."""


class Statistics:
    """The latest events of one person in the order of their times, and counts of all.

    Adding is order-independent: the latest `MOST_KEPT` of a set are the same however it came, and counts are sums. An
    event that is already kept is not added twice; who adds an event that was kept long ago counts it twice, so callers
    hand over what the store took as new.

    Attributes:
        acts: `(time, id, event)`, ascending; never changed in place.
        kinds: How many events there were of each kind.
        first: Time of the first event, infinity without any.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.acts: list[Act] = []
        self.kinds: Counter[str] = Counter()
        self.first = float("inf")
        for event in events:
            self.add(event)

    @property
    def total(self) -> int:
        """How many events were added."""
        return self.kinds.total()

    def add(self, event: Event) -> bool:
        """Take one more event and return whether it was new among those kept."""
        act = (event.time, event.id, event)
        place = bisect_left(self.acts, act[:2], key=_order)
        if place < len(self.acts) and self.acts[place][1] == act[1]:
            return False
        self.kinds[event.kind] += 1
        self.first = min(self.first, event.time)
        if len(self.acts) < MOST_KEPT:
            self.acts.insert(place, act)
        elif place > 0:
            self.acts.insert(place, act)
            del self.acts[0]
        return True


def _order(act: Act) -> tuple[float, str]:
    return act[:2]
