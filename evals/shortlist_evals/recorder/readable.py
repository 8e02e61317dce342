"""HTTP bodies as JSON that people can read and compare, and back: nothing is lost that a client reads.

A body of JSON becomes the JSON itself, and a text of several lines in it `{"$lines": […]}`. A stream of server-sent
events becomes `{"$events": {"same": …, "saying": …, "each": […]}}`: what all events share is said once, and so is the
frame of the events that only add text, which leaves a string for each of these.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

LINES, EVENTS, TEXT, RAW = "$lines", "$events", "$text", "$raw"
_DATA = "data: "


def to_readable(body: str) -> Any:
    """Return `body` as JSON to show; `from_readable` undoes it."""
    try:
        return _open(json.loads(body))
    except json.JSONDecodeError:
        return _read_events(body) or {TEXT: body}


def from_readable(shown: Any) -> str:
    """Return the body that `shown` stands for."""
    if isinstance(shown, dict) and TEXT in shown:
        return str(shown[TEXT])
    if isinstance(shown, dict) and EVENTS in shown:
        return _write_events(shown[EVENTS])
    return _compact(_close(shown))


def _read_events(body: str) -> dict[str, Any] | None:
    lines = [line for line in body.splitlines() if line.strip()]
    if not lines or not all(line.startswith(_DATA) for line in lines):
        return None
    events = [_event(line.removeprefix(_DATA)) for line in lines]
    objects = [event for event in events if RAW not in event]
    if not objects:
        return None
    shared = set.intersection(*(set(event) for event in objects))
    same = {key: objects[0][key] for key in sorted(shared) if len({_compact(event[key]) for event in objects}) == 1}
    rests = [{key: value for key, value in event.items() if key not in same} for event in events]
    frames = Counter(frame for rest in rests if (frame := _frame(rest)))
    frame = frames.most_common(1)[0][0] if frames else ""
    each = [_said(rest) if frame and _frame(rest) == frame else _open(rest) for rest in rests]
    return {EVENTS: {"same": _open(same), "saying": json.loads(frame) if frame else None, "each": each}}


def _write_events(shown: dict[str, Any]) -> str:
    same, lines = _close(shown["same"]), []
    for one in shown["each"]:
        if isinstance(one, str):
            event = json.loads(_compact(shown["saying"]))
            event["choices"][0]["delta"]["content"] = one
        else:
            event = _close(one)
        lines.append(event[RAW] if RAW in event else _compact({**same, **event}))
    return "".join(f"{_DATA}{line}\n\n" for line in lines)


def _event(data: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except json.JSONDecodeError:
        return {RAW: data}
    return value if isinstance(value, dict) else {RAW: data}


def _said(event: dict[str, Any]) -> Any:
    """Return the text that `event` adds, or None if it does not look like an event that adds text."""
    try:
        text = event["choices"][0]["delta"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return text if isinstance(text, str) else None


def _frame(event: dict[str, Any]) -> str:
    """Return `event` without the text it adds, as JSON; empty where it adds none."""
    if _said(event) is None:
        return ""
    bare = json.loads(_compact(event))
    bare["choices"][0]["delta"]["content"] = ""
    return _compact(bare)


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
