"""A stretch of text that holds personal data, and how stretches that overlap become one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "identity", "card", "account", "address", "name"]
STRENGTH: dict[Kind, int] = {
    "email": 7, "identity": 6, "card": 5, "phone": 4, "account": 3, "address": 2, "name": 1,
}  # fmt: skip
"""Which kind a stretch is taken for where several would have the same words: the one with the narrower form."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at `start` up to `end` (characters, end excluded)."""

    start: int
    end: int
    kind: Kind


def settle(text: str, found: Iterable[Personal]) -> list[Personal]:
    """Return stretches of `text` that do not overlap, in their order.

    Where two overlap, the longer one stays, or the narrower kind of two as long; what sticks out of it on either side
    stays masked as well, if it holds a letter or a digit.
    """
    owner: dict[int, int] = {}
    ranked = sorted(set(found), key=lambda one: (one.start - one.end, -STRENGTH[one.kind], one.start))
    for rank, one in enumerate(ranked):
        for place in range(one.start, one.end):
            owner.setdefault(place, rank)
    runs: list[list[int]] = []
    for place in sorted(owner):
        if runs and place == runs[-1][1] and owner[place] == owner[runs[-1][0]]:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    return [
        Personal(start, end, ranked[owner[start]].kind)
        for start, end in runs
        if any(character.isalnum() for character in text[start:end])
    ]
