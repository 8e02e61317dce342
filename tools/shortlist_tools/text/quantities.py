"""Quantities in running text: numbers with their units, ranges and bounds, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shortlist_tools.text import comparators
from shortlist_tools.text.atoms import Atom, find_atoms
from shortlist_tools.text.cleaning import fold
from shortlist_tools.text.numbers import LIMIT
from shortlist_tools.text.units import Words, convert, dimension

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


_BETWEEN = re.compile(r"\ ?(?:-|~|到|至|或|、)\ ?|\ (?:to|up\ to|or|through|till)\ |-to-")
_SCALED = re.compile(r"(?P<figure>\d+(?:\.\d+)?)(?P<scale>[百千万亿])")
_SCALED_ENGLISH = re.compile(r"(?:[a-z]+|\d+(?:\.\d+)?)\ ?(?P<scale>hundred|thousand|k)(?![a-z])")
_SCALE = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_AND = re.compile(r"\ (?:and|&)\ |\ ?[和与跟]\ ?")
_BETWEEN_BEFORE = re.compile(r"(?:between|in\ between|from|range\ of|介于|从|在|价格区间)\ ?$")
_BETWEEN_AFTER = re.compile(r"\ ?(?:之间|区间|这个区间)")
_JUNK_BEFORE = re.compile(r"[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{2,})[A-Za-z]*\ $|(?<=[a-z,，。\u4e00-\u9fff]\ )[A-Z][a-z]+\ $")


def find_quantities(text: str, words: Words | None = None) -> list[Quantity]:
    """Return the quantities in `text`, in order and apart from each other.

    Reads comparisons before and after the figure and their negations, ranges with one unit for both ends, compound
    figures (1h30, 2小时30分钟, an hour and a half) and approximations (about, 左右: 20 % either way).

    Args:
        text: Any text; its first 20,000 characters are searched.
        words: Further unit words and the units they stand for, such as a schema's; tried before and after figures.
    """
    text = text[:LIMIT]
    folded = fold(text)
    atoms = find_atoms(text, folded, words or {})
    return [found for found in _bounded(atoms, folded, text) if not _is_name_part(found, text)]


def _bounded(atoms: list[Atom], folded: str, text: str) -> list[Quantity]:
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


def _ranged(atoms: list[Atom], at: int, folded: str, floor: int) -> tuple[Atom, int]:
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
    scale = _shared_scale(low, folded[second.bare_start : second.end]) if first.unit is None else 1
    # "two or three hours" is a range, "100 or 200" two figures
    are_apart = gap.strip() in ("、", "or", "或") and (unit is None or low + 1 < high / scale)
    low *= scale
    if low > high or are_apart:
        return first, 1
    start = opener.start() if opener else first.start
    end = closer.end() if closer else second.end
    return Atom(start, end, low, high, unit, also, first.approximate or second.approximate, first.bare_start), 2


def _shared_scale(low: float, second: str) -> float:
    """Return what the lower end is multiplied by when the upper one says it for both: 1-2万, two or three hundred."""
    if scaled := _SCALED.match(second):
        return _SCALE[scaled["scale"]] if low < float(scaled["figure"]) else 1
    if low < 10 and (scaled := _SCALED_ENGLISH.match(second)):
        return {"hundred": 100, "thousand": 1000, "k": 1000}[scaled["scale"]]
    return 1


def _with_bounds(atom: Atom, folded: str, text: str, floor: int, ceiling: int, *, is_range: bool) -> Quantity:
    """Return the quantity that an atom makes with the comparison around it."""
    start, end, bound = atom.start, atom.end, atom.bound
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
