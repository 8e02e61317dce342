"""Deciding what kind of field the values at a path are: by their types, their shape, and what the field is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shortlist_tools.catalog.errors import ValueRefusedError
from shortlist_tools.catalog.inference.lexicon import lexicon, match, words_of
from shortlist_tools.catalog.inference.sketch import PathSketch
from shortlist_tools.catalog.schema import Field, FieldKind, Schema
from shortlist_tools.catalog.values import FALSE_WORDS, TRUE_WORDS, coerce, currency_in, tidy, unit_called

FEW = 60
_MEASURE = re.compile(r"^[-+]?\d[\d,]*(?:\.\d+)?\s*([^\d\s.,;/*×x~-][^\d\s,;]{0,12})$")
_DATE_SHAPE = re.compile(r"^\d{4}[-/.年]\d{1,2}")
_PLAIN_NUMBER = re.compile(r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?$")
_URL = re.compile(r"^(?:https?:)?//\S+$|^\S+\.(?:jpe?g|png|webp|gif)$", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """What a path holds: the kind with its details, whether it names the item, and why."""

    kind: FieldKind
    why: str
    unit: str | None = None
    scale: float = 1.0
    separator: str | None = None
    code: bool = False
    name: str | None = None


def verdict(sketch: PathSketch, currency: str) -> Verdict | None:
    """Return what the values at a path are, or None where no field can hold them (lists of objects).

    Args:
        sketch: The values.
        currency: The currency of money that names none.
    """
    if sketch.types <= {list, tuple}:
        return _listed(sketch)
    if list in sketch.types or dict in sketch.types:
        return None
    if sketch.types == {bool}:
        return Verdict("flag", "true or false")
    if bool in sketch.types or (str in sketch.types and sketch.types & {int, float}):
        return _worded(sketch)
    if sketch.types <= {int, float}:
        return _numeric(sketch, [float(value) for value in sketch.values], currency)
    if sketch.is_text:
        for rule in (_code, _text_named, _flagged, _dated, _measured, _plain_numbers, _delimited):
            found = rule(sketch, currency)
            if found is not None:
                return found
    return _worded(sketch)


def _listed(sketch: PathSketch) -> Verdict | None:
    elements = sketch.elements
    if not elements or any(isinstance(each, list | dict) for each in elements):
        return None
    texts = [str(each) for each in elements]
    if match(sketch.path, lexicon().codes) or (len(set(texts)) > 0.95 * len(texts) > 20 and all(map(_codelike, texts))):
        return Verdict("text", "a list of codes", code=True)
    if sum(map(len, texts)) / len(texts) > 60:
        return Verdict("text", "a list of texts")
    return Verdict("multi_category", "a list")


def _numeric(sketch: PathSketch, numbers: list[float], currency: str) -> Verdict:
    words = words_of(sketch.path)
    whole = all(number.is_integer() for number in numbers)
    low, high = min(numbers), max(numbers)
    if match(sketch.path, (*lexicon().ids, *lexicon().codes)) and whole:
        return Verdict("text", "a code", code=True)
    if whole and set(numbers) <= {0.0, 1.0} and (words[0] in lexicon().flags or len(set(numbers)) == 2):
        return Verdict("flag", "only 0 and 1")
    money = _money(sketch.path, currency)
    if money is not None and low >= 0:
        return money
    if (
        whole
        and low >= 1500
        and high <= 2100
        and match(sketch.path, ("year", "年份", "年", *lexicon().roles["released"]))
    ):
        return Verdict("number", "whole numbers that are years", unit="year")
    if whole and low > 1e8 and _names_time(sketch.path):
        return Verdict("date", "Unix time")
    unit, why = unit_of_name(sketch.path)
    return Verdict("number", why or f"numbers from {low:g} to {high:g}", unit=unit)


def _names_time(path: str) -> bool:
    return (
        words_of(path)[-1:] == ("at",) or match(path, ("time", "timestamp", "date", *lexicon().roles["released"])) > 0
    )


def unit_of_name(path: str) -> tuple[str | None, str]:
    """Return the unit that a field's name says it is in (`weight_kg`, `时长（分钟）`), with the reason."""
    words = words_of(path)
    unit = lexicon().units.get(words[-1]) if len(words) > 1 else None
    if unit is None:
        unit = next(
            (
                each
                for word, each in lexicon().units.items()
                if len(word) > 1 and not word.isascii() and path.endswith((word, f"{word}）", f"{word})"))
            ),
            None,
        )
    return (unit, f"the name says {unit}") if unit else (None, "")


def _money(path: str, currency: str) -> Verdict | None:
    words = words_of(path)
    if not words:
        return None
    scale, base = 1.0, path
    if words[-1] in ("cents", "cent", "pence", "分") and len(words) > 1:
        scale, base = 0.01, "_".join(words[:-1])
    elif words[-1] in lexicon().currencies and len(words) > 1:
        currency, base = lexicon().currencies[words[-1]], "_".join(words[:-1])
    if not match(base, lexicon().roles["price"]):
        return None
    name = base if base != path else None
    why = f"the name says money, in {currency}" + (" cents" if scale != 1.0 else "")
    return Verdict("money", why, unit=currency, scale=scale, name=name)


def _code(sketch: PathSketch, _currency: str) -> Verdict | None:
    strings = sketch.strings
    if sum(1 for each in strings if _URL.match(each)) > 0.9 * len(strings):
        return Verdict("text", "links", code=True)
    if match(sketch.path, lexicon().codes):
        return Verdict("text", "codes", code=True)
    if match(sketch.path, lexicon().ids) and sketch.distinct > 0.9:
        return Verdict("text", "identifiers", code=True)
    return None


def _text_named(sketch: PathSketch, _currency: str) -> Verdict | None:
    names = (*lexicon().texts, *lexicon().roles["description"])
    named = match(sketch.path, names) > 0 or match(sketch.path, lexicon().roles["title"]) > 100
    return Verdict("text", "named as a text") if named else None


def _flagged(sketch: PathSketch, _currency: str) -> Verdict | None:
    words = {each.lower() for each in sketch.counts}
    if not words <= (TRUE_WORDS | FALSE_WORDS):
        return None
    named = words_of(sketch.path)[0] in lexicon().flags or any(
        sketch.path.startswith(each) for each in lexicon().flags if not each.isascii()
    )
    if named or (words & TRUE_WORDS and words & FALSE_WORDS):
        return Verdict("flag", f"only {' and '.join(sorted(words))}")
    return None


def _dated(sketch: PathSketch, _currency: str) -> Verdict | None:
    if not all(_DATE_SHAPE.match(each) for each in sketch.strings[:50]):
        return None
    return Verdict("date", "dates") if _all_coerce(sketch, Field(name=sketch.path, kind="date")) else None


def _measured(sketch: PathSketch, currency: str) -> Verdict | None:
    """Figures with a unit or a currency behind or before them."""
    own = currency_in(sketch.strings[0])
    if own is not None and _all_coerce(sketch, Field(name=sketch.path, kind="money", unit=own)):
        return Verdict("money", f"amounts in {own}", unit=own)
    units: Counter[str] = Counter()
    for each in sketch.strings:
        found = _MEASURE.match(each)
        if found is None and not _PLAIN_NUMBER.match(each):
            return None
        if found is not None:
            units[found[1].strip()] += 1
    if sum(units.values()) < 0.5 * len(sketch.strings):
        return None
    unit = canonical_unit(units.most_common(1)[0][0])
    if unit is None or not _all_coerce(sketch, Field(name=sketch.path, kind="number", unit=unit)):
        return None
    return Verdict("number", f"figures with their unit, kept in {unit}", unit=unit)


def canonical_unit(word: str) -> str | None:
    """Return the canonical unit that `word` writes, or None."""
    return unit_called(word) or next((unit for unit, words in lexicon().written_units.items() if word in words), None)


def _plain_numbers(sketch: PathSketch, currency: str) -> Verdict | None:
    strings = sketch.strings
    if not all(_PLAIN_NUMBER.match(each) and each not in ("", "+", "-") for each in strings):
        return None
    if any(len(each) > 1 and each[0] == "0" and each[1] != "." for each in strings) or any(
        len(each) > 15 for each in strings
    ):
        return Verdict("text", "digits that are no numbers", code=True)
    return _numeric(sketch, [float(each.replace(",", "")) for each in strings], currency)


def _delimited(sketch: PathSketch, _currency: str) -> Verdict | None:
    """Several words in one string: the words must repeat far more than the strings do."""
    strings = sketch.strings
    for separator in ("|", ";", "；", "、", "/", ",", "，"):
        holding = [each for each in strings if separator in each]
        if len(holding) < max(2, 0.1 * len(strings)):
            continue
        parts = [tidy(part) for each in strings for part in each.split(separator)]
        distinct = len(set(parts))
        short = sum(map(len, parts)) / len(parts) <= 25 and max(map(len, parts)) <= 60
        repeats = distinct <= 0.35 * len(parts) if separator != "|" else distinct <= 0.7 * len(parts)
        numbers = sum(1 for part in parts if part[:1].isdigit()) > 0.3 * len(parts)
        if short and repeats and "" not in parts and not numbers:
            return Verdict("multi_category", f"several values, divided by {separator!r}", separator=separator)
    return None


def _worded(sketch: PathSketch) -> Verdict:
    if sketch.types & {bool, int, float} and str not in sketch.types:
        return Verdict("category", "a few values")
    counts, size = sketch.counts, len(sketch.strings)
    if any(len(each) > 200 for each in counts):
        return Verdict("text", "long texts")
    named = match(sketch.path, lexicon().named_things) > 0
    if sketch.mean_length <= 45 and (named or len(counts) <= FEW * 5):
        if named:
            return Verdict("category", "names", unit=None)
        if len(counts) <= 0.5 * size and (len(counts) <= FEW or len(counts) <= 0.3 * size):
            return Verdict("category", f"{len(counts)} different words")
        if len(counts) == 1:
            return Verdict("category", "always the same word")
    if sketch.distinct > 0.9 and size > 20 and all(map(_codelike, sketch.strings[:200])):
        return Verdict("text", "codes", code=True)
    return Verdict("text", "free text")


def _codelike(text: str) -> bool:
    return " " not in text and any(char.isdigit() for char in text) and len(text) < 40 and text.isascii()


def _all_coerce(sketch: PathSketch, field: Field) -> bool:
    empty = Schema()
    checked: Callable[[Any], object] = lambda value: coerce(field, value, empty)  # noqa: E731
    return _every(checked, sketch.values)


def _every(check: Callable[[Any], object], values: Iterable[Any]) -> bool:
    try:
        for value in values:
            check(value)
    except ValueRefusedError:
        return False
    return True
