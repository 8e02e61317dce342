"""The deterministic reader: from a message in English or Chinese to changes of the ledger."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from shortlist.reader.figures import (
    as_range,
    asked_about,
    counted,
    measured,
    recent,
    unit_words,
)
from shortlist.reader.goods import (
    Exact,
    Narrower,
    Titles,
    asks_for_one,
    find_references,
    for_all_parts,
    implied_kind,
    kind_of_reference,
    kinds_by_ending,
    named_good,
    of_the_kind,
    of_the_part,
    read_part,
    read_topic,
    replaced_kind,
    short_kinds,
    with_modifiers,
    with_short_kinds,
    without_sizes,
)
from shortlist.reader.message import (
    Context,
    Coverage,
    Draft,
    Edit,
    Figure,
    Moment,
    Reading,
    Reference,
    quoted_spans,
    read_scene,
)
from shortlist.reader.stance import (
    asked_currency,
    is_present,
    mark_own_ratings,
    read_feedback,
    read_pursuits,
    recalled,
)
from shortlist.reader.talk import (
    agrees,
    guess_intent,
    leftover_query,
    mark_replacements,
    read_told,
    unheard,
    wanted_count,
    wondered,
)
from shortlist.reader.vocabulary import (
    Lexicon,
    data_values,
    fold,
    readable,
    spoken_quantities,
    with_apostrophes,
    with_plain_words,
)
from shortlist_tools.catalog import Item, Requirement, Schema
from shortlist_tools.text import clean, detect_language, find_dates

from .requirements import read_requirements

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
        values = data_values(snapshot, schema) if snapshot is not None else None
        self._lexicon = Lexicon(schema, values)
        self._coverage = Coverage(schema, snapshot)
        self._titles = Titles(schema, snapshot, values)
        self._narrower = Narrower(schema, snapshot)
        self._unit_words = unit_words(schema)
        self._snapshot = snapshot

    def read(
        self,
        message: str,
        shown: Sequence[Item] = (),
        ledger: Sequence[Requirement] = (),
        asked: Sequence[str] = (),
        today: datetime.date | None = None,
        focus: str | None = None,
        language: str | None = None,
    ) -> Reading:
        """Return what `message` asks for.

        Args:
            message: The user's words; what exceeds `LIMIT` characters is not read.
            shown: Items shown before, in the order they stood.
            ledger: Active requirements of the conversation.
            asked: Fields the assistant asked about last.
            today: The day that "last year" counts from; the present day unless given.
            focus: Id of the item under discussion, which "it" points at.
            language: The language of the conversation, where the message is written alike in either ("300-500").
        """
        text, written = with_apostrophes(clean(message[: 2 * LIMIT])[:LIMIT])
        text, slips = with_plain_words(text)
        written |= slips
        context = self._context(text, language or detect_language(text), shown, ledger, asked, today)
        context.focus = focus
        self._know(context)
        references = find_references(context, context.titles)
        context.references = references
        context.feedback = read_feedback(context)
        ratings = mark_own_ratings(context)
        if self._snapshot is not None:
            read_part(context, Exact.of(self._snapshot), self._snapshot.row_of)
        for start, end, _ in references:
            _close(context, start, end)
        drafts, withdrawn, lifted = read_requirements(context, self._narrower)
        if is_present(context):
            drafts += read_pursuits(context, drafts)
            drafts += read_topic(context, self._narrower, drafts)
        drafts, short = self._with_kinds(context, references, drafts)
        currency = asked_currency(context)
        good = None if context.feedback or context.titles or short else named_good(context, self._narrower.topics)
        drafts = sorted((d for d in drafts if good is None or not good.holds(d, self.schema)), key=lambda d: d.start)
        told, drafts = read_told(context, drafts)
        mark_replacements(context, drafts)
        taken_back = [name for name, _, _ in withdrawn] + [draft.field for draft in lifted]
        edits = [Edit(action="withdraw", field=name, quote=text[start:end]) for name, start, end in withdrawn]
        edits += [_edit(draft, text).model_copy(update={"action": "withdraw"}) for draft in lifted]
        edits += [_edit(draft, text) for draft in drafts]
        intent = "chat" if ratings and _asks_nothing(context, drafts) else guess_intent(context, drafts, taken_back)
        reading = Reading(
            language=context.scene.language,
            edits=tuple(edits),
            references=tuple(
                Reference(item_id=name, quote=text[start:end])
                for start, end, name in references or _understood(context)
            ),
            intent="find" if good and (intent in ("chat", "off_topic", "compare") or asks_for_one(context)) else intent,
            about=tuple(dict.fromkeys(field for question in context.questions for field in question.fields)),
            degree=next((question.degree for question in context.questions if question.degree), None),
            count=wanted_count(context),
            feedback=tuple(context.feedback),
            ratings=ratings,
            recall=recalled(context.scene.folded),
            currency=currency,
            wonder=wondered(context),
            good=good.name if good else "",
            unheard="" if good or withdrawn or lifted else unheard(context, drafts),
            told=told,
            query="" if (context.feedback or currency) and not drafts else leftover_query(context, drafts),
            truncated=len(message) > LIMIT,
        )
        return reading.as_written(written) if written else reading

    def _with_kinds(
        self, context: Context, references: list[tuple[int, int, str]], drafts: list[Draft]
    ) -> tuple[list[Draft], bool]:
        """Return the drafts with the kinds that a message means, and whether it named one by a shorter name."""
        drafts += kind_of_reference(context, references, drafts) or implied_kind(context, drafts)
        drafts = kinds_by_ending(context, drafts)
        short = short_kinds(context, self._narrower, drafts)
        drafts = with_short_kinds(context, [*drafts, *(short or replaced_kind(context, drafts))])
        drafts = without_sizes(context, of_the_kind(context, drafts))
        if self._snapshot is not None:
            drafts = with_modifiers(context, drafts, Exact.of(self._snapshot))
            drafts = of_the_part(context, for_all_parts(context, drafts, Exact.of(self._snapshot)))
        return drafts, bool(short)

    def _know(self, context: Context) -> None:
        """Look up the items shown, under discussion or named, and the other variants of the one talked about."""
        context.known = {item.id: item for item in context.shown}
        if self._snapshot is None:
            return
        rows = self._snapshot.row_of
        for name in (context.focus, *(title.payload for title in context.titles)):
            if name is not None and name in rows and name not in context.known:
                context.known[name] = self._snapshot.item(rows[name])
        named = {title.payload for title in context.titles}
        about = next(iter(named)) if len(named) == 1 else context.focus
        talked = [about] if about is not None else [item.id for item in context.shown]
        variants = dict.fromkeys(row for name in talked for row in self._titles.variants(rows.get(name)))
        context.siblings = [
            self._snapshot.item(row) for row in variants if self._snapshot.ids[row] not in context.known
        ]

    def derive(self, field: str, op: str, value: Any, quote: str) -> Requirement | None:
        """Return the requirement that `quote` makes on `field`, if it says what `op` and `value` say, else None.

        This verifies a requirement that a model claims to have found: the user's own words must yield the value. The
        comparison is taken from the words; only its direction must agree.
        """
        text = clean(quote)[:LIMIT]
        language = detect_language(text)
        for asked in ((), (field,)):
            context = self._context(text, language, (), (), asked, None)
            drafts, _, _ = read_requirements(context, self._narrower)
            for draft in drafts:
                if draft.field == field and agrees(draft, op, value):
                    return _edit(draft, text).requirement
        return None

    def titles_in(self, text: str) -> list[str]:
        """Return the titles of the catalog that stand whole in `text`, as written there."""
        return [text[one.start : one.end] for one in self._titles.cited(text, self._lexicon, quoted_spans(text))]

    def _context(
        self,
        text: str,
        language: str,
        shown: Sequence[Item],
        ledger: Sequence[Requirement],
        asked: Sequence[str],
        today: datetime.date | None,
    ) -> Context:
        quantities = [as_range(q, self._unit_words) for q in spoken_quantities(text, self._unit_words)]
        dates = find_dates(text, today or datetime.datetime.now(datetime.UTC).date())
        titles = self._titles.find(text, fold(text), shown, self._lexicon, quoted_spans(text))
        scene = read_scene(text, language, self._lexicon, quantities, dates, [(t.start, t.end) for t in titles])
        context = Context(self._lexicon, scene, self._coverage, shown, ledger, asked)
        context.figures = [
            Figure(asked_about(counted(q, scene.folded), scene.folded, self._unit_words)) for q in scene.quantities
        ]
        since = recent(context, today or datetime.datetime.now(datetime.UTC).date())
        context.moments = since + [Moment(d) for d in scene.dates if not measured(d, context.figures)]
        context.figures = [
            f for f in context.figures if not any(m.start < f.end and f.start < m.end for m in context.moments)
        ]
        context.titles = titles
        context.neighbours = self._titles.neighbours.fields
        return context


def _asks_nothing(context: Context, drafts: list[Draft]) -> bool:
    """Say whether a message neither asks nor wants nor refuses anything."""
    return not (drafts or context.questions or context.feedback)


def _understood(context: Context) -> list[tuple[int, int, str]]:
    """Return the item under discussion where a question leaves out what it is about (多少钱？)."""
    if context.focus is None or _SEVERAL.search(context.scene.folded):
        return []
    return [(q.start, q.end, context.focus) for q in context.questions if q.degree is None][:1]


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


_SEVERAL = re.compile(r"\b(?:they|them|these|those|which)\b|它们|[这那](?:些|几)|哪")


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
    added = {"requirement": requirement, "replaces": draft.replaces, "beside": draft.beside}
    return Edit(action="add", field=draft.field, quote=quote, **added)
