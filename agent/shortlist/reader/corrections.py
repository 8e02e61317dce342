"""Corrections of what was said before, and short answers to the assistant's question."""

from __future__ import annotations

import re

from shortlist_tools.catalog import Requirement

from .attribution import field_of, in_unit_of
from .context import Context, Draft, Figure
from .figures import figure_draft

_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|of course|definitely|absolutely|please|ok|okay|correct|right|必须|"
    r"必要|是|是的|要|要的|需要|对|对的|嗯+|好|好的|可以|有|当然|没错|行|恩)(?:\W|please|的|啊|呀|吧|"
    r"哦)*$"
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|not really|no thanks|no thank you|不|不用|不用了|不需要|不要|没有|否|不是|"
    r"不必|不必了|不了|不用的)(?:\W|thanks|的|啊|呀|吧|哦|了)*$"
)
_INSTEAD = re.compile(
    r"^\W*(?:(?:what about|how about|how|what|then|and|ok|okay|try|maybe|no|i said|i say|i mean|"
    r"i meant|so|well|那|那么|要不|不|不是|我说的是|我说|我要)\W*)*$"
)


def read_answer(context: Context) -> list[Draft]:
    """Return what "yes" or "no" says to a question about a flag."""
    text = context.scene.folded.strip()
    truth = True if _YES.match(text) else False if _NO.match(text) else None
    if truth is None:
        return []
    for name in context.asked:
        field = context.schema.get(name)
        if field is not None and field.kind == "flag":
            return [Draft(name, "==", truth, 0, len(context.scene.text))]
    return []


def correct_figures(context: Context) -> list[Draft]:
    """Return the corrected bounds ("actually 200, not 150") and take their figures out of the other stages."""
    rows = [r for r in context.ledger if r.op in ("<", "<=", ">", ">=", "==", "between") and _numeric(context, r)]
    if not rows:
        return []
    rejected = [f for f in context.figures if f.negated and f.quantity.op == "==" and not f.dead]
    drafts = []
    for figure in context.figures:
        if figure.dead or figure.negated:
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


def mark_replacements(context: Context, drafts: list[Draft]) -> None:
    """Mark what takes the place of a requirement on the same field, where the words say that they correct."""
    held = {row.field for row in context.ledger}
    if context.scene.has("correct"):
        for draft in drafts:
            draft.replaces = draft.replaces or (
                draft.field in held and draft.op not in ("!=", "not_in", "not_contains")
            )


def _numeric(context: Context, row: Requirement) -> bool:
    field = context.schema.get(row.field)
    return field is not None and field.kind in ("number", "money")


def _corrected_row(
    context: Context, figure: Figure, rows: list[Requirement], rejected: list[Figure]
) -> Requirement | None:
    """Return the ledger's row that a figure stands in place of, or None where it is a requirement of its own."""
    scene = context.scene
    marked = scene.has("correct") or bool(rejected)
    bare = figure.quantity.unit is None and figure.quantity.op == "=="
    alone = (
        bare
        and len(context.figures) == 1
        and _INSTEAD.match(scene.folded[: figure.start])
        and len(scene.folded) - figure.end <= 4
        and not context.asked
    )
    if not marked and not alone:
        return None
    fitting = [r for r in rows if in_unit_of(context.field(r.field), figure, 1.0) is not None]
    old = {f.quantity.value for f in rejected if not isinstance(f.quantity.value, list)}
    for row in fitting:
        if row.value in old:
            return row
    field = field_of(context, figure)
    if field is not None:
        return next((r for r in fitting if r.field == field.name), None)
    if not bare and figure.quantity.unit is None:
        bare = True
    if not bare:
        return None
    price = context.schema.roles.get("price")
    return next((r for r in fitting if r.field == price), fitting[-1] if fitting else None)
