"""Quantities in running text: numbers with their units, ranges and bounds, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shortlist_tools.text import comparators
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.numbers import LIMIT, Number, find_numbers
from shortlist_tools.text.units import ALSO, PREFIX_CURRENCIES, WORDS, Words, convert, dimension, unit_pattern

ABOUT = 0.2
"""How far "about" reaches on either side, as a share of the figure."""


@dataclass(frozen=True)
class Quantity:
    """What a text says about an amount: a figure, a range or a bound.

    Attributes:
        start: Where it begins in the text, words of comparison included.
        end: Where it ends.
        text: The words between them.
        low: Lower end, or None when it has none.
        high: Upper end, or None when it has none.
        low_open: Whether the lower end itself is excluded ("over 100").
        high_open: Whether the upper end itself is excluded ("under 100").
        unit: Canonical unit, ISO code of a currency, or None.
        dimension: What the unit measures, or None.
        approximate: Whether the text said about, 左右 or the like.
        also: Other units that the same word may mean ("pounds" are lb, or GBP).
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None
    dimension: str | None = None
    approximate: bool = False
    also: tuple[str, ...] = ()

    @property
    def op(self) -> str:
        """The comparison in terms of a requirement: `==`, `<`, `<=`, `>`, `>=` or `between`."""
        if self.low is None:
            return "<" if self.high_open else "<="
        if self.high is None:
            return ">" if self.low_open else ">="
        return "==" if self.low == self.high else "between"

    @property
    def value(self) -> float | list[float]:
        """The figure that `op` compares with; `[low, high]` for `between`."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return [self.low, self.high]
        return self.low if self.low is not None else self.high if self.high is not None else 0.0


@dataclass(frozen=True)
class _Atom:
    """A number with its unit, before ranges and bounds are read."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    also: tuple[str, ...]
    approximate: bool
    bare_start: int


_PREFIX = re.compile(
    r"(?:(?<![a-z])(?:"
    + "|".join(
        re.escape(word)
        for word in sorted(PREFIX_CURRENCIES, key=len, reverse=True)
        if word[0].isascii() and word[0].isalpha()
    )
    + r")|"
    + "|".join(
        re.escape(word)
        for word in sorted(PREFIX_CURRENCIES, key=len, reverse=True)
        if not (word[0].isascii() and word[0].isalpha())
    )
    + r")\ ?$"
)
_HALF_MORE = re.compile(r"\ and\ a\ half(?![a-z])|半(?!价|径|身|天|个)")
_CHINESE_HALF = re.compile(r"个半(?=小时|钟头|月|钟|星期)")
_BETWEEN = re.compile(r"\ ?(?:-|~|到|至|或|、)\ ?|\ (?:to|or|through|till)\ |-to-")
_AND = re.compile(r"\ (?:and|&)\ |\ ?[和与跟]\ ?")
_BETWEEN_BEFORE = re.compile(r"(?:between|in\ between|from|range\ of|介于|从|在|价格区间)\ ?$")
_BETWEEN_AFTER = re.compile(r"\ ?(?:之间|区间|这个区间)")
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
_JUNK_BEFORE = re.compile(r"[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{2,})[A-Za-z]*\ $|(?<=[a-z,，。\u4e00-\u9fff]\ )[A-Z][a-z]+\ $")


def find_quantities(text: str, words: Words | None = None) -> list[Quantity]:
    """Return the quantities in `text`, in order and apart from each other.

    Reads comparisons before and after the figure and their negations, ranges with one unit for both ends, compound
    figures (1h30, 2小时30分钟, an hour and a half) and approximations (about, 左右: 20 % either way).

    Args:
        text: Any text; its first 50,000 characters are searched.
        words: Further unit words and the units they stand for, such as a schema's; tried before and after figures.
    """
    text = text[:LIMIT]
    folded = fold(text)
    unit = unit_pattern(words)
    atoms = [_atom(number, folded, unit, words or {}) for number in find_numbers(text, words)]
    atoms = _join_compounds(_apart(atoms), folded)
    return [found for found in _bounded(atoms, folded, text) if not _is_name_part(found, text)]


def _apart(atoms: list[_Atom]) -> list[_Atom]:
    kept: list[_Atom] = []
    for atom in atoms:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _atom(number: Number, folded: str, pattern: re.Pattern[str], words: Words) -> _Atom:
    """Return the number with the unit before or after it."""
    start, end, low, high = number.start, number.end, number.low, number.high
    unit, also = None, ()
    if prefix := _PREFIX.search(folded, max(0, start - 6), start):
        start, unit = prefix.start(), PREFIX_CURRENCIES[prefix.group().strip()]
        also = ALSO.get(prefix.group().strip(), ())
    if tenths := _CHINESE_TENTHS.match(folded, end):
        figure = tenths["figure"]
        digit = float(figure) if figure.isdigit() and figure.isascii() else float("零一二三四五六七八九".index(figure))
        return _Atom(
            start, tenths.end(), low + digit / 10, high + digit / 10, "CNY", (), number.approximate, number.start
        )
    if glued := _GLUED_MINUTES.match(folded, end):
        first = ("h", 60.0) if glued["first"] == "h" else ("min", 60.0)
        value = low + float(glued["second"]) / first[1]
        return _Atom(start, glued.end(), value, value, first[0], (), False, number.start)
    if half := _CHINESE_HALF.match(folded, end):
        low, high, end = low + 0.5, high + 0.5, half.end()
    match = pattern.match(folded, end)
    if match and _is_unit(match, folded, number):
        word = match["latin"] or match["other"]
        found = words.get(word) or WORDS[word]
        if unit is None or dimension(found) == "money":
            if unit is None or word not in ALSO:
                unit, also = found, ALSO.get(word, ())
            end = match.end()
            if half := _HALF_MORE.match(folded, end):
                low, high, end = low + 0.5, high + 0.5, half.end()
    elif unit is None and words and (named := _named_before(folded, start, words)):
        start, unit = named
    return _Atom(start, end, low, high, unit, also, number.approximate, number.start)


def _is_unit(match: re.Match[str], folded: str, number: Number) -> bool:
    """Say whether a word after a figure is really its unit, for the words that mean many things."""
    word, glued = match["latin"] or match["other"], match.group()[0] not in " -"
    if word in ("in", "a", "t", "s", "v", "w", "rs", "c"):
        return glued or (word == "in" and match.group()[0] == "-")
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


def _join_compounds(atoms: list[_Atom], folded: str) -> list[_Atom]:
    """Return the atoms with "2 hours 30 minutes" and 2小时30分钟 made one."""
    joined: list[_Atom] = []
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


def _bounded(atoms: list[_Atom], folded: str, text: str) -> list[Quantity]:
    found: list[Quantity] = []
    at, floor = 0, 0
    while at < len(atoms):
        atom, taken = _ranged(atoms, at, folded, floor)
        at += taken
        ceiling = atoms[at].start if at < len(atoms) else len(folded)
        quantity = _with_bounds(atom, folded, text, floor, ceiling, is_range=taken == 2)
        floor = quantity.end
        found.append(quantity)
    return found


def _ranged(atoms: list[_Atom], at: int, folded: str, floor: int) -> tuple[_Atom, int]:
    """Return the atom at `at`, widened by the next one where the two make a range, and how many that took."""
    first = atoms[at]
    if at + 1 == len(atoms):
        return first, 1
    second = atoms[at + 1]
    gap = folded[first.end : second.start]
    opener = _BETWEEN_BEFORE.search(folded, max(floor, first.start - 20), first.start)
    closer = _BETWEEN_AFTER.match(folded, second.end)
    plain = _BETWEEN.fullmatch(gap)
    if not plain and not (_AND.fullmatch(gap) and (opener or closer)):
        return first, 1
    low, high, unit, also = first.low, second.high, first.unit, first.also
    if first.unit and second.unit and first.unit != second.unit:
        converted = convert(first.low, first.unit, second.unit)
        if converted is None and second.unit not in first.also:
            return first, 1
        low, unit, also = converted if converted is not None else low, second.unit, second.also
    elif unit is None:
        unit, also = second.unit, second.also
    if low >= high and unit is not None and first.unit is None and "万" in folded[second.bare_start : second.end]:
        low = low * 10_000
    if low > high or (gap.strip() in ("、", "or", "或") and (unit is None or low + 1 < high)):
        return first, 1
    start = opener.start() if opener else first.start
    end = closer.end() if closer else second.end
    return _Atom(start, end, low, high, unit, also, first.approximate or second.approximate, first.bare_start), 2


def _with_bounds(atom: _Atom, folded: str, text: str, floor: int, ceiling: int, *, is_range: bool) -> Quantity:
    """Return the quantity that an atom makes with the comparison around it."""
    start, end, bound = atom.start, atom.end, None
    than = comparators.than_chinese(folded, start, end)
    if than:
        bound, start, end = than
    elif prefix := comparators.before(folded, start, floor):
        bound, start = prefix
    suffix = None if than else comparators.after(folded, end, ceiling)
    if suffix and bound in (None, "~", suffix[0]):
        bound, end = suffix
    elif suffix and suffix[0] == "~":
        end = suffix[1]
    if is_range and bound in (">=", "<=", ">", "<") and not suffix:
        bound = bound if start < atom.start and folded[start : atom.start].strip() not in ("from",) else None
    low, high = atom.low, atom.high
    made = Quantity(
        start,
        end,
        text[start:end],
        low,
        high,
        unit=atom.unit,
        also=atom.also,
        approximate=atom.approximate,
        dimension=dimension(atom.unit) if atom.unit else None,
    )
    return _apply(made, bound, is_range=is_range)


def _apply(made: Quantity, bound: str | None, *, is_range: bool) -> Quantity:
    low, high = made.low or 0.0, made.high or 0.0
    if bound in ("<", "<="):
        return replace(made, low=None, high_open=bound == "<")
    if bound in (">", ">="):
        return replace(made, high=None, low_open=bound == ">")
    if bound == "~" and not is_range and low == high:
        return replace(made, low=round(low * (1 - ABOUT), 9), high=round(high * (1 + ABOUT), 9), approximate=True)
    return replace(made, approximate=made.approximate or bound == "~")


def _is_name_part(found: Quantity, text: str) -> bool:
    """Say whether a bare figure belongs to a name before it, such as iPhone 15."""
    return (
        found.unit is None
        and found.op == "=="
        and _JUNK_BEFORE.search(text[max(0, found.start - 24) : found.start]) is not None
    )
