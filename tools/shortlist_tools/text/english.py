"""English numerals in words: twenty-five, two hundred and fifty, a dozen, a couple of."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: value for value, word in enumerate(_ONES)}
SMALL |= {word: 10 * value for value, word in enumerate(_TENS, start=2)} | {"fourty": 40}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 10**6, "billion": 10**9}

_SMALLS = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
_LEAD = rf"half\ an?\ (?:{_SCALE})|an?\ couple\ of|an?\ couple|couple\ of|an?\ (?:{_SCALE})"
NUMERAL = (
    rf"(?<![a-z])(?:{_LEAD}|{_SMALLS})(?![a-z])"
    rf"(?:(?:[ -]|\ and\ )(?:{_SMALLS}|{_SCALE})(?![a-z])){{0,12}}"
)
"""A regular expression (verbose-safe) for a run of numeral words, which may hold several numbers: `parse_run`."""

_WORD = re.compile(rf"(?:{_LEAD}|[a-z]+)")

Placed = tuple[int, int, float]
Word = tuple[int, int, str]


def parse_run(run: str) -> list[Placed]:
    """Return the numbers in a run of numeral words as (start, end, value): two of them for "fifty and sixty"."""
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(run)]
    found: list[Placed] = []
    while words:
        if words[0][2] == "and" or words[0][2] in SCALES:
            words = words[1:]
            continue
        value, taken = _first(words)
        found.append((words[0][0], words[taken - 1][1], value))
        words = words[taken:]
    return found


def _first(words: list[Word]) -> tuple[float, int]:
    """Return the value of the first number in `words` and how many words it takes."""
    total, (current, at), last = 0.0, _lead(words[0][2]), float("inf")
    while at < len(words):
        word = words[at][2]
        if word in SCALES:
            scale = SCALES[word]
            if scale >= last and scale > 100:
                break
            if scale <= 100:
                current = (current or 1.0) * scale
            else:
                total, current, last = total + (current or 1.0) * scale, 0.0, scale
        elif word == "and":
            if words[at - 1][2].rpartition(" ")[2] not in SCALES or not _belongs(words[at + 1 :], words[at - 1][2]):
                break
        elif not _adds(current, SMALL[word]) or (words[at - 1][2] in SMALL and SMALL[words[at - 1][2]] < 20):
            break
        else:
            current += SMALL[word]
        at += 1
    return total + current, at


def _lead(word: str) -> tuple[float, int]:
    """Return what the first word is worth and that it was taken."""
    if word in SMALL:
        return float(SMALL[word]), 1
    if "couple" in word:
        return 2.0, 1
    return SCALES[word.rpartition(" ")[2]] * (0.5 if word.startswith("half") else 1.0), 1


def _adds(current: float, small: int) -> bool:
    """Say whether `small` continues a number that stands at `current`: hundreds take anything, tens take ones."""
    if current % 100 == 0:
        return True
    return small < 10 and current % 10 == 0 and current % 100 >= 20


def _belongs(after: list[Word], scale: str) -> bool:
    """Say whether the words after "and" continue the number before it, rather than begin the end of a range."""
    for _, _, word in after:
        if word in SCALES:
            return SCALES[word] < SCALES[scale.rpartition(" ")[2]]
        if word == "and":
            break
    return True
