"""Features that a sentence asserts or denies: flags, values of categories, availability."""

from __future__ import annotations

from collections.abc import Iterator

from shortlist_tools.catalog import Field
from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.drafting.claims.problem import Kind, Problem
from shortlist_tools.drafting.claims.reading import Reading
from shortlist_tools.drafting.sheet import ItemFacts


def feature_problems(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every flag, category value or word of availability that the facts do not bear out."""
    if reading.is_question or reading.has("hedges"):
        return
    stock = reading.schema.role("availability")
    taken = []
    for start, end, is_there in _availability(reading):
        taken.append((start, end))
        if not reading.has("conditional", start) and (
            problem := _stock_problem(reading, start, end, stock, is_there=is_there)
        ):
            yield problem
    for start, end, word in reading.words.find("flags", reading.text):
        if any(first < end and start < last for first, last in taken) or reading.has("conditional", start):
            continue
        taken.append((start, end))
        fields = [reading.schema.by_name[name] for name in reading.words.flags[word]]
        if not any(_flag_holds(reading, start, field) for field in fields):
            yield Problem(
                kind="flag",
                span=_words(reading, start, end),
                why=f"the facts do not say so of {_about(reading, start)}",
            )
    for start, end, word in reading.words.find("values", reading.text):
        if any(first < end and start < last for first, last in taken) or reading.has("conditional", start):
            continue
        if (problem := _value_problem(reading, start, end, reading.words.values[word])) is not None:
            yield problem


def _words(reading: Reading, start: int, end: int) -> str:
    return reading.cased[start:end]


def _about(reading: Reading, at: int) -> str:
    return ", ".join(item.title for item in reading.subjects(at)) or "the items"


def _availability(reading: Reading) -> list[tuple[int, int, bool]]:
    """Return the words of availability as (start, end, whether they say that it is there)."""
    gone = [(match.start(), match.end(), False) for match in lexicon.pattern("unavailable").finditer(reading.text)]
    there = [
        (match.start(), match.end(), not reading.negated(match.start()))
        for match in lexicon.pattern("available").finditer(reading.text)
        if not any(start < match.end() and match.start() < end for start, end, _ in gone)
    ]
    return gone + there


def _stock_problem(reading: Reading, start: int, end: int, field: Field | None, *, is_there: bool) -> Problem | None:
    items, for_all = reading.spoken_of(start)
    if field is not None and not reading.named and any(row.field == field.name for row in reading.requirements):
        return None
    verdicts = [_in_stock(item, field) is is_there for item in items]
    if verdicts and (all(verdicts) if for_all else any(verdicts)):
        return None
    return Problem(
        kind="availability",
        span=_words(reading, start, end),
        why=f"the facts do not say so of {_about(reading, start)}",
    )


def _in_stock(item: ItemFacts, field: Field | None) -> bool | None:
    value = item.value(field.name) if field else None
    return None if value is None else bool(value)


def _asked(reading: Reading, at: int, name: str, value: object = None) -> bool:
    """Say whether the words at `at` speak of what was asked rather than of an item."""
    rows = [row for row in reading.requirements if row.field == name]
    if value is not None:
        rows = [
            row for row in rows if value == row.value or (isinstance(row.value, list | tuple) and value in row.value)
        ]
    return bool(rows) and (
        not reading.named or reading.has("wanted", at) or (reading.has("missed", at) and bool(_broken(reading)))
    )


def _broken(reading: Reading) -> list[str]:
    return [name for item in reading.named for name in item.broken]


def _flag_holds(reading: Reading, at: int, field: Field) -> bool:
    if _asked(reading, at, field.name):
        return True
    items, for_all = reading.spoken_of(at)
    if not field.shown:
        return all(item.disclosures for item in items)
    wanted = not reading.negated(at)
    verdicts = [item.value(field.name) is not None and bool(item.value(field.name)) is wanted for item in items]
    return not verdicts or (all(verdicts) if for_all else any(verdicts))


def _value_problem(reading: Reading, start: int, end: int, meanings: list[tuple[str, str]]) -> Problem | None:
    """Return a problem where a value's word is used of an item that has another value in that field.

    A word may be a value of several fields: one that holds is enough. Where the item has no value in any of them and
    nobody asked for one, the word is taken for plain prose, except the name of a brand.
    """
    brand, kind = reading.schema.role("brand"), reading.schema.role("kind")
    meanings = [(name, value) for name, value in meanings if kind is None or name != kind.name]
    if not meanings or any(_asked(reading, start, name, value) for name, value in meanings):
        return None
    items, for_all = reading.spoken_of(start)
    relevant = [
        (name, value)
        for name, value in meanings
        if (brand and name == brand.name) or any(item.value(name) is not None for item in items)
    ]
    if not relevant or not items:
        return None
    denied = reading.negated(start)
    verdicts = [any(_has(item, name, value) for name, value in relevant) is not denied for item in items]
    if all(verdicts) if for_all or denied else any(verdicts):
        return None
    is_brand = any(brand and name == brand.name for name, _ in relevant)
    word = _words(reading, start, end)
    kind_of: Kind = "name" if is_brand else "value"
    return Problem(kind=kind_of, span=word, why=f"the facts do not say so of {_about(reading, start)}")


def _has(item: ItemFacts, name: str, value: str) -> bool:
    own = item.value(name)
    return value in own if isinstance(own, list | tuple) else own == value
