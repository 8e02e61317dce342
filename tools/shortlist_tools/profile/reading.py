"""One row of a foreign file read as a person's event: what columns and kinds are called there, time zones, bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from shortlist_prompts.errors import CallerError
from shortlist_tools.profile.events import KINDS, Event, EventContext
from shortlist_tools.profile.rights import ProfileError, check_user

EARLIEST = 631_152_000.0
"""1990-01-01 in Unix seconds: what is said to have happened before is a mistake."""
AHEAD = 86_400.0
"""Seconds that an event may lie ahead of now: clocks and time zones differ."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "user": ("user", "user_id", "userid", "uid", "customer", "customer_id", "visitor_id", "visitorid"),
    "kind": ("kind", "event", "event_type", "eventtype", "type", "action", "behavior", "behaviour"),
    "item_id": ("item_id", "item", "itemid", "product_id", "product", "sku", "asin", "movie_id", "movieid"),
    "time": ("time", "timestamp", "ts", "date", "datetime", "event_time", "created_at"),
    "value": ("value", "rating", "score", "dwell", "seconds", "duration"),
    "text": ("text", "query", "review", "comment", "message", "search"),
    "channel": ("channel", "medium"),
    "session": ("session", "session_id", "sessionid", "visit_id"),
    "device": ("device", "device_type", "platform"),
    "place": ("place", "location", "city"),
    "occasion": ("occasion",),
    "recipient": ("recipient", "for_whom"),
    "price": ("price", "paid", "amount"),
    "offset": ("offset", "utc_offset_minutes"),
}
"""Our name of a column, and what files call it."""
CALLED: Mapping[str, str] = {
    "view": "viewed", "click": "viewed", "clicked": "viewed", "pageview": "viewed", "pv": "viewed", "browse": "viewed",
    "search": "searched", "cart": "added", "add_to_cart": "added", "addtocart": "added", "purchase": "bought",
    "purchased": "bought", "buy": "bought", "order": "bought", "transaction": "bought", "rating": "rated",
    "rate": "rated", "watch": "watched", "play": "watched", "like": "liked", "fav": "liked", "favourite": "liked",
    "favorite": "liked", "share": "shared", "dismiss": "dismissed", "hide": "dismissed", "dislike": "dismissed",
    "review": "reviewed", "say": "said", "chat": "said", "comment": "commented", "follow": "followed", "join": "joined",
    "return": "returned", "refund": "returned", "refunded": "returned",
}  # fmt: skip
"""Kinds by what files call them."""
_CONTEXT = ("device", "place", "occasion", "recipient")
_LONGEST = {"text": 4_000}
_LONGEST_NAME = 500


class RowError(Exception):
    """A row cannot be used: the field that is wrong (empty for the whole row), why, and its value."""

    def __init__(self, field: str, reason: str, value: object = "") -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason
        self.value = str(value)[:80]


class RowReader:
    """Reads rows of one import.

    Args:
        columns: Column by our name, where a file calls it something unusual.
        zone: Time zone of times that name none.
        now: The present moment in Unix seconds.

    Attributes:
        ignored: Columns that nothing was read from.
    """

    def __init__(self, columns: Mapping[str, str], zone: str, now: float) -> None:
        unknown = sorted(set(columns) - set(COLUMNS))
        if unknown:
            raise CallerError(f"columns names {', '.join(unknown)}; what can be read is: {', '.join(COLUMNS)}")
        try:
            self._zone: tzinfo = UTC if zone == "UTC" else ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise CallerError(f"there is no time zone {zone!r:.60}; give a name such as Asia/Shanghai") from error
        self._local = zone != "UTC"
        self._columns = dict(columns)
        self._latest = now + AHEAD
        self._layouts: dict[tuple[str, ...], dict[str, str]] = {}
        self.ignored: set[str] = set()

    def read(self, row: Mapping[str, Any]) -> tuple[str, Event]:
        """Return whose event the row is, and the event.

        Raises:
            RowError: If the row cannot be used.
        """
        layout = self._layout(tuple(row))
        given = {name: row[column] for name, column in layout.items() if row[column] not in (None, "")}
        user = self._user(given.get("user"))
        kind = self._kind(given.get("kind"))
        time, offset = self._time(given.get("time"))
        context: dict[str, Any] = {name: _text(name, given[name]) for name in _CONTEXT if name in given}
        context |= {name: _number(name, given[name]) for name in ("price", "offset") if name in given}
        if context.get("price", 0.0) < 0:
            raise RowError("price", "a price is not below 0", given["price"])
        if offset is not None:
            context.setdefault("offset", offset)
        value = _number("value", given["value"]) if "value" in given else None
        if kind in ("rated", "reviewed", "watched") and value is not None and value < 0:
            raise RowError("value", f"the value of an event {kind!r} is not below 0", given["value"])
        texts = {name: _text(name, given[name]) for name in ("item_id", "text", "channel", "session") if name in given}
        try:
            return user, Event.model_validate(
                {"kind": kind, "time": time, "value": value, "context": EventContext(**context) if context else None}
                | texts
            )
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else _missing(first["msg"])
            raise RowError(name, first["msg"].removeprefix("Value error, "), given.get(name, "")) from error

    def _layout(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the row's column by our name."""
        found = self._layouts.get(names)
        if found is None:
            folded = {name.strip().casefold(): name for name in reversed(names)}
            found = {}
            for ours, called in COLUMNS.items():
                wanted = (self._columns[ours].casefold(),) if ours in self._columns else called
                column = next((folded[name] for name in wanted if name in folded), None)
                if column is not None and column not in found.values():
                    found[ours] = column
            self.ignored |= set(names) - set(found.values())
            if len(self._layouts) < 1_000:
                self._layouts[names] = found
        return found

    @staticmethod
    def _user(given: Any) -> str:
        if given is None:
            raise RowError("user", "the row names no person")
        user = _text("user", given)
        try:
            check_user(user)
        except ProfileError as error:
            raise RowError("user", str(error), user) from error
        return user

    @staticmethod
    def _kind(given: Any) -> str:
        if given is None:
            raise RowError("kind", f"the row does not say what was done; kinds are {', '.join(KINDS)}")
        word = str(given).strip().casefold().replace("-", "_").replace(" ", "_")
        kind = word if word in KINDS else CALLED.get(word)
        if kind is None:
            raise RowError("kind", f"there is no such kind; kinds are {', '.join(KINDS)}", given)
        return kind

    def _time(self, given: Any) -> tuple[float, int | None]:
        """Return Unix seconds, and minutes east of UTC where the time or the import names a zone."""
        if given is None:
            raise RowError("time", "the row does not say when")
        moment = _moment(given)
        offset: int | None = None
        if isinstance(moment, datetime):
            placed = moment if moment.tzinfo is not None else moment.replace(tzinfo=self._zone)
            shift = placed.utcoffset()
            minutes = int(shift.total_seconds() // 60) if shift is not None else 0
            # UTC is what machines write: it does not tell where the person was.
            offset = minutes if minutes or (self._local and moment.tzinfo is None) else None
            moment = placed.timestamp()
        elif self._local and EARLIEST <= moment <= self._latest:
            shift = datetime.fromtimestamp(moment, self._zone).utcoffset()
            offset = int(shift.total_seconds() // 60) if shift is not None else None
        if not math.isfinite(moment) or moment < EARLIEST:
            raise RowError("time", "lies before 1990: not a time in Unix seconds or ISO 8601", given)
        if EARLIEST <= moment / 1000 <= self._latest:
            raise RowError("time", "seems to be in milliseconds; give Unix seconds or ISO 8601", given)
        if moment > self._latest:
            raise RowError("time", "lies in the future", given)
        return moment, offset


def _moment(given: Any) -> datetime | float:
    if isinstance(given, datetime):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool):
        return float(given)
    text = str(given).strip()
    bare = text.lstrip("-").replace(".", "", 1).isdecimal() and len(text) != 8
    try:
        return float(text) if bare else datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (ValueError, OverflowError) as error:
        raise RowError("time", "is neither Unix seconds nor ISO 8601", given) from error


def _number(name: str, given: Any) -> float:
    try:
        number = float(given)
    except (TypeError, ValueError) as error:
        raise RowError(name, "is no number", given) from error
    if not math.isfinite(number):
        raise RowError(name, "is no finite number", given)
    return number


def _text(name: str, given: Any) -> str:
    if isinstance(given, dict | list):
        raise RowError(name, "is a list or an object where a text was expected", given)
    # A number is written as it is, so that item 12 of a JSON file is item "12" of the catalog.
    text = str(given).strip()
    longest = _LONGEST.get(name, _LONGEST_NAME)
    if name != "user" and len(text) > longest:
        raise RowError(name, f"is longer than {longest} characters", text)
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise RowError(name, "holds characters that cannot be kept", ascii(text))
    return text


def _missing(message: str) -> str:
    return next(
        (name for name in ("item_id", "text", "value", "time") if name in message or name in message.split()), ""
    )
