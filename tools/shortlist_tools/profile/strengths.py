"""How much one event says for or against the item it is about."""

from __future__ import annotations

from collections.abc import Mapping

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.events import Event

STRENGTHS: Mapping[str, float] = {
    "viewed": 0.3,
    "added": 1.0,
    "bought": 2.0,
    "watched": 1.0,
    "liked": 2.0,
    "shared": 1.5,
    "commented": 0.6,
    "followed": 1.5,
    "joined": 1.5,
    "dismissed": -1.5,
    "returned": -2.0,
}
"""For (above 0) or against the item; what was only said or searched for has no item."""
SCALES = (5.0, 10.0, 100.0)
SHORT_SECONDS = 5.0
LONG_SECONDS = 60.0
SHORT, LONG = 0.1, 0.6
"""What a view of at most `SHORT_SECONDS`, and of at least `LONG_SECONDS`, says."""


def top_rating(snapshot: Snapshot) -> float:
    """Return the top of the scale that ratings are on: 5, 10 or 100, or the greatest rating of the catalog beyond."""
    field = snapshot.schema.role("rating")
    highest = field.high if field is not None and field.high else SCALES[0]
    return next((top for top in SCALES if highest <= top), highest)


def strength(event: Event, top: float) -> float:
    """Return how much `event` says for its item, below 0 against it; a rating counts by its place on the scale."""
    if event.kind in ("rated", "reviewed"):
        return 0.0 if event.value is None else 4.0 * (min(1.0, event.value / top) - 0.6)
    if event.kind == "viewed" and event.value is not None and event.value > 0:
        if event.value <= SHORT_SECONDS:
            return SHORT
        return LONG if event.value >= LONG_SECONDS else STRENGTHS["viewed"]
    return STRENGTHS.get(event.kind, 0.0)
