"""The deterministic reader: from a message in English or Chinese to changes of the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.requirement import Requirement
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.text import clean, detect_language, find_dates, find_quantities

from .context import Context, Draft, Figure
from .coverage import Coverage
from .degrees import read_degrees
from .figures import read_figures
from .lexicon import Lexicon, data_values
from .polarity import mark_negations, mark_wishes
from .reading import Edit, Reading
from .scene import read_scene
from .values import read_values

LIMIT = 4000
"""Characters of a message that are read; nobody states more requirements than fit in them."""


class Reader:
    """Reads requirements in the user's words, by the words of one catalog.

    Args:
        schema: The catalog's schema.
        snapshot: The catalog's items, for values the schema does not list, titles, and which kinds have which fields.
    """

    def __init__(self, schema: Schema, snapshot: Any = None) -> None:
        self.schema = schema
        self._lexicon = Lexicon(schema, data_values(snapshot, schema) if snapshot is not None else None)
        self._coverage = Coverage(schema, snapshot)
        self._unit_words = _unit_words(schema)

    def read(
        self,
        message: str,
        shown: Sequence[Item] = (),
        ledger: Sequence[Requirement] = (),
        asked: Sequence[str] = (),
        today: datetime.date | None = None,
    ) -> Reading:
        """Return what `message` asks for.

        Args:
            message: The user's words; what exceeds `LIMIT` characters is not read.
            shown: Items shown before, in the order they stood.
            ledger: Active requirements of the conversation.
            asked: Fields the assistant asked about last.
            today: The day that "last year" counts from; the present day unless given.
        """
        text = clean(message[: 2 * LIMIT])[:LIMIT]
        language = detect_language(text)
        quantities = find_quantities(text, self._unit_words)
        dates = find_dates(text, today or datetime.datetime.now(datetime.UTC).date())
        scene = read_scene(text, language, self._lexicon, quantities, dates)
        context = Context(self._lexicon, scene, self._coverage, shown, ledger, asked)
        context.figures = [Figure(q) for q in scene.quantities]
        mark_negations(context)
        mark_wishes(context)
        drafts = [*read_values(context), *read_figures(context), *read_degrees(context)]
        drafts.sort(key=lambda d: d.start)
        return Reading(
            language=language,
            edits=tuple(_edit(draft, text) for draft in drafts),
            truncated=len(message) > LIMIT,
        )


def _unit_words(schema: Schema) -> dict[str, str]:
    """Return the words that stand for units only this catalog knows, such as SPF."""
    words: dict[str, str] = {}
    for field in schema.fields:
        if field.kind == "number" and field.unit and field.unit.isalpha() and len(field.unit) > 1:
            from shortlist_tools.text import dimension

            if dimension(field.unit) is None:
                words |= {w.lower(): field.unit for w in (field.unit, *field.label.values()) if len(w) > 1}
    return words


def _edit(draft: Draft, text: str) -> Edit:
    quote = text[draft.start : draft.end]
    requirement = Requirement(
        field=draft.field,
        op=draft.op,
        value=draft.value,
        unit=draft.unit,
        hard=draft.hard,
        quote=quote,
        group=draft.group,
        scope=draft.scope,
    )
    return Edit(action="add", requirement=requirement, field=draft.field, quote=quote, replaces=draft.replaces)
