"""A stretch of text that holds personal data, and how stretches that overlap become one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "identity", "card", "account", "address", "name"]
STRENGTH: dict[Kind, int] = {
    "email": 7, "identity": 6, "card": 5, "phone": 4, "account": 3, "address": 2, "name": 1,
}  # fmt: skip
"""Which kind a stretch is taken for where several would have it: the one with the narrower form."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at `start` up to `end` (characters, end excluded)."""

    start: int
    end: int
    kind: Kind


def settle(found: Iterable[Personal]) -> list[Personal]:
    """Return stretches that do not overlap, in their order: the stronger kind wins, then the longer stretch."""
    kept: list[Personal] = []
    for one in sorted(found, key=lambda one: (-STRENGTH[one.kind], one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
