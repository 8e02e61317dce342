"""Whether the words of a message say what a model claims that they say."""

from __future__ import annotations

from typing import Any

from shortlist.reader.message import Draft

_DIRECTIONS = {
    **dict.fromkeys(("<", "<="), "at most"),
    **dict.fromkeys((">", ">="), "at least"),
    **dict.fromkeys(("==", "in", "contains", "contains_any"), "is"),
    **dict.fromkeys(("!=", "not_in", "not_contains"), "not"),
}


def agrees(draft: Draft, op: str, value: Any) -> bool:
    """Say whether a draft says the same as a claimed comparison, up to strictness."""
    if draft.op in ("lowest", "highest") or op in ("lowest", "highest"):
        return draft.op == op
    if _direction(draft.op) != _direction(op):
        return False
    return bool(_plain(draft.value) == _plain(value))


def _direction(op: str) -> str:
    return _DIRECTIONS.get(op, op)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list | tuple):
        plain = [_plain(v) for v in value]
        return plain[0] if len(plain) == 1 else sorted(plain, key=str)
    return round(float(value), 4) if isinstance(value, int | float) else str(value)
