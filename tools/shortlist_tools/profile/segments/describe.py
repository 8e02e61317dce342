"""What sets a segment apart, in figures and in words from the catalog's schema."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from shortlist_tools.catalog import Schema
from shortlist_tools.profile.pairs import PairIndex
from shortlist_tools.profile.segments.features import Floats, People
from shortlist_tools.profile.segments.model import Leaning
from shortlist_tools.text import join_words

LEAST_SHARE, LEAST_LIFT = 0.15, 1.3
MOST_LEANINGS, MOST_NAMED = 12, 3
APART = 0.4
"""Standard deviations of the price within a kind from which it is told."""


def leanings_of(mean: Floats, everybody: Floats, index: PairIndex) -> tuple[Leaning, ...]:
    """Return the pairs whose mean share in a segment is well above everybody's, the furthest first."""
    lift = np.divide(mean, everybody, out=np.zeros_like(mean), where=everybody > 0)
    chosen = np.flatnonzero((mean >= LEAST_SHARE) & (lift >= LEAST_LIFT))
    order = chosen[np.argsort(-(mean[chosen] - everybody[chosen]), kind="stable")]
    return tuple(
        Leaning(
            field=index.pairs[code][0],
            value=index.pairs[code][1],
            share=round(float(mean[code]), 4),
            expected=round(float(everybody[code]), 4),
        )
        for code in order[:MOST_LEANINGS].tolist()
    )


def sentence_of(leanings: Sequence[Leaning], price: float, schema: Schema) -> dict[str, str]:
    """Return a segment in words, by language."""
    found = {}
    for language in ("en", "zh"):
        values = [_named(one, schema, language) for one in leanings[:MOST_NAMED]]
        text = _word("leaning", language).format(values=join_words(values, language)) if values else ""
        text = text or _word("plain", language)
        if abs(price) >= APART:
            text += _word("cheaper" if price < 0 else "dearer", language)
        found[language] = text + _word("end", language)
    return found


def price_of(people: People, members: Floats) -> float:
    """Return where `members` (a mask) buy beside everybody, in standard deviations of the price within a kind."""
    return round(float(people.prices[members.astype(bool)].mean() - people.prices.mean()), 4)


def _named(one: Leaning, schema: Schema, language: str) -> str:
    field = schema.get(one.field)
    return field.value_named(one.value, language) if field is not None else one.value


def _word(name: str, language: str) -> str:
    return str(_words()[name][language])


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return found
