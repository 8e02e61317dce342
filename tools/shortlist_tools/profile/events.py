"""What a user did: one event, read from a mapping and normalised."""

from __future__ import annotations

import hashlib
import json
import time as clock
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

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
]
KINDS: tuple[str, ...] = get_args(EventKind)


class EventError(CallerError):
    """An event cannot be read; the message names the field and the value."""


class Event(BaseModel):
    """One thing a user did.

    Attributes:
        kind: What was done.
        item_id: With which item, if with one.
        value: A number that belongs to it: the rating given, the seconds watched.
        text: Words that belong to it: the search, the review, what was said.
        channel: Where it happened (`web`, `app`, `email` …).
        session: The conversation it happened in.
        time: Unix seconds; ISO 8601 is accepted (without an offset it is read as UTC).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: EventKind
    item_id: str | None = None
    value: float | None = None
    text: str | None = None
    channel: str | None = None
    session: str | None = None
    time: float

    @field_validator("time", mode="before")
    @classmethod
    def _time_in_seconds(cls, value: Any) -> Any:
        if isinstance(value, str):
            stamp = datetime.fromisoformat(value.replace("Z", "+00:00"))
            return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()
        return value

    @property
    def id(self) -> str:
        """A hash of the event's content, by which a repeated event is known."""
        content = json.dumps(self.model_dump(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:24]


def read_event(raw: Event | Mapping[str, Any], now: float | None = None) -> Event:
    """Return `raw` as an event; a missing time becomes `now`.

    Raises:
        EventError: If a field is unknown, missing or of the wrong type.
    """
    if isinstance(raw, Event):
        return raw
    try:
        return Event.model_validate({"time": clock.time() if now is None else now, **raw})
    except (ValidationError, ValueError) as error:
        where = error.errors()[0] if isinstance(error, ValidationError) else {"loc": ("time",), "msg": str(error)}
        name = ".".join(str(part) for part in where["loc"]) or "event"
        raise EventError(
            f"event field {name!r} cannot be read ({where['msg']}): {raw.get(name)!r}; kinds are {', '.join(KINDS)}, "
            "time is Unix seconds or ISO 8601"
        ) from error
