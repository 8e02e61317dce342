"""Takes personal data out of a text, leaving a mark for each, and puts it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shortlist_tools.masking.find import find_personal
from shortlist_tools.masking.names import Known

_MARK = re.compile(r"<(?:EMAIL|PHONE|IDENTITY|CARD|ACCOUNT|ADDRESS|NAME)_\d+>", re.IGNORECASE)


@dataclass(frozen=True)
class Masked:
    """A text without personal data.

    Attributes:
        text: The text, with marks such as `<PHONE_1>`.
        originals: What each mark stands for; the same words have the same mark.
    """

    text: str
    originals: Mapping[str, str]


def mask(text: str, originals: Mapping[str, str] | None = None, known: Known = lambda word: False) -> Masked:
    """Return `text` with personal data replaced by marks.

    Args:
        text: What somebody wrote.
        originals: Marks given before, in earlier texts of a conversation: what they stand for is masked wherever it
            stands, and new marks go on from them.
        known: Tells whether words name something of the catalog.
    """
    marks = {value: mark for mark, value in (originals or {}).items()}
    pieces: list[str] = []
    at = 0
    for one in find_personal(text, known):
        value = text[one.start : one.end]
        if value not in marks:
            number = sum(mark.startswith(f"<{one.kind.upper()}_") for mark in marks.values()) + 1
            marks[value] = f"<{one.kind.upper()}_{number}>"
        pieces += [text[at : one.start], marks[value]]
        at = one.end
    masked = "".join([*pieces, text[at:]])
    for value in sorted(originals.values() if originals else (), key=len, reverse=True):
        masked = masked.replace(value, marks[value])
    return Masked(masked, {mark: value for value, mark in marks.items()})


def unmask(text: str, originals: Mapping[str, str]) -> str:
    """Return `text` with every known mark replaced by what it stands for; unknown marks stay."""
    return _MARK.sub(lambda match: originals.get(match.group().upper(), match.group()), text)
