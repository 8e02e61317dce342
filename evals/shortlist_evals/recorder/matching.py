"""When a request is the one that was recorded, and how to show what differs when none is."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import Any, Literal

from shortlist_evals.recorder.readable import to_readable

Match = Literal["whole", "messages"]
"""`whole`: method, path and the body as JSON. `messages`: of the body only the messages, for recordings that outlive
changes of anything but the prompt."""
_LONGEST_DIFF = 40


def key_of(request: Any, match: Match) -> tuple[str, str, str]:
    """Return what must be equal for two of vcrpy's requests to be one: method, path, and the canonical body."""
    body = body_of(request)
    if match == "messages" and isinstance(body, dict):
        body = {"messages": body.get("messages")}
    return request.method, request.path, json.dumps(body, ensure_ascii=False, sort_keys=True)


def body_of(request: Any) -> Any:
    """Return the body of vcrpy's `request`: parsed where it is JSON, else as text."""
    text = (request.body or b"").decode("utf-8", "replace")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def nearest_diff(missed: Any, recorded: Sequence[Any], match: Match) -> str:
    """Return a diff from the nearest of the `recorded` requests to the `missed` one, in lines people can read."""
    if not recorded:
        return "nothing is recorded"
    key = key_of(missed, match)[2]
    by_likeness = [
        (difflib.SequenceMatcher(None, key, key_of(one, match)[2], autojunk=False).quick_ratio(), n)
        for n, one in enumerate(recorded)
    ]
    _, place = max(by_likeness, key=lambda pair: (pair[0], -pair[1]))
    lines = list(
        difflib.unified_diff(
            _lines(recorded[place]), _lines(missed), f"recorded exchange {place + 1}", "asked now", n=1, lineterm=""
        )
    )
    if not lines:
        return f"recorded exchange {place + 1} is the same, but it has been played already"
    more = [f"… {len(lines) - _LONGEST_DIFF} more lines"] if len(lines) > _LONGEST_DIFF else []
    return "\n".join(lines[:_LONGEST_DIFF] + more)


def _lines(request: Any) -> list[str]:
    body = (request.body or b"").decode("utf-8", "replace")
    shown = json.dumps(to_readable(body), ensure_ascii=False, indent=1, sort_keys=True)
    return [f"{request.method} {request.path}", *shown.splitlines()]
