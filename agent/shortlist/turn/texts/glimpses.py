"""One sentence of an item's description that shows what it is like, chosen by what was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shortlist.decision import Decision
from shortlist.turn.state import Services, Session
from shortlist_tools.catalog import Item, Requirement, Schema
from shortlist_tools.search import passages, told_by
from shortlist_tools.text import detect_language, keys

from .telling import told_words


class _Length(NamedTuple):
    least: int
    most: int


_LENGTHS = {"en": _Length(24, 150), "zh": _Length(8, 60)}
"""Characters of a sentence that says something and is still read beside two others."""
_ENDS = re.compile(r"[.!?。！？…]['\"’”)）」]*$")
_DENIES = re.compile(r"\b(?:no|not|without|never|nor|nothing|none|except|\w+n't)\b|[不没无未别勿]", re.IGNORECASE)
"""What something is not says less of it than what it is."""


def glimpses(
    decision: Decision,
    in_force: Sequence[Requirement],
    session: Session,
    message: str,
    services: Services,
    language: str,
) -> Mapping[str, str]:
    """Return a sentence for each item of a recommendation that the user meets for the first time, by its id.

    The sentence shares the most telling words with the message, and is the first where none does: words that made a
    requirement tell nothing more, as all items meet it. An item that is quoted already has none, nor one whose
    description is in another language or has no sentence of a fit length.
    """
    quoted = {quote.item for quote in decision.quotes}
    fresh = [one for one in decision.items if one.id not in session.offered and one.id not in quoted]
    if decision.kind != "recommend" or not fresh:
        return {}
    spent = keys(" ".join(row.quote for row in in_force))
    wanted = told_by(set(told_words(message)) - spent, services.snapshot)
    told = {one.id: glimpse(services.snapshot.item(one.row), services.schema, language, wanted) for one in fresh}
    return {name: text for name, text in told.items() if text}


def glimpse(item: Item, schema: Schema, language: str, wanted: Mapping[str, float]) -> str:
    """Return the sentence of an item's description that shares most with `wanted`; empty where none is fit.

    A sentence is fit that is whole, of a fit length, and more than the title said again.

    Args:
        item: The item.
        schema: The catalog's schema; its role `description` is read.
        language: `en` or `zh`; a sentence in another language is not fit.
        wanted: How much each word tells, by its key; see `told_by`.
    """
    name = keys(" ".join(item.text(schema.roles.get("title", ""), one) for one in _LENGTHS))
    said = [one.text for one in passages(item, schema, language) if one.source == "description"]
    own = {text: keys(text) for text in said if _is_fit(text, language)}
    fit = [text for text, words in own.items() if len(words - name) >= len(words) / 2]
    telling = {text: sum(wanted.get(key, 0.0) for key in own[text]) for text in fit}
    return max(fit, key=lambda text: (telling[text], _DENIES.search(text) is None), default="")


def _is_fit(text: str, language: str) -> bool:
    """Return whether a text is a whole sentence of the language, long enough to say something and short enough to."""
    length = _LENGTHS[language]
    return (
        length.least <= len(text) <= length.most
        and _ENDS.search(text) is not None
        and detect_language(text) == language
    )
