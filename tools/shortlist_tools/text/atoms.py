"""Numbers with the units around them, before ranges and bounds are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shortlist_tools.text.comparators import Bound
from shortlist_tools.text.numbers import Number, find_numbers
from shortlist_tools.text.units import ALSO, AMBIGUOUS, PREFIXES, WORDS, Words, convert, dimension, unit_pattern


@dataclass(frozen=True)
class Atom:
    """A number with its unit, before ranges and bounds are read."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    also: tuple[str, ...]
    approximate: bool
    bare_start: int
    bound: Bound | None = None


_PREFIX = re.compile(
    r"(?:(?<![a-z])(?:"
    + "|".join(
        re.escape(word) for word in sorted(PREFIXES, key=len, reverse=True) if word[0].isascii() and word[0].isalpha()
    )
    + r")|"
    + "|".join(
        re.escape(word)
        for word in sorted(PREFIXES, key=len, reverse=True)
        if not (word[0].isascii() and word[0].isalpha())
    )
    + r")\ ?$"
)
_HALF_MORE = re.compile(r"\ and\ a\ half(?![a-z])|半(?!价|径|身|天|个)")
_CHINESE_HALF = re.compile(r"个半(?=小时|钟头|月|钟|星期)")
_MEMORY = re.compile(r"\ ?(?:内存|存储|运存|闪存|硬盘|ram|memory|storage|ssd)")
_FEET = re.compile(r"(?:ft|feet|foot)\.?\ (?:and\ )?$")
_INSIDE = re.compile(r"\ ?(?:(?P<more>\+|plus|or\ more|多)|or\ (?:less|fewer))(?=[\ -]?[a-z\u4e00-\u9fff])")
_COMPOUND_GAP = re.compile(r"\ ?(?:and\ |,\ )?|零|又")
_SMALLER_UNIT = {
    "h": ("min",),
    "min": ("s",),
    "ft": ("in",),
    "kg": ("g",),
    "m": ("cm",),
    "day": ("h",),
    "lb": ("oz",),
    "year": ("month",),
}
_GLUED_MINUTES = re.compile(r"(?P<first>h|m)(?P<second>\d{1,2})(?:\ ?(?:min|m|s))?(?![a-z0-9])")
_CHINESE_TENTHS = re.compile(
    r"[块元](?P<figure>[一二三四五六七八九]|\d)(?P<mao>毛|角)?(?:钱)?(?![\d.一二三四五六七八九十百千万个])"
)


def find_atoms(text: str, folded: str, words: Words) -> list[Atom]:
    """Return the numbers of `text` with their units, in order and apart from each other."""
    pattern = unit_pattern(words)
    atoms = [_atom(number, text, folded, pattern, words) for number in find_numbers(text, words)]
    return _join_compounds(_apart(atoms), folded)


def _apart(atoms: list[Atom]) -> list[Atom]:
    kept: list[Atom] = []
    for atom in atoms:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _atom(number: Number, text: str, folded: str, pattern: re.Pattern[str], words: Words) -> Atom:
    """Return the number with the unit before or after it."""
    start, end, low, high = number.start, number.end, number.low, number.high
    unit: str | None = None
    also: tuple[str, ...] = ()
    if prefix := _PREFIX.search(folded, max(0, start - 6), start):
        start, unit = prefix.start(), PREFIXES[prefix.group().strip()]
        also = ALSO.get(prefix.group().strip(), ())
    if tenths := _CHINESE_TENTHS.match(folded, end):
        figure = tenths["figure"]
        digit = float(figure) if figure.isdigit() and figure.isascii() else float("零一二三四五六七八九".index(figure))
        return Atom(
            start, tenths.end(), low + digit / 10, high + digit / 10, "CNY", (), number.approximate, number.start
        )
    if glued := _GLUED_MINUTES.match(folded, end):
        first = ("h", 60.0) if glued["first"] == "h" else ("min", 60.0)
        value = low + float(glued["second"]) / first[1]
        return Atom(start, glued.end(), value, value, first[0], (), False, number.start)
    if half := _CHINESE_HALF.match(folded, end):
        low, high, end = low + 0.5, high + 0.5, half.end()
    bound: Bound | None = None
    inside = _INSIDE.match(folded, end)
    if inside and pattern.match(folded, inside.end()):
        bound, end = (">=" if inside["more"] else "<="), inside.end()
    match = pattern.match(folded, end)
    if match and _is_unit(match, folded, number):
        word = match["latin"] or match["other"]
        found = words.get(word) or WORDS[word]
        if word == "g" and (text[match.end() - 1] == "G" or _MEMORY.match(folded, match.end())):
            found = "GB"
        if unit is None or dimension(found) == "money":
            if unit is None or word not in ALSO:
                unit, also = found, ALSO.get(word, ())
            end = match.end()
            if half := _HALF_MORE.match(folded, end):
                low, high, end = low + 0.5, high + 0.5, half.end()
    elif unit is None and words and (named := _named_before(folded, start, words)):
        start, unit = named
    return Atom(start, end, low, high, unit, also, number.approximate, number.start, bound)


def _is_unit(match: re.Match[str], folded: str, number: Number) -> bool:
    """Say whether a word after a figure is really its unit, for the words that mean many things."""
    word, glued = match["latin"] or match["other"], match.group()[0] not in " -"
    if word in AMBIGUOUS and word != "m":
        return glued or (
            word == "in" and (match.group()[0] == "-" or _FEET.search(folded, 0, number.start) is not None)
        )
    if word == "年" and number.low == number.high and 1900 <= number.low <= 2100:
        return False
    return not (word == "second" and not number.text[-1:].isdigit())


def _named_before(folded: str, start: int, words: Words) -> tuple[int, str] | None:
    head = folded[max(0, start - 24) : start].rstrip()
    for word in sorted(words, key=len, reverse=True):
        if head.endswith(word.lower()):
            before = head[: -len(word)][-1:]
            if not (before.isascii() and before.isalpha()):
                return start - len(folded[max(0, start - 24) : start]) + len(head) - len(word), words[word]
    return None


def _join_compounds(atoms: list[Atom], folded: str) -> list[Atom]:
    """Return the atoms with "2 hours 30 minutes" and 2小时30分钟 made one."""
    joined: list[Atom] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        unit = atom.unit
        if last and last.unit in _SMALLER_UNIT and _COMPOUND_GAP.fullmatch(folded, last.end, atom.start):
            smaller = _SMALLER_UNIT[last.unit]
            unit = atom.unit if atom.unit in smaller else next((one for one in atom.also if one in smaller), None)
            value = convert(atom.low, unit, last.unit) if unit else None
            if value is not None and value < 1:
                joined[-1] = replace(last, end=atom.end, low=last.low + value, high=last.high + value)
                continue
        joined.append(atom)
    return joined
