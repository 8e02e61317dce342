"""One requirement in somebody's words, made from the schema: any field, operation and value, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from random import Random

from shortlist_evals.invariants.phrases import phrase
from shortlist_tools.catalog import Field, Item, Schema
from shortlist_tools.text import format_money, format_number

UPPER = ("under", "at_most")
LOWER = ("over", "at_least")


@dataclass(frozen=True)
class Clause:
    """Words that state something about `field`; `hard` unless they are a wish or a matter of degree."""

    text: str
    field: str
    hard: bool = True


def speakable(schema: Schema, language: str) -> list[Field]:
    """Return the fields that one can speak of in `language`."""
    return [field for field in schema.fields if field.kind != "text" and _name(field, language)]


def clause(schema: Schema, items: list[Item], language: str, rng: Random) -> Clause:
    """Return a random requirement with values that `items` have, so that they matter."""
    fields = [field for field in speakable(schema, language) if any(field.name in item.values for item in items)]
    field = rng.choice(fields)
    made = _clause(field, schema, items, language, rng)
    if rng.random() < 0.15:
        return Clause(phrase("wish", language, rng, clause=made.text), made.field, hard=False)
    return made


def kind_clause(schema: Schema, kind: str, language: str, rng: Random) -> str:
    """Return words for one kind of item."""
    field = schema.role("kind")
    return word_for(field, kind, language, rng) if field else kind


def _clause(field: Field, schema: Schema, items: list[Item], language: str, rng: Random) -> Clause:
    degrees = field.more.get(language, []) + field.less.get(language, [])
    if degrees and rng.random() < 0.25:
        return Clause(phrase("degree", language, rng, word=rng.choice(degrees)), field.name, hard=False)
    if field.kind in ("number", "money"):
        return Clause(bound(field, items, language, rng), field.name)
    if field.kind == "date":
        years = sorted({int(str(item.values[field.name])[:4]) for item in items if field.name in item.values})
        occasion = rng.choice(("after", "before"))
        return Clause(phrase(occasion, language, rng, field=_name(field, language), y=rng.choice(years)), field.name)
    if field.kind == "flag":
        words = field.flag_words.get(language) or [_name(field, language)]
        occasion = "flag" if rng.random() < 0.75 else "not_flag"
        return Clause(phrase(occasion, language, rng, word=rng.choice(words)), field.name)
    return Clause(_value_clause(field, items, language, rng), field.name)


def bound(field: Field, items: list[Item], language: str, rng: Random, *, named: bool | None = None) -> str:
    """Return a bound on a number or an amount near the values that `items` have."""
    occasion = rng.choice((*UPPER, *LOWER, "between", "around"))
    values = sorted(_figure(field, items, rng) for _ in range(2))
    first, second = (_said(field, value, language, rng) for value in values)
    text = phrase(occasion, language, rng, v=second, a=first, b=second)
    if named is None:
        named = field.kind != "money" or rng.random() < 0.3
    return phrase("bounded", language, rng, field=_name(field, language), bound=text) if named else text


def word_for(field: Field, value: str, language: str, rng: Random) -> str:
    """Return one of the words for a value, the value itself where it has none."""
    return rng.choice(field.values.get(value, {}).get(language) or [value])


def name_of(field: Field, language: str, rng: Random) -> str:
    """Return one of the names that people use for `field`."""
    return rng.choice([_name(field, language), *field.aliases.get(language, [])])


def _value_clause(field: Field, items: list[Item], language: str, rng: Random) -> str:
    values = []
    for item in rng.sample(items, len(items)):
        value = item.values.get(field.name)
        values += value if isinstance(value, list) else [value] if value else []
        if len(set(values)) > 2:
            break
    word, other = (word_for(field, rng.choice(values), language, rng) for _ in range(2))
    occasion = rng.choices(("wanted", "not", "either"), (6, 3, 2))[0]
    return phrase(occasion, language, rng, word=word, other=other, field=_name(field, language))


def _figure(field: Field, items: list[Item], rng: Random) -> float:
    value = float(rng.choice([item.values[field.name] for item in items if field.name in item.values]))
    value *= rng.choice((0.5, 0.8, 1.0, 1.0, 1.3, 2.0))
    if value == 0:
        return 0.0
    digits = 1 - floor(log10(abs(value)))
    return round(value, digits)


def _said(field: Field, value: float, language: str, rng: Random) -> str:
    if field.kind == "money":
        if language == "zh" and rng.random() < 0.6:
            return f"{value:g}{rng.choice(('元', '块', '美元'))}" if value < 10_000 else f"{value:.0f}元"
        return format_money(value, field.unit, language)
    return format_number(value, field.unit if rng.random() < 0.8 else None, language)


def _name(field: Field, language: str) -> str:
    return field.label.get(language) or (
        field.name.replace("_", " ") if language == "en" else field.label.get("en", "")
    )
