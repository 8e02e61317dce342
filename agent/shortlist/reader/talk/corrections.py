"""Corrections of what was said before, and short answers to the assistant's question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from shortlist.reader.figures import field_of, figure_draft, in_unit_of
from shortlist.reader.message import Context, Draft, Figure, Marker
from shortlist.reader.stance import value_sense
from shortlist.reader.vocabulary import fold, general_words, is_called
from shortlist_tools.catalog import Requirement

_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|of course|definitely|absolutely|please|ok|okay|correct|right|必须|"
    r"必要|是|是的|要|要的|需要|对|对的|嗯+|好|好的|可以|有|当然|没错|行|恩)(?:\W|please|的|啊|呀|吧|"
    r"哦)*$"
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|not really|no thanks|no thank you|不|不用|不用了|不需要|不要|没有|否|不是|"
    r"不必|不必了|不了|不用的)(?:\W|thanks|的|啊|呀|吧|哦|了)*$"
)
_BREATH = 40
"""Characters within which a slip is corrected."""
_ADDED = re.compile(r"^\W*(?:also|and|as well|too|i also|还要|也要|再)")
_ADDING = re.compile(r"(?:\band|\bplus|\balso|还|也)\s*$")
_ADDING_TO = re.compile(r"\b(?:also|too|as well|plus|both)\b|[也还又]|而且|并且|同时")
_YES_AND = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|yea|sure|of course|definitely|absolutely|certainly|对|是的?|要的?|需要|嗯+|好的?|可以|"
    r"当然|没错|必须)"
    r"(?=\s*[,.!;,。!;]|\s+(?:it|that|they|i|we|please|and|for)\b|$)(?!\W*(?:but not|not|only if|if|as long|和|或|"
    r"或者)\b)"
)
_NO_AND = re.compile(
    r"^\W*(?:no|nope|nah|no need|no thanks|not really|not necessarily|不用了?|不需要|不要了?|不必了?|没必要|"
    r"不)(?=\s*[,.!;,。!;]|$)"
)
_MUST = re.compile(
    r"^\W*(?:it|they|that)(?:'d| would|'ll| will)?\s*(?:must|should|have to|has to|need to|needs to|better|"
    r"definitely)\b(?! not)[^\d]*$"
    r"|^\W*(?:i'd|i would|we'd) (?:like|want|prefer|need|insist on) (?:that|it|so)\W*$|^(?:那是)?(?:必须|一定要|肯定要)"
)
_INSTEAD = re.compile(
    r"^\W*(?:(?:fine|alright|sure|what about|how about|how|what|then|and|ok|okay|try|maybe|no|i said|i say|i mean|"
    r"i meant|so|well|那|那么|要不|不|不是|我说的是|我说|我要)\W*)*$"
)

_WHAT_IF = re.compile(r"\s*(?:的话)?(?:呢|怎么样|如何|吧|行吗|可以吗|行不行)\s*")
_HOW_ABOUT = re.compile(r"\b(?:how|what) about\s*$")


def read_answer(context: Context) -> list[Draft]:
    """Return what "yes" or "no" says to a question about a flag."""
    flag = next((n for n in context.asked if (f := context.schema.get(n)) is not None and f.kind == "flag"), None)
    if flag is None:
        return []
    text = context.scene.folded
    if (pure := _YES.match(text.strip())) or _NO.match(text.strip()):
        return [Draft(flag, "==", bool(pure), 0, len(text))]
    yes = _YES_AND.match(text) or _MUST.match(text)
    lead = yes or _NO_AND.match(text)
    if lead is None or any(s.field == flag for m in context.scene.live() for s in m.senses):
        return []
    return [Draft(flag, "==", bool(yes), lead.start(), lead.end())]


def correct_figures(context: Context) -> list[Draft]:
    """Return the corrected bounds ("actually 200, not 150") and take their figures out of the other stages."""
    rows = [r for r in context.ledger if r.op in ("<", "<=", ">", ">=", "==", "between") and _numeric(context, r)]
    if not rows:
        return []
    rejected = [
        f
        for f in context.figures
        if not f.dead and ((f.negated and f.quantity.op == "==") or _is_old(context, f, rows))
    ]
    drafts = []
    for figure in context.figures:
        if figure.dead or figure.negated or figure in rejected:
            continue
        row = _corrected_row(context, figure, rows, rejected)
        if row is None:
            continue
        field = context.field(row.field)
        draft = figure_draft(context, figure, field)
        if draft is None:
            continue
        if figure.quantity.op == "==":
            draft.op = row.op if row.op != "between" else draft.op
        if figure.quantity.unit is None:
            draft.unit = row.unit
        draft.scope, draft.group, draft.replaces = draft.scope or row.scope, row.group, True
        drafts.append(draft)
        figure.dead = True
    if drafts:
        for figure in rejected:
            figure.dead = True
    return drafts


def correct_values(context: Context) -> list[Draft]:
    """Return values told by the part that sets them off from one asked for before: "actually oily", after dry skin."""
    text = context.scene.folded
    if len(text) > _BREATH or any(m.having("value", "flag") for m in context.scene.live()):
        return []
    for row in context.ledger:
        field = context.schema.get(row.field)
        if field is None or row.op not in ("==", "contains") or field.name == context.lexicon.kind:
            continue
        held = [word for words in field.values.get(str(row.value), {}).values() for word in words]
        for value, by in field.values.items() if held else ():
            for head in _heads([word for words in by.values() for word in words], held):
                found = re.search(rf"\b{head}\b" if head.isascii() else head, text)
                if found and value != row.value:
                    return [Draft(field.name, field.has, value, *found.span(), hard=row.hard, replaces=True)]
    return []


def _heads(names: Iterable[str], held: Iterable[str]) -> Iterator[str]:
    """Yield what the first parts of `names` are that end as one of `held` does: oily, of oily skin, beside dry skin."""
    ends = {end for one in held if (end := one.partition(" ")[2] if one.isascii() else one[2:])}
    for name in names:
        for end in ends:
            head = name.removesuffix(end).strip()
            if head != name and len(head) > 1:
                yield fold(head)


def _is_old(context: Context, figure: Figure, rows: list[Requirement]) -> bool:
    """Say whether a figure only cites what stands in the ledger: "I said 20 litres earlier", 500不够."""
    if not any(f.start >= figure.end and not f.dead for f in context.figures):
        return False
    scene = context.scene
    clause = scene.clauses[scene.clause_at(figure.start)]
    lacking = any(
        not scene.folded[figure.end : m.start].strip(" 块元的可能恐怕")
        for m in scene.marked("insufficient", start=figure.end)
    )
    if not lacking and not scene.has("cited", start=clause.start, end=clause.end):
        return False
    said = figure.quantity.value
    return not isinstance(said, list) and any(
        in_unit_of(context.field(row.field), figure, said) == row.value for row in rows
    )


def drop_slips(context: Context) -> None:
    """Rule out what the words correct in the same breath: "Sony? Oops, I meant Bose", "under 150, no wait, 200"."""
    for marker in context.scene.marked("slip"):
        before = context.scene.folded[: marker.start]
        if _ADDED.match(context.scene.folded[marker.end :]) or _ADDING.search(before):
            continue
        _drop_value(context, marker)
        _drop_figure(context, marker)


def _drop_value(context: Context, marker: Marker) -> None:
    found = [(m, s) for m in context.scene.live() if not m.negated and (s := value_sense(context, m))]
    later = next(((m, s) for m, s in found if marker.end <= m.start <= marker.end + _BREATH), None)
    if later is None or later[1].part != "value":
        return
    for mention, sense in found:
        if marker.start - _BREATH <= mention.end <= marker.start and sense.field == later[1].field:
            mention.dead = True
            context.dead_spans.append((mention.start, mention.end))


def _drop_figure(context: Context, marker: Marker) -> None:
    live = [f for f in context.figures if not f.dead and not f.negated]
    earlier = [f for f in live if marker.start - _BREATH <= f.end <= marker.start]
    later = [f for f in live if marker.end <= f.start <= marker.end + _BREATH]
    if not earlier or not later:
        return
    old, new = earlier[-1], later[0]
    field = field_of(context, old)
    if field is None or in_unit_of(field, new, 1.0) is None or field_of(context, new) not in (None, field):
        return
    quantity = new.quantity
    if quantity.unit is None:
        quantity = replace(quantity, unit=old.quantity.unit, dimension=old.quantity.dimension, also=old.quantity.also)
    if quantity.op == "==" and old.quantity.op in ("<", "<=", ">", ">="):
        was = old.quantity
        quantity = replace(
            quantity,
            low=None if was.low is None else quantity.low,
            high=None if was.high is None else quantity.high,
            low_open=was.low_open,
            high_open=was.high_open,
        )
    new.quantity, old.dead = quantity, True


def mark_replacements(context: Context, drafts: list[Draft]) -> None:
    """Mark what takes the place of a requirement on the same field, where the words say that they correct.

    So does another subject, unless it is said to come beside the one before.
    """
    held = {row.field for row in context.ledger}
    corrects = context.scene.has("correct")
    beside = corrects or _ADDING_TO.search(context.scene.folded)
    for draft in drafts:
        subject = not beside and draft.op in ("contains", "contains_any") and draft.hard and _is_subject(context, draft)
        if (corrects and draft.op not in ("!=", "not_in", "not_contains")) or subject:
            draft.replaces = draft.replaces or draft.field in held


def _is_subject(context: Context, draft: Draft) -> bool:
    """Say whether a requirement says what a thing is about."""
    return is_called(context.field(draft.field), general_words().topics)


def _numeric(context: Context, row: Requirement) -> bool:
    field = context.schema.get(row.field)
    return field is not None and field.kind in ("number", "money")


def proposes(context: Context, figure: Figure) -> bool:
    """Say whether a clause offers nothing but another figure: 650人民币呢, "how about 80 euros?"."""
    scene = context.scene
    clause = scene.clauses[scene.clause_at(figure.start)]
    rest = scene.folded[figure.end : clause.end]
    return bool(
        context.ledger
        and _INSTEAD.match(scene.folded[clause.start : figure.start])
        and (_WHAT_IF.fullmatch(rest) or (not rest.strip() and _HOW_ABOUT.search(scene.folded[: figure.start])))
    )


def _named(context: Context) -> set[str]:
    return {s.field for m in context.scene.live() for s in m.having("field", "more", "less")}


def _of_its_range(context: Context, figure: Figure, fitting: list[Requirement]) -> Requirement | None:
    """Return the last row that bounds the same way and can hold the figure: after litres, 35 is litres."""
    numbers = [n for n in (figure.quantity.low, figure.quantity.high) if n is not None]
    for row in reversed(fitting):
        field = context.field(row.field)
        same = figure.quantity.op == "==" or figure.quantity.op[0] == row.op[0] or row.op == "=="
        if (
            same
            and field.low is not None
            and field.high is not None
            and all(field.low <= n <= field.high for n in numbers)
        ):
            return row
    return None


def _corrected_row(
    context: Context, figure: Figure, rows: list[Requirement], rejected: list[Figure]
) -> Requirement | None:
    """Return the ledger's row that a figure stands in place of, or None where it is a requirement of its own."""
    scene = context.scene
    marked = scene.has("correct") or bool(rejected)
    bare = figure.quantity.unit is None and figure.quantity.op == "=="
    alone = (
        figure.quantity.unit is None
        and len(context.figures) == 1
        and _INSTEAD.match(scene.folded[: figure.start])
        and len(scene.folded) - figure.end <= 4
        and not context.asked
    )
    if not marked and not alone and not proposes(context, figure):
        return None
    kinds = context.named_kinds()
    fitting = [
        row
        for row in rows
        if in_unit_of(context.field(row.field), figure, 1.0) is not None
        and not (kinds and context.coverage.of(row.field, kinds) == 0.0)  # another kind has nothing of that to correct
    ]
    old = [f.quantity.value for f in rejected]
    for row in fitting:
        if row.value in old:
            return row
    field = field_of(context, figure)
    held = next((r for r in fitting if field is not None and r.field == field.name), None)
    if field is not None and (held or figure.quantity.unit is not None or field.name in _named(context)):
        return held
    if field is not None:
        return _of_its_range(context, figure, fitting)
    if not bare and figure.quantity.unit is None:
        bare = True
    if not bare:
        return None
    price = context.schema.roles.get("price")
    return next((r for r in fitting if r.field == price), fitting[-1] if fitting else None)
