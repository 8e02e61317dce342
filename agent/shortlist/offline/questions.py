"""The words of a question about one to three fields, with what can be answered to the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from shortlist.offline.phrases import say
from shortlist.offline.reasons import reads_on
from shortlist_tools.catalog import Field, Requirement, Snapshot
from shortlist_tools.drafting import render_value
from shortlist_tools.text import join_words

MOST_VALUES = 4
MOST_ROWS = 400
"""Enough items to know the commonest answers by."""


def question_text(
    fields: Sequence[str], ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str
) -> str:
    """Return the question: the first field with its possible answers, the others by name, and that any is fine."""
    first, *others = [field for name in fields if (field := snapshot.schema.get(name)) is not None]
    parts = [_first(first, ledger, snapshot, language, seed)]
    if others:
        names = join_words([_listed(field, language) for field in others], language)
        parts.append(say("ask_more", language, seed, a=names))
    if crc32(seed.encode()) % 2:
        parts.append(say("ask_skip", language, seed))
    return ("" if language == "zh" else " ").join(parts)


def _first(field: Field, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str) -> str:
    name = field.named(language)
    if field.kind == "flag":
        return say("ask_flag", language, seed, a=name)
    mask = snapshot.mask([row for row in ledger if row.hard and row.status == "active"])
    rows = np.flatnonzero(mask)
    if field.kind in ("number", "money"):
        values = snapshot.numbers(field.name)[rows]
        values = values[~np.isnan(values)]
        if len(values):
            low, high = (render_value(field, float(value), language) for value in (values.min(), values.max()))
            return say("ask_number", language, seed, a=name, low=low, high=high)
        return say("ask_one", language, seed, a=name)
    counts = Counter(value for row in rows[:MOST_ROWS] for value in _values(snapshot, field, int(row)))
    if not counts:
        return say("ask_one", language, seed, a=name)
    top = [value for value, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_VALUES]]
    offered = [field.value_named(value, language) for value in top]
    if len(counts) > len(top):
        offered.append("…")
    separator = "、" if language == "zh" else ", "
    form = "ask_reads_on" if reads_on(field, language) else "ask_one_of"
    return say(form, language, seed, a=name, values=separator.join(offered))


def _listed(field: Field, language: str) -> str:
    """Return how a field is named beside others: "the price", "what it is good for", "whether it is wireless"."""
    name = field.named(language)
    if field.kind == "flag":
        return f"whether it is {name}" if language == "en" else f"是否{name}"
    if reads_on(field, language):
        return f"what it is {name}" if language == "en" else f"{name}什么"
    return f"the {name}" if language == "en" else name


def _values(snapshot: Snapshot, field: Field, row: int) -> list[str]:
    value = snapshot.value(row, field.name)
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
