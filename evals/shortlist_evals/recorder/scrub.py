"""What of an exchange may be written down: two headers, no host, and nothing of the machine it ran on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from shortlist_evals.recorder.readable import from_readable, to_readable

HOST = "http://recorded"
HEADERS = frozenset({"content-type"})
_DROPPED = frozenset({"timings", "system_fingerprint", "service_tier", "provider", "user", "organization"})
_FIXED = {"created": 0, "id": "recorded"}
_CLOCK = re.compile(r'(?<!\\)"created":\s*\d+')
_CHARSET = re.compile(r";.*")


def scrub_request(request: Any) -> Any:
    """Return vcrpy's `request` with a neutral host, without its query, and with allowed headers only."""
    request.uri = HOST + urlsplit(request.uri).path
    request.headers = _allowed(request.headers)
    return request


def scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return vcrpy's `response` with allowed headers only, its body without what tells of a machine or an account."""
    body = response["body"]["string"]
    text = body.decode("utf-8") if isinstance(body, bytes) else body
    # Before the events of a stream are compared: the clock moves on between two of them.
    text = _CLOCK.sub('"created":0', text)
    clean = from_readable(_without(to_readable(text)))
    return {**response, "headers": _allowed(response["headers"]), "body": {"string": clean.encode("utf-8")}}


def _allowed(headers: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name.lower(): value for name, value in headers.items() if name.lower() in HEADERS}
    return {
        name: [_plain(one) for one in value] if isinstance(value, list) else _plain(value)
        for name, value in kept.items()
    }


def _plain(value: Any) -> str:
    return _CHARSET.sub("", value.decode() if isinstance(value, bytes) else str(value))


def _without(value: Any, top: bool = True) -> Any:
    if isinstance(value, list):
        return [_without(part, top) for part in value]
    if not isinstance(value, dict):
        return value
    if "$events" in value:
        shown = value["$events"]
        return {"$events": {**shown, "same": _without(shown["same"]), "each": [_without(one) for one in shown["each"]]}}
    kept = {key: _without(part, top=False) for key, part in value.items() if key not in _DROPPED}
    if top:
        kept |= {key: fixed for key, fixed in _FIXED.items() if key in kept}
        if isinstance(kept.get("model"), str):
            kept["model"] = PurePosixPath(kept["model"]).stem if kept["model"].startswith("/") else kept["model"]
    return kept
