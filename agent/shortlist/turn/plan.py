"""Stage 2, plan: one model call writes short rows, code checks each against the user's words and completes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from shortlist.offline import plan_from_reading
from shortlist.reader import Reading
from shortlist.turn.cards import schema_card
from shortlist.turn.context import Turn
from shortlist.turn.ledger import active
from shortlist.turn.model_calls import ask_with_repair
from shortlist.turn.session import Session
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_prompts.schemas import PlanRows
from shortlist_tools.catalog import Field, Op, Requirement, RequirementError, Schema, check_requirement
from shortlist_tools.text import clean

ROW = re.compile(
    r"^\s*(?P<field>\S+?)\s*(?P<op>==|!=|<=|>=|<|>|=|not_in|not_contains|contains_any|contains|between|in|lowest|highest|exists)"
    r'\s*(?P<value>.*?)\s*(?:["“](?P<quote>[^"“”]*)["”])?\s*$'
)
MOST_INFERRED = 2
SURE = frozenset({"compare", "about", "more", "accept", "reject", "profile", "reset", "off_topic"})
"""Intents of the reader that a model does not overrule: they rest on words and on what was shown."""


async def make_plan(message: str, session: Session, reading: Reading, turn: Turn) -> TurnPlan:
    """Return the plan of this turn: the model's, checked and completed, or the built-in planner's."""
    own = plan_from_reading(reading, message)
    model = turn.services.model
    if model is None:
        return own
    rows, source = await ask_with_repair("plan", _inputs(message, session, reading, turn), PlanRows, turn)
    if rows is None:
        return own
    return _completed(rows, own, reading, message, session, turn).model_copy(update={"source": source})


def _inputs(message: str, session: Session, reading: Reading, turn: Turn) -> dict[str, Any]:
    services = turn.services
    titles = [f"[{n}] {services.title(item, reading.language)}" for n, item in enumerate(session.slate, start=1)]
    ledger = [f"{row.field} {row.op} {_plain(row.value)}" for row in active(session.ledger)]
    exchanges = [
        line for one in session.exchanges[-2:] for line in (f"user: {one.user[:160]}", f"you: {one.reply[:160]}")
    ]
    return {
        "fields": schema_card(services.schema, message, reading, session),
        "ledger": ledger,
        "exchanges": exchanges,
        "shown": titles,
        "language": reading.language,
        "message": clean(message)[: turn.services.settings.plan_message_chars],
    }


def _plain(value: Any) -> str:
    return "|".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)


def _completed(rows: PlanRows, own: TurnPlan, reading: Reading, message: str, session: Session, turn: Turn) -> TurnPlan:
    """Return the model's plan with what the reader found put back and what the user did not say left out."""
    schema = turn.services.schema
    dropped: list[str] = []
    edits = [edit.model_copy() for edit in own.edits]
    inferred = 0
    for row in rows.r:
        parsed = _parse(row, schema)
        if isinstance(parsed, str):
            dropped.append(f"{row}: {parsed}")
            continue
        place = _agreeing(parsed, edits)
        if place is not None:
            edits[place] = edits[place].model_copy(update={"found_by": "both"})
            continue
        verdict = _judge(parsed, edits, reading, message, turn)
        if isinstance(verdict, str):
            dropped.append(f"{row}: {verdict}")
        elif verdict.hard or inferred < MOST_INFERRED:
            inferred += not verdict.hard
            edits.append(PlannedEdit(action="add", requirement=verdict, quote=verdict.quote, found_by="model"))
    intent = own.intent
    if own.intent not in SURE and not own.edits and rows.i not in ("compare", "about", "more", "accept", "reject"):
        intent = "off_topic" if rows.i == "off" else rows.i
    if intent in ("chat", "off_topic", "profile") and edits:
        intent = own.intent if own.edits else "find"
    about = own.about
    if not about and intent in ("about", "compare"):
        about = tuple(session.slate[n - 1] for n in rows.a if 0 < n <= len(session.slate))
    ask = rows.ask if schema.get(rows.ask) is not None else None
    return own.model_copy(
        update={
            "intent": intent,
            "query": _query(own.query, "" if own.edits else rows.q, intent),
            "edits": tuple(edits),
            "about": about,
            "ask": ask,
            "dropped": tuple(dropped),
        }
    )


def _query(own: str, model: str, intent: str) -> str:
    """Return the words to search by: the user's own first, the model's where they add to them."""
    if intent in ("chat", "off_topic", "profile"):
        return ""
    model = clean(model)[:200]
    if not own or not model:
        return own or model
    extra = [word for word in model.split() if word.lower() not in own.lower()]
    return " ".join([own, *extra[:8]])


def _parse(row: str, schema: Schema) -> Requirement | str:
    """Return the requirement that a model's row spells, unchecked, or why it spells none."""
    match = ROW.match(row)
    if match is None:
        return 'not of the form: field op value "quote"'
    field = _field(match["field"], schema)
    if field is None:
        return "no such field"
    op: Op = "==" if match["op"] == "=" else match["op"]  # type: ignore[assignment]
    value: Any = match["value"].strip("\"'“” ")
    if op in ("lowest", "highest"):
        value = None
    elif op in ("in", "not_in", "contains_any", "between"):
        value = [part.strip() for part in re.split(r"[|,，、]", value.strip("[]")) if part.strip()]
    unit = None
    if field.kind == "money" and isinstance(value, str) and (money := re.fullmatch(r"([\d.,]+)\s*([A-Z]{3})", value)):
        value, unit = money[1], None if money[2] == field.unit else money[2]
    return Requirement(
        field=field.name, op=op, value=value, unit=unit, quote=match["quote"] or "", hard=False, origin="inferred"
    )


def _field(name: str, schema: Schema) -> Field | None:
    if (exact := schema.get(name)) is not None:
        return exact
    lowered = name.lower().replace("_", " ")
    for field in schema.fields:
        words = [*field.label.values(), *(word for words in field.aliases.values() for word in words)]
        if lowered in (word.lower() for word in words):
            return field
    return None


def _agreeing(parsed: Requirement, edits: Sequence[PlannedEdit]) -> int | None:
    """Return the place of the reader's edit that says the same, if one does."""
    for place, edit in enumerate(edits):
        mine = edit.requirement
        if (
            mine is not None
            and mine.field == parsed.field
            and mine.op == parsed.op
            and _values(mine) == _values(parsed)
        ):
            return place
    return None


def _values(row: Requirement) -> set[str]:
    values = row.value if isinstance(row.value, list | tuple) else [row.value]
    return {
        f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else _number(str(value))
        for value in values
    }


def _number(text: str) -> str:
    try:
        return f"{float(text.replace(',', '')):g}"
    except ValueError:
        return text.lower()


def _judge(
    parsed: Requirement, edits: Sequence[PlannedEdit], reading: Reading, message: str, turn: Turn
) -> Requirement | str:
    """Return the row as stated (hard) or inferred (soft), or why it is neither."""
    services = turn.services
    if not parsed.quote.strip() or not _said(parsed.quote, message):
        return "its quote is not in the user's words"
    if any(edit.requirement is not None and edit.requirement.field == parsed.field for edit in edits):
        return "the reader reads this field otherwise"
    stated = services.reader.derive(parsed.field, parsed.op, parsed.value, parsed.quote)
    if stated is not None:
        return stated
    field = services.schema.get(parsed.field)
    if field is not None and field.kind in ("number", "money", "date") and not _concerns(field, parsed.quote):
        return "its quote does not speak of this field"
    try:
        return check_requirement(parsed, services.schema)
    except RequirementError as error:
        return str(error)


def _said(quote: str, message: str) -> bool:
    return "".join(clean(quote).lower().split()) in "".join(clean(message).lower().split())


def _concerns(field: Field, quote: str) -> bool:
    lowered = quote.lower()
    lists = (field.aliases, field.more, field.less, {code: [label] for code, label in field.label.items()})
    return any(word.lower() in lowered for words in lists for said in words.values() for word in said)


def replanned(plan: TurnPlan, reading: Reading) -> TurnPlan:
    """Return the built-in plan in place of one whose reads could not use their arguments."""
    return plan_from_reading(reading).model_copy(update={"dropped": (*plan.dropped, "its reads failed; planned again")})
