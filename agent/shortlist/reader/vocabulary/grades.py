"""Single letters that are values, such as a grade or a size: what has to stand beside them for that."""

from __future__ import annotations

import re

from .lexicon import Sense
from .phrases import Found

_NEAR_NAME = re.compile(r"[^.!?;。!?;]{0,24}")
_LISTED = re.compile(r"\s*(?:[,、/]|\bor\b|\band\b|或者?|和|还是)+\s*(?:or |rated )?\s*")
_RATED = re.compile(r"^[ -]?rated\b|^ (?:rating|certificate)\b")
_NO_GRADES = frozenset("ai")
"""Single letters that are words of their own."""

_Place = tuple[int, int, str]
"""Where a phrase stands, and its field."""


def grades(text: str, folded: str, found: list[Found[tuple[Sense, ...]]]) -> set[tuple[int, str]]:
    """Return the single capital letters that are values: where they stand, and their fields.

    Their field is named near them ("the age rating should be R"), or they stand in a list with another of its values
    ("PG-13 or R").
    """
    names = [(f.start, f.end, s.field) for f in found for s in f.payload if s.part == "field" and not s.weak]
    values = [(f.start, f.end, s.field) for f in found for s in f.payload if s.part == "value" and not s.weak]
    letters = [
        (f.start, f.end, s.field)
        for f in found
        for s in f.payload
        if f.end - f.start == 1 and s.part == "value" and text[f.start].isupper() and folded[f.start] not in _NO_GRADES
    ]
    graded = [one for one in letters if any(_apart(folded, one, name, _NEAR_NAME) for name in names)]
    rest = [one for one in letters if one not in graded]
    while more := [one for one in rest if any(_apart(folded, one, value, _LISTED) for value in [*values, *graded])]:
        graded += more
        rest = [one for one in rest if one not in more]
    return {(start, field) for start, _, field in graded}


def _apart(folded: str, one: _Place, other: _Place, gap: re.Pattern[str]) -> bool:
    """Say whether two phrases of one field have nothing but `gap` between them."""
    left, right = sorted((one, other))
    return one[2] == other[2] and left[1] <= right[0] and gap.fullmatch(folded[left[1] : right[0]]) is not None


def beside_a_name(folded: str, one: Found[tuple[Sense, ...]]) -> bool:
    """Say whether a single letter is said as a rating or grade: "rated R", "an R-rated film"."""
    before = re.search(r"\b(?:rated|rating|grade|class|certificate|size|type)\s?(?:of |is )?$", folded[: one.start])
    return bool(before or _RATED.match(folded[one.end :]))
