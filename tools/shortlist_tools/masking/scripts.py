"""Text in one form: full-width signs as ASCII, traditional characters as simplified ones, each in its place."""

from __future__ import annotations

from functools import cache

from shortlist_tools.masking.words import word_list

_FOLDS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"',
    0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-", 0x30FB: "·", 0x2022: "·",
    0xFF61: "。", 0x300C: '"', 0x300D: '"', 0x2027: "·", 0x22C5: "·", 0x16EB: "·", 0x2219: "·",
}  # fmt: skip
"""Full-width forms, odd spaces, dashes and quotes as ASCII."""


def folded(text: str) -> str:
    """Return `text` in the form that patterns are written for; every character keeps its place."""
    return text.translate(_table())


@cache
def _table() -> dict[int, int | str]:
    pairs = word_list("scripts.yaml", "pairs")
    keycaps: dict[int, int | str] = {0x2460 + place: str(place + 1) for place in range(9)}
    return {**keycaps, **_FOLDS, **{ord(pair[0]): pair[1] for pair in pairs}}
