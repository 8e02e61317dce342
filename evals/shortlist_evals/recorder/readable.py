"""HTTP bodies as JSON that people can read and compare, and back: nothing is lost that a client reads.

A body of JSON becomes the JSON itself; a text of several lines becomes `{"$lines": […]}`; a stream of server-sent
events becomes `{"$events": {"same": {…}, "each": […]}}`, with what all events share said once.
"""

from __future__ import annotations

import json
from typing import Any

LINES, EVENTS, TEXT = "$lines", "$events", "$text"
_DATA = "data: "


def to_readable(body: str) -> Any:
    """Return `body` as JSON to show; `from_readable` undoes it."""
    try:
        return _open(json.loads(body))
    except json.JSONDecodeError:
        return _events(body) or {TEXT: body}


def from_readable(shown: Any) -> str:
    """Return the body that `shown` stands for."""
    if isinstance(shown, dict) and TEXT in shown:
        return str(shown[TEXT])
    if isinstance(shown, dict) and EVENTS in shown:
        same, each = _close(shown[EVENTS]["same"]), [_close(event) for event in shown[EVENTS]["each"]]
        lines = [event if isinstance(event, str) else _compact({**same, **event}) for event in each]
        return "".join(f"{_DATA}{line}\n\n" for line in lines)
    return _compact(_close(shown))


def _events(body: str) -> dict[str, Any] | None:
    lines = [line for line in body.splitlines() if line.strip()]
    if not lines or not all(line.startswith(_DATA) for line in lines):
        return None
    try:
        events = [_event(line.removeprefix(_DATA)) for line in lines]
    except json.JSONDecodeError:
        return None
    objects = [event for event in events if isinstance(event, dict)]
    if not objects:
        return None
    shared = set.intersection(*(set(event) for event in objects))
    same = {key: objects[0][key] for key in sorted(shared) if len({json.dumps(event[key]) for event in objects}) == 1}
    each = [
        {key: _open(value) for key, value in event.items() if key not in same} if isinstance(event, dict) else event
        for event in events
    ]
    return {EVENTS: {"same": _open(same), "each": each}}


def _event(data: str) -> Any:
    value = json.loads(data) if data.startswith("{") else data
    return value if isinstance(value, dict) else str(data)


def _open(value: Any) -> Any:
    """Return `value` with its texts of several lines taken apart."""
    if isinstance(value, str) and "\n" in value:
        return {LINES: value.split("\n")}
    if isinstance(value, list):
        return [_open(part) for part in value]
    if isinstance(value, dict):
        return {key: _open(part) for key, part in value.items()}
    return value


def _close(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {LINES}:
        return "\n".join(value[LINES])
    if isinstance(value, list):
        return [_close(part) for part in value]
    if isinstance(value, dict):
        return {key: _close(part) for key, part in value.items()}
    return value


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
