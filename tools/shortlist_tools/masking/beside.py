"""Names that stand alone beside other personal data, as in the lines of a parcel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shortlist_tools.masking.chinese_names import is_chinese_name
from shortlist_tools.masking.forms import firsts, surnames
from shortlist_tools.masking.latin import CAPITAL, FULL, LOWER, SEVERAL, UPPER, famous, romanised
from shortlist_tools.masking.likeness import ordinary
from shortlist_tools.masking.spans import Personal

_SEPARATOR = re.compile(r"\s*(?:[,;:|/\n()、。]|-\s|\s-)+\s*")
_NEAR = 48
_LAST = re.compile(rf"[a-z:,]\s(?P<it>{SEVERAL})$")
_LONE = rf"{LOWER}(?:\s{LOWER}){{1,2}}|[{UPPER}]{{2,}}(?:[\s-][{UPPER}]{{2,}}){{1,3}}|(?:[A-Z]\.?\s){{1,2}}{CAPITAL}"


def find_beside(text: str, sure: Sequence[Personal]) -> Iterator[tuple[int, int]]:
    """Yield the names that are all there is between two signs, next to other personal data."""
    for one in sure:
        for start, end in (_segment_before(text, one.start), _segment_after(text, one.end)):
            said = text[start:end]
            if _lone(said) or is_chinese_name(said, strict=False):
                yield start, end
            elif (last := _LAST.search(said)) and _lone(last["it"]):
                yield start + last.start("it"), end


def _lone(said: str) -> bool:
    """Return whether words that stand alone beside personal data are a name in Latin letters."""
    words = [word.strip(".").lower() for word in said.split()]
    if not words or any(ordinary(word) and not (place and word in surnames()) for place, word in enumerate(words)):
        return False
    if famous(words):
        return False
    if re.fullmatch(FULL, said):
        return True
    known = words[0] in firsts() or words[-1] in surnames() or romanised(words)
    return known and re.fullmatch(_LONE, said) is not None and len(words) > 1


def _segment_before(text: str, at: int) -> tuple[int, int]:
    """Return the stretch between two signs that ends just before `at`."""
    window = text[max(0, at - _NEAR) : at]
    ended = re.search(r"(?:\s*[,;:|/\n()、]\s*|\s+)$", window)
    if not ended:
        return at, at
    base, stop = at - len(window), at - len(window) + ended.start()
    cuts = [match.end() for match in _SEPARATOR.finditer(window[: ended.start()])]
    inner = window[cuts[-1] if cuts else 0 : ended.start()]
    if not cuts and len(window) == _NEAR:
        return at, at
    if ended.group().isspace() and " " in inner and not re.fullmatch(FULL, inner):
        return at, at
    return base + (cuts[-1] if cuts else 0), stop


def _segment_after(text: str, at: int) -> tuple[int, int]:
    """Return the stretch between two signs that begins just after `at`."""
    begun = re.match(r"\s*[,;:|/\n()、的]\s*|\s+", text[at : at + 8])
    if not begun:
        return at, at
    start = at + begun.end()
    ended = _SEPARATOR.search(text, start, start + _NEAR)
    stop = ended.start() if ended else min(len(text), start + _NEAR)
    return start, start + len(text[start:stop].rstrip(" .!收"))
