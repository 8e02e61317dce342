"""The deterministic reader: from a message in English or Chinese to changes of the ledger."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shortlist_tools.catalog import Item, Requirement, Schema
from shortlist_tools.text import DateSpan, Quantity, clean, detect_language, find_dates, find_quantities

from .context import Context, Draft, Figure, Moment
from .corrections import correct_figures, read_answer
from .coverage import Coverage
from .degrees import read_degrees, without_bounded
from .figures import read_figures
from .gates import mark_gates
from .intent import asked_fields, guess_intent, wanted_count
from .leftover import leftover_query
from .lexicon import Lexicon, data_values, readable
from .phrases import fold
from .polarity import mark_negations, mark_wishes
from .reading import Edit, Reading, Reference
from .references import find_references
from .scene import quoted_spans, read_scene
from .structure import mark_structure
from .titles import Titles
from .values import read_values
from .withdrawals import read_withdrawals

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
        schema = readable(schema)
        self._lexicon = Lexicon(schema, data_values(snapshot, schema) if snapshot is not None else None)
        self._coverage = Coverage(schema, snapshot)
        self._titles = Titles(schema, snapshot)
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
        context = self._context(text, detect_language(text), shown, ledger, asked, today)
        references = find_references(context, context.titles)
        context.references = references
        for start, end, _ in references:
            _close(context, start, end)
        drafts, withdrawn = _drafts(context)
        drafts += _kind_of_reference(context, references, drafts)
        drafts.sort(key=lambda d: d.start)
        edits = [_edit(draft, text) for draft in drafts]
        edits += [Edit(action="withdraw", field=name, quote=text[start:end]) for name, start, end in withdrawn]
        return Reading(
            language=context.scene.language,
            edits=tuple(edits),
            references=tuple(Reference(item_id=name, quote=text[start:end]) for start, end, name in references),
            intent=guess_intent(context, drafts, [name for name, _, _ in withdrawn]),
            about=asked_fields(context),
            count=wanted_count(context),
            query=leftover_query(context, drafts),
            truncated=len(message) > LIMIT,
        )

    def derive(self, field: str, op: str, value: Any, quote: str) -> Requirement | None:
        """Return the requirement that `quote` makes on `field`, if it says what `op` and `value` say, else None.

        This verifies a requirement that a model claims to have found: the user's own words must yield the value. The
        comparison is taken from the words; only its direction must agree.
        """
        text = clean(quote)[:LIMIT]
        language = detect_language(text)
        for asked in ((), (field,)):
            context = self._context(text, language, (), (), asked, None)
            drafts, _ = _drafts(context)
            for draft in drafts:
                if draft.field == field and _agrees(draft, op, value):
                    return _edit(draft, text).requirement
        return None

    def _context(
        self,
        text: str,
        language: str,
        shown: Sequence[Item],
        ledger: Sequence[Requirement],
        asked: Sequence[str],
        today: datetime.date | None,
    ) -> Context:
        quantities = [_as_range(q, self._unit_words) for q in find_quantities(text, self._unit_words)]
        dates = find_dates(text, today or datetime.datetime.now(datetime.UTC).date())
        titles = self._titles.find(text, fold(text), shown, self._lexicon, quoted_spans(text))
        scene = read_scene(text, language, self._lexicon, quantities, dates, [(t.start, t.end) for t in titles])
        context = Context(self._lexicon, scene, self._coverage, shown, ledger, asked)
        context.figures = [Figure(_asked_about(q, scene.folded)) for q in scene.quantities]
        recent = _recent(context, today or datetime.datetime.now(datetime.UTC).date())
        context.moments = recent + [Moment(d) for d in scene.dates if not _measured(d, context.figures)]
        context.figures = [
            f for f in context.figures if not any(m.start < f.end and f.start < m.end for m in context.moments)
        ]
        context.titles = titles
        return context


_RECENT = re.compile(r"(?:\b(?:last|past|previous)\s|最近|近|过去)\s?(?:的)?$")
_DAYS = {"year": 365.25, "month": 30.44, "week": 7.0, "day": 1.0}


def _recent(context: Context, today: datetime.date) -> list[Moment]:
    """Return "the last two years" as the days since then."""
    found = []
    for figure in context.figures:
        quantity = figure.quantity
        lead = _RECENT.search(context.scene.folded[: figure.start])
        near = quantity.approximate and quantity.text.startswith("近")
        if (
            (lead or near)
            and quantity.unit in _DAYS
            and quantity.low
            and quantity.high
            and (near or quantity.op == "==")
        ):
            length = (quantity.low + quantity.high) / 2 * _DAYS[quantity.unit]
            first = lead.start() if lead else figure.start
            since = (today - datetime.timedelta(days=round(length))).isoformat()
            found.append(Moment(DateSpan(first, figure.end, context.scene.text[first : figure.end], since, None, ">=")))
    return found


_DECADE = re.compile(r"['’]?\d0'?s|\d0年代")


def _measured(span: DateSpan, figures: Sequence[Figure]) -> bool:
    """Return whether what looks like a date is a figure with a unit; "90s" is a decade before it is seconds."""
    if _DECADE.search(span.text):
        return False
    return any(f.start < span.end and span.start < f.end and f.quantity.unit for f in figures)


_RANGE = re.compile(r"\d\s*\D{0,3}\s*(?:-|~|到|至|—)\s*\D{0,2}\d")


def _as_range(quantity: Quantity, words: dict[str, str]) -> Quantity:
    """Return 最低价格300-400元 as the range it states: the word before is part of the field's name."""
    if quantity.op in (">=", "<=") and _RANGE.search(quantity.text):
        at = next(i for i, char in enumerate(quantity.text) if char.isdigit())
        inner = find_quantities(quantity.text[at:], words)
        if inner and inner[0].op == "between":
            shift = quantity.start + at
            return replace(inner[0], start=inner[0].start + shift, end=inner[0].end + shift)
    return quantity


def _asked_about(quantity: Quantity, folded: str) -> Quantity:
    """Return "how about 200" as the figure 200, not as one around it."""
    if (
        quantity.approximate
        and quantity.text.lower().startswith("about")
        and re.search(r"\b(?:how|what)\s$", folded[: quantity.start])
    ):
        middle = ((quantity.low or 0.0) + (quantity.high or 0.0)) / 2
        return replace(quantity, low=middle, high=middle, approximate=False)
    return quantity


def _close(context: Context, start: int, end: int) -> None:
    """Rule out the words that only point at an item."""
    for mention in context.scene.mentions:
        if start <= mention.start and mention.end <= end:
            mention.dead = True
    for figure in context.figures:
        if start <= figure.start and figure.end <= end:
            figure.dead = True
    for moment in context.moments:
        if start <= moment.start and moment.end <= end:
            moment.dead = True


def _drafts(context: Context) -> tuple[list[Draft], list[tuple[str, int, int]]]:
    """Return the requirements of a message and the fields it takes back."""
    if context.asked and (answer := read_answer(context)):
        return answer, []
    mark_negations(context)
    mark_gates(context)
    withdrawn = read_withdrawals(context)
    mark_wishes(context)
    mark_structure(context)
    drafts = correct_figures(context)
    drafts += [*read_values(context), *read_figures(context)]
    drafts += without_bounded(context, read_degrees(context), drafts)
    added = {d.field for d in drafts}
    return drafts, [one for one in withdrawn if one[0] not in added]


def _kind_of_reference(context: Context, references: list[tuple[int, int, str]], drafts: list[Draft]) -> list[Draft]:
    """Return the kind of the item a request starts from: "the second one but in black" wants things like it."""
    kind = context.lexicon.kind
    if kind is None or not drafts or any(d.field == kind for d in drafts):
        return []
    text = context.scene.folded
    for start, end, name in references:
        item = next((i for i in context.shown if i.id == name), None)
        value = item.values.get(kind) if item else None
        if (
            value is not None
            and not _THAN.search(text[:start])
            and (_LIKE.search(text[:start]) or _BUT.match(text[end:]))
        ):
            return [Draft(kind, "==", value, start, end)]
    return []


_THAN = re.compile(r"(?:\bthan\s*|比)$")
_LIKE = re.compile(r"(?:\blike\s*|\bsimilar to\s*|\bsame as\s*|像|类似|跟|和)$")
_BUT = re.compile(
    r"^\s*,?\s*(?:but|except|only|just|in|with|without|那样|一样|这样|那种|但|不过|只是|可是|就是|换|要|,要|的?话)"
)


_DIRECTIONS = {
    **dict.fromkeys(("<", "<="), "at most"),
    **dict.fromkeys((">", ">="), "at least"),
    **dict.fromkeys(("==", "in", "contains", "contains_any"), "is"),
    **dict.fromkeys(("!=", "not_in", "not_contains"), "not"),
}


def _agrees(draft: Draft, op: str, value: Any) -> bool:
    """Say whether a draft says the same as a claimed comparison, up to strictness."""
    if draft.op in ("lowest", "highest") or op in ("lowest", "highest"):
        return draft.op == op
    if _direction(draft.op) != _direction(op):
        return False
    return bool(_plain(draft.value) == _plain(value))


def _direction(op: str) -> str:
    return _DIRECTIONS.get(op, op)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list | tuple):
        plain = [_plain(v) for v in value]
        return plain[0] if len(plain) == 1 else sorted(plain, key=str)
    return round(float(value), 4) if isinstance(value, int | float) else str(value)


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
