"""From quantities and dates to requirements: which field a figure belongs to, and how it bounds it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

from shortlist.reader.message import Context, Draft, Figure, Marker, Moment
from shortlist.reader.stance import REFUSED_GAP, flipped
from shortlist_tools.catalog import Field, Op
from shortlist_tools.text import DateSpan

from .ages import for_the_youngest
from .attribution import PEOPLE, field_of, in_unit_of

_EXACTLY = re.compile(r"(?:exactly|precisely|正好|刚好|恰好)\s*$")
_LIMIT_BEFORE = re.compile(
    r"(?:(?P<low>\b(?:min|minimum|lowest|least)\b|最低|最少|至少|起码|下限)|\b(?:max|maximum|highest|"
    r"most|limit|ceiling|cap)\b|最高|最多|上限|顶多)"
    r"\s?(?:of |is |的)?(?:[a-z]+ ){0,2}?[^\d,.，。]{0,6}$"
)
_UNABLE = re.compile(r"\b(?:can't|cannot|couldn't|won't|wouldn't|isn't able)\b|不能|不会|[玩看用]不[了来]")
_NEXT = 4
_LASTING = re.compile(r"\d|year|decade|century|[年代世纪]|零|〇")
_FREE_ONES = re.compile(r" (?:ones?|stuff|things?|options?|items?)\b| only\W*$")
_ONLY = re.compile(r"\b(?:only|just) (?:the )?$")
_UP_TO = re.compile(r"^(?:up to|最多)")


def read_figures(context: Context) -> list[Draft]:
    """Return the requirements that the message's quantities and dates make."""
    drafts = []
    for figure in context.figures:
        if figure.dead:
            continue
        field = field_of(context, figure)
        if field is not None and (draft := figure_draft(context, figure, field)) is not None:
            drafts.append(draft)
    drafts = for_the_youngest(context, drafts) + _free(context)
    for moment in context.moments:
        if not moment.dead and (draft := _date_draft(context, moment)) is not None:
            drafts.append(draft)
    return drafts


def _free(context: Context) -> list[Draft]:
    """Return the requirement of costing nothing, or something: "free courses", 门票免费, 不要免费的, 收费的."""
    scene = context.scene
    for marker in scene.marked("free", "paid"):
        if context.is_dead(marker.start) or not _really_free(context, marker):
            continue
        clause = scene.clauses[scene.clause_at(marker.start)]
        money = {f.name for f in context.schema.fields if f.kind == "money"}
        near = [
            (max(m.start - marker.end, marker.start - m.end), s.field)
            for m in scene.live()
            if clause.start <= m.start < clause.end
            for s in m.having("field")
            if s.field in money
        ]
        best = [min(near)[1]] if near else context.coverage.best(sorted(money), context.kinds())
        price = context.schema.roles.get("price")
        name = price if price in best and not near else best[0] if near or len(best) == 1 else None
        if name is not None:
            refused = any(
                REFUSED_GAP.fullmatch(scene.folded[one.end : marker.start])
                for one in scene.marked("not", start=clause.start, end=marker.start)
            )
            negated = "paid" in marker.classes or refused
            soft = scene.has("wish_before", start=clause.start, end=marker.start)
            return [Draft(name, ">" if negated else "==", 0.0, marker.start, marker.end, hard=not soft)]
    return []


def _really_free(context: Context, marker: Marker) -> bool:
    """Say whether "free" speaks of money: not of sugar-free, nor of feeling free."""
    text = context.scene.folded
    if text[marker.start : marker.end] != "free":
        return True
    if re.search(r"(?:\w-|feel |set )$", context.scene.text[: marker.start].lower()):
        return False
    kind = context.lexicon.kind
    after = [m for m in context.scene.live() if m.start >= marker.end and len(text[marker.end : m.start].split()) <= 1]
    names_kind = any(s.field == kind for m in after for s in m.having("value"))
    lead = re.search(r"(?:\b(?:is|are|be|it's|something|anything|totally|completely)\s+)$|^$", text[: marker.start])
    clause = context.scene.clauses[context.scene.clause_at(marker.start)]
    alone = not text[clause.start : marker.start].strip() and not text[marker.end : clause.end].strip()
    ones = _FREE_ONES.match(text, marker.end) or _ONLY.search(text[: marker.start])
    return bool(names_kind or alone or ones or (not text[marker.end :].strip(" .!?,") and lead))


def figure_draft(context: Context, figure: Figure, field: Field) -> Draft | None:
    """Return the requirement that a figure makes on a field."""
    quantity = figure.quantity
    op: Op = quantity.op  # type: ignore[assignment]
    raw = quantity.value
    converted = [in_unit_of(field, figure, v) for v in raw] if isinstance(raw, list) else in_unit_of(field, figure, raw)
    if converted is None or (isinstance(converted, list) and None in converted):
        return None
    if figure.negated and not _twice(context, figure):
        if op in ("==", "between"):
            return None
        op = flipped(op)  # type: ignore[assignment]
    if op == "==":
        op = _bare_op(context, figure, field)
    elif op == "<=" and field.unit in PEOPLE and _UP_TO.match(quantity.text.lower()):
        op = ">="
    value: Any = converted
    return Draft(
        field.name,
        op,
        value,
        figure.start,
        figure.end,
        unit=unit_of(context, figure, field),
        hard=not figure.soft,
        scope=None if figure.scope == "slate" and field.kind != "money" else figure.scope,  # only money is one sum
        group=figure.group,
    )


def _twice(context: Context, figure: Figure) -> bool:
    """Say whether a second negation takes back the first: "nothing our 10 year old can't play"."""
    clause = context.scene.clauses[context.scene.clause_at(figure.start)]
    return bool(_UNABLE.search(context.scene.folded, figure.end, clause.end))


def _bare_op(context: Context, figure: Figure, field: Field) -> Op:
    before = context.scene.folded[max(0, figure.start - 28) : figure.start]
    if _EXACTLY.search(before):
        return "=="
    limit = _LIMIT_BEFORE.search(before)
    if limit and not any(
        m.having("field") and m.start <= figure.start - len(before) + limit.start() < m.end
        for m in context.scene.live()
    ):
        return ">=" if limit["low"] else "<="
    if field.name == context.schema.roles.get("price") or (
        field.kind == "money" and "price" not in context.schema.roles
    ):
        return "<="
    if field.unit in PEOPLE:
        return ">="
    if field.name == context.schema.roles.get("age_rating"):
        return "<="
    return "=="


def unit_of(context: Context, figure: Figure, field: Field) -> str | None:
    """Return the currency of a figure where it is not the field's own."""
    if field.kind != "money":
        return None
    quantity = figure.quantity
    unit = (
        quantity.unit
        if quantity.dimension == "money"
        else next((u for u in quantity.also if u.isupper() and len(u) == 3), None)
    )
    if unit is None and context.scene.language == "zh":
        unit = "CNY"
    return None if unit == field.unit else unit


def _date_draft(context: Context, moment: Moment) -> Draft | None:
    fields = [f for f in context.schema.fields if f.kind == "date"]
    if not fields:
        return None
    cued = [s.field for m in context.scene.live() for s in m.senses if context.field(s.field).kind == "date"]
    if any(f.quantity.dimension == "age" and 0 <= f.start - moment.end <= _NEXT for f in context.figures):
        return None  # 今年八岁 tells an age
    if not cued and not _LASTING.search(moment.span.text.lower()):
        return None  # "today" and "last week" tell when something is said or done
    field = context.field(cued[0]) if cued else context.schema.role("released") or fields[0]
    bound = _bound_of(moment.span)
    if field.kind != "date" or bound is None:
        return None
    op, value = bound
    if moment.negated:
        if op == "between":
            return None
        op = flipped(op)  # type: ignore[assignment]
    draft = Draft(field.name, op, value, moment.start, moment.end, hard=not moment.soft)
    return replace(draft, scope=moment.scope, group=moment.group)


def _bound_of(span: DateSpan) -> tuple[Op, Any] | None:
    """Return how a span of days compares; "after 2023" is said of the last day of 2023, not of the next one."""
    if span.low is not None and span.high is not None:
        return "between", [span.low, span.high]
    if span.low is not None:
        return (">", _shifted(span.low, -1)) if span.op == ">" else (">=", span.low)
    if span.high is not None:
        return ("<", _shifted(span.high, 1)) if span.op == "<" else ("<=", span.high)
    return None


def _shifted(iso: str, days: int) -> str:
    return (datetime.date.fromisoformat(iso) + datetime.timedelta(days=days)).isoformat()
