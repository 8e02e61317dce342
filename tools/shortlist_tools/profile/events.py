"""What a user did: one event, read from a mapping and normalised."""

from __future__ import annotations

import hashlib
import json
import time as clock
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from shortlist_prompts.errors import CallerError

EventKind = Literal[
    "viewed",
    "searched",
    "added",
    "bought",
    "rated",
    "watched",
    "liked",
    "shared",
    "dismissed",
    "reviewed",
    "said",
    "commented",
    "followed",
    "joined",
    "returned",
]
KINDS: tuple[str, ...] = get_args(EventKind)
WORDS_ALONE = frozenset({"searched", "said"})
"""Kinds that need no item, but words."""
WORDS_OR_ITEM = frozenset({"commented", "followed", "joined"})
"""Kinds that need an item, or words: a brand or a person can be followed that is no item."""
LATEST = 253_402_300_800.0
"""The year 10000 in Unix seconds: a greater time is in milliseconds."""


class EventError(CallerError):
    """An event cannot be read; the message names the field and the value."""


class EventContext(BaseModel):
    """The circumstances of an event, as far as the host knows them.

    Attributes:
        device: With what (`phone`, `desktop` …).
        place: Where (`home`, `work`, a city).
        occasion: For what (`birthday`, `trip` …).
        recipient: For whom, if not for the person (`mother`, `child` …).
        price: What was paid or seen, in the catalog's currency, not below 0.
        offset: Minutes east of UTC where the person was: with it the hour of the day is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    device: str | None = None
    place: str | None = None
    occasion: str | None = None
    recipient: str | None = None
    price: float | None = Field(default=None, ge=0)
    offset: int | None = Field(default=None, ge=-960, le=960)


class Event(BaseModel):
    """One thing a user did.

    Attributes:
        kind: What was done.
        item_id: With which item, if with one.
        value: A number that belongs to it: the rating given, the seconds watched.
        text: Words that belong to it: the search, the review, what was said.
        channel: Where it happened (`web`, `app`, `email` …).
        session: The conversation it happened in.
        context: With which device, where, for whom, as far as known.
        time: Unix seconds; a datetime and ISO 8601 are accepted (without an offset they are read as UTC).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: EventKind
    item_id: str | None = None
    value: float | None = None
    text: str | None = None
    channel: str | None = None
    session: str | None = None
    context: EventContext | None = None
    time: float

    @field_validator("time", mode="before")
    @classmethod
    def _time_in_seconds(cls, value: Any) -> Any:
        if isinstance(value, str):
            text = value.strip()
            # Eight digits are a day of ISO 8601's basic form; any other bare number is Unix seconds.
            bare = text.replace(".", "", 1).isdecimal() and len(text) != 8
            value = float(text) if bare else datetime.fromisoformat(text.replace("Z", "+00:00"))
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        return value

    @model_validator(mode="after")
    def _complete(self) -> Event:
        if not 0 <= self.time < LATEST:
            raise ValueError(f"time {self.time:g} is not in Unix seconds (milliseconds?)")
        if self.kind in WORDS_OR_ITEM and not self.item_id and not self.text:
            raise ValueError(f"an event {self.kind!r} needs an item_id or a text")
        if self.kind not in WORDS_ALONE | WORDS_OR_ITEM and not self.item_id:
            raise ValueError(f"an event {self.kind!r} needs an item_id")
        if self.kind in WORDS_ALONE and not self.text:
            raise ValueError(f"an event {self.kind!r} needs a text")
        if self.kind == "rated" and self.value is None:
            raise ValueError("an event 'rated' needs the rating as its value")
        return self

    @property
    def id(self) -> str:
        """A hash of the event's content, by which a repeated event is known; the context does not make it another."""
        content = json.dumps(self.model_dump(exclude={"context"}), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:24]


def read_event(raw: Event | Mapping[str, Any], now: float | None = None) -> Event:
    """Return `raw` as an event; a missing time becomes `now`.

    Raises:
        EventError: If a field is unknown, missing or of the wrong type.
    """
    if isinstance(raw, Event):
        return raw
    if not isinstance(raw, Mapping):
        raise EventError(f"an event is a mapping or an Event, got {type(raw).__name__}")
    try:
        return Event.model_validate({"time": clock.time() if now is None else now, **raw})
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise EventError(f"the event cannot be kept: {first['msg'].removeprefix('Value error, ')}") from error
        name = str(first["loc"][0])
        raise EventError(
            f"event field {name!r} cannot be read ({first['msg']}): {str(raw.get(name))[:80]!r}; "
            f"kinds are {', '.join(KINDS)}, time is Unix seconds or ISO 8601"
        ) from error
