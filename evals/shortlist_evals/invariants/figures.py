"""Every figure of a message held against the catalog: which it may state, and which it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shortlist_evals.invariants.satisfying import in_unit
from shortlist_tools.catalog import Field, Item, Requirement, Schema
from shortlist_tools.text import find_numbers

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MONEY_BEFORE = re.compile(r"(?:[$¥€£₩₹]|USD|CNY|EUR)\s?$")
_MONEY_AFTER = re.compile(r"^\s?(?:美元|欧元|英镑|日元|元|块|dollars?\b|euros?\b|USD\b|CNY\b|EUR\b)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")
_SPELLED_FROM = 13
_HELD = 0xE000
"""First of the private characters that stand for titles while a message is taken apart."""


@dataclass
class Allowed:
    """Figures that may be stated: amounts of money, and other numbers."""

    amounts: set[float] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)

    def has(self, value: float, *, money: bool) -> bool:
        """Return whether `value` may be stated, as money or otherwise."""
        known = self.amounts if money else self.amounts | self.numbers
        return any(abs(value - one) < 0.0051 for one in known)

    def __or__(self, other: Allowed) -> Allowed:
        return Allowed(self.amounts | other.amounts, self.numbers | other.numbers)


def of_item(item: Item, schema: Schema) -> Allowed:
    """Return the figures of an item: its values, also in hours and kilograms, and the digits in its words."""
    allowed = Allowed()
    for name, value in item.values.items():
        one = schema.by_name.get(name)
        if one is None:
            continue
        allowed.numbers |= _digits(_names(one))
        if one.kind == "money":
            allowed.amounts.add(round(float(value), 2))
        elif one.kind == "number":
            allowed.numbers |= _forms(float(value), one.unit)
        elif one.kind == "date":
            allowed.numbers |= {float(part) for part in str(value).split("-")}
        elif one.kind in ("category", "multi_category"):
            allowed.numbers |= _digits(" ".join(words_for(one, value)))
        elif one.kind == "text" and one.shown:
            allowed.numbers |= _digits(" ".join(value.values()) if isinstance(value, dict) else str(value))
    return allowed


def of_sums(items: Sequence[Item], schema: Schema, times: int) -> Allowed:
    """Return the figures of all the items together: what each measure adds up to, and the price of several of each."""
    allowed = Allowed()
    for one in schema.fields:
        if one.kind not in ("number", "money"):
            continue
        values = [float(item.values[one.name]) for item in items if item.values.get(one.name) is not None]
        if one.kind == "number" and values:
            allowed.numbers |= _forms(sum(values), one.unit)
        elif values:
            allowed.amounts.add(round(sum(values) * times, 2))
    allowed.numbers.add(float(times))
    return allowed


def _names(field: Field) -> str:
    """Return what the field is called: a name may hold a figure ("connector 2")."""
    return " ".join([field.name.replace("_", " "), *field.label.values()])


def words_for(field: Field, value: Any) -> list[str]:
    """Return the values of a category, and every word for them."""
    values = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
    said = [word for one in values for listed in field.values.get(one, {}).values() for word in listed]
    return [*values, *said]


def of_rows(rows: Iterable[Requirement], schema: Schema) -> Allowed:
    """Return the figures of requirements, in the unit they were said in and in the field's."""
    allowed = Allowed()
    for row in rows:
        one = schema.by_name.get(row.field)
        if one is None or row.value is None:
            continue
        allowed.numbers |= _digits(_names(one))
        for value in row.value if isinstance(row.value, list | tuple) else [row.value]:
            if one.kind == "date":
                allowed.numbers |= {float(part) for part in str(value).split("-")}
            elif one.kind == "money":
                allowed.amounts |= {round(float(value), 2), round(in_unit(float(value), row, one, schema), 2)}
            elif one.kind == "number":
                allowed.numbers |= _forms(float(value), row.unit or one.unit)
            else:
                allowed.numbers |= _digits(" ".join(words_for(one, value)))
    return allowed


def of_range(items: Sequence[Item], name: str, schema: Schema) -> Allowed:
    """Return the least and the greatest value that `items` have in a field, or the digits in its words."""
    one = schema.by_name[name]
    if one.kind in ("category", "multi_category"):
        return Allowed(
            numbers=_digits(" ".join(word for item in items for word in words_for(one, item.values.get(name, ""))))
        )
    values = [float(item.values[name]) for item in items if name in item.values and one.kind in ("number", "money")]
    allowed = Allowed()
    for value in (min(values), max(values)) if values else ():
        if one.kind == "money":
            allowed.amounts.add(round(value, 2))
        else:
            allowed.numbers |= _forms(value, one.unit)
    return allowed


def wrong_figures(message: str, titles: dict[str, str], by_item: dict[str, Allowed], always: Allowed) -> list[str]:
    """Return the figures of `message` that nothing allows, each with its sentence.

    Args:
        message: The reply's prose, without the user's own quoted words.
        titles: Titles of the items that may be named, by id.
        by_item: What each item allows. A sentence that names items may state only theirs.
        always: What any sentence may state: bounds of the ledger, counts.
    """
    held, marks = hold_titles(message, titles)
    wrong = []
    for sentence in sentences(held):
        named = [marks[mark] for mark in marks if mark in sentence]
        allowed = always
        for item in named or by_item:
            allowed = allowed | by_item.get(item, Allowed())
        wrong += [f"{figure!r} in {sentence.strip()!r}" for figure in _stated_wrongly(sentence, allowed)]
    return wrong


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return _SENTENCE.split(text)


def hold_titles(message: str, titles: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return `message` with each title replaced by a private character, and the item of each character."""
    marks: dict[str, str] = {}
    for item, title in sorted(titles.items(), key=lambda one: -len(one[1])):
        if title and title in message:
            mark = chr(_HELD + len(marks))
            marks[mark] = item
            message = message.replace(title, mark)
    return message, marks


def _stated_wrongly(sentence: str, allowed: Allowed) -> list[str]:
    wrong = []
    for found in _NUMBER.finditer(sentence):
        text = found.group().rstrip(",")
        money = bool(_MONEY_BEFORE.search(sentence[: found.start()]) or _MONEY_AFTER.match(sentence[found.end() :]))
        if not allowed.has(float(text.replace(",", "")), money=money):
            wrong.append(text)
    for number in find_numbers(sentence):
        spelled = not any(character.isdecimal() for character in number.text)
        if spelled and number.low >= _SPELLED_FROM and not allowed.has(number.low, money=False):
            wrong.append(number.text)
    return wrong


_OTHERWISE = {"min": 1 / 60, "h": 60.0, "g": 1 / 1000, "kg": 1000.0, "L": 1000.0, "ml": 1 / 1000, "mm": 0.1, "cm": 10.0}
"""What a value is multiplied by where it is written in the next unit, such as half an hour as 30 minutes."""


def _forms(value: float, unit: str | None) -> set[float]:
    """Return the figures that a value may be written with: as it is, in the next unit, in hours and minutes."""
    forms = {round(value, 2)}
    if unit in _OTHERWISE:
        forms.add(round(value * _OTHERWISE[unit], 2))
    if unit == "min":
        forms |= {float(value // 60), float(value % 60)}
    return forms


def _digits(text: str) -> set[float]:
    return {float(found.replace(",", "").rstrip(".")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


_LEAST_CUT = 20
"""Characters of a quotation that was cut short by which it is known again."""


def unquoted(message: str, words: Sequence[str]) -> str:
    """Return `message` without the quoted spans that stand in the user's own `words`."""
    said = ["".join(text.lower().split()) for text in words]

    def kept(match: re.Match[str]) -> str:
        span = "".join((match[1] or match[2] or match[3] or "").lower().split()).rstrip(".,;…")
        cut = span.partition("…")[0]
        return " " if any(span in text or (len(cut) > _LEAST_CUT and cut in text) for text in said) else match.group()

    return re.sub(r"“([^”]*)”|「([^」]*)」|\"([^\"]*)\"", kept, message)
