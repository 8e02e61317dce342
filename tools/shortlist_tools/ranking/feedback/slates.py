"""What was shown and what became of it: events joined to the slates that they answer, the others kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shortlist_tools.profile import Event, strength

FULL = 2.0
"""A strength from which an event counts fully."""


@dataclass(frozen=True)
class Shown:
    """An item of a slate: its id and the signals it was ranked by, as measured."""

    id: str
    signals: Mapping[str, float]


@dataclass(frozen=True)
class Slate:
    """Items shown together, in their order.

    Attributes:
        items: The first is the topmost.
        time: Unix seconds.
        session: The conversation.
        propensity: How likely the policy was to show each item where it did, if it left that to chance; empty if not.
    """

    items: tuple[Shown, ...]
    time: float
    session: str | None = None
    propensity: tuple[float, ...] = ()


@dataclass(frozen=True)
class Answered:
    """A slate and what the person thought of its items, -1 (against) to 1, by id."""

    slate: Slate
    worth: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """Slates with the reactions to them, oldest first, and the events that answer none of them."""

    answered: tuple[Answered, ...]
    apart: tuple[Event, ...]


def join(slates: Iterable[Slate], events: Sequence[Event], top: float = 5.0) -> Joined:
    """Return which events answer which slate: the latest before it that showed the item, in the same conversation.

    An event without a conversation may answer any slate. Events for items that no such slate showed are kept apart:
    they may tell of a taste, but nothing of what was shown. Several reactions to one item add up, between -1 and 1.

    Args:
        slates: In any order.
        events: In any order; those without an item answer nothing and are left out.
        top: Of the scale of ratings.
    """
    ordered = sorted(slates, key=lambda slate: slate.time)
    worth: list[dict[str, float]] = [{} for _ in ordered]
    apart = []
    for event in sorted(events, key=lambda one: (one.time, one.id)):
        if event.item_id is None:
            continue
        at = _answers(ordered, event)
        if at is None:
            apart.append(event)
        else:
            before = worth[at].get(event.item_id, 0.0)
            worth[at][event.item_id] = max(-1.0, min(1.0, before + strength(event, top) / FULL))
    return Joined(tuple(Answered(slate, found) for slate, found in zip(ordered, worth, strict=True)), tuple(apart))


def _answers(slates: Sequence[Slate], event: Event) -> int | None:
    for at in range(len(slates) - 1, -1, -1):
        slate = slates[at]
        same = event.session is None or slate.session is None or event.session == slate.session
        if same and slate.time <= event.time and any(item.id == event.item_id for item in slate.items):
            return at
    return None
