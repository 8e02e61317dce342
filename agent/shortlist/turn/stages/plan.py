"""Stage 2, plan: one model call writes short rows, code checks each against the user's words and completes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shortlist.offline import plan_from_reading
from shortlist.reader import Reading
from shortlist.turn.state import Session, Turn, active, ask_with_repair
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_prompts.schemas import PlanRows
from shortlist_tools.catalog import Requirement, RequirementError, Schema, check_requirement
from shortlist_tools.text import clean, simplified

from .cards import schema_card
from .plan_rows import agreeing, concerns, is_said, parse_row

MOST_INFERRED = 2
ASKING_NOTHING = frozenset({"about", "compare", "off_topic", "profile"})
"""Intents of the reader that leave no room for a requirement."""
SURE = frozenset({"compare", "about", "more", "accept", "reject", "profile", "reset", "off_topic"})
"""Intents of the reader that a model does not overrule: they rest on words and on what was shown."""


async def make_plan(message: str, session: Session, reading: Reading, turn: Turn) -> TurnPlan:
    """Return the plan of this turn: the model's, checked and completed, or the built-in planner's."""
    own = plan_from_reading(reading, simplified(message))
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
        parsed = parse_row(row, schema)
        if isinstance(parsed, str):
            dropped.append(f"{row}: {parsed}")
            continue
        place = agreeing(parsed, edits)
        if place is not None:
            edits[place] = edits[place].model_copy(update={"found_by": "both"})
            continue
        if own.intent in ASKING_NOTHING:
            dropped.append(f"{row}: the message asks for no items")
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
    # "Which one is the lightest?" is about all that is shown, whatever the model points at.
    if not about and intent in ("about", "compare") and own.degree is None:
        about = tuple(session.slate[n - 1] for n in rows.a if 0 < n <= len(session.slate))
    touched = {edit.requirement.field if edit.requirement else edit.field for edit in edits}
    for name in rows.x:
        field = schema.get(name)
        if field is not None and name not in touched and concerns(field, message):
            edits.append(PlannedEdit(action="withdraw", field=name, found_by="model"))
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


def _judge(
    parsed: Requirement, edits: Sequence[PlannedEdit], reading: Reading, message: str, turn: Turn
) -> Requirement | str:
    """Return the row as stated (hard) or inferred (soft), or why it is neither."""
    services = turn.services
    if not parsed.quote.strip() or not is_said(parsed.quote, message):
        return "its quote is not in the user's words"
    if any(edit.requirement is not None and edit.requirement.field == parsed.field for edit in edits):
        return "the reader reads this field otherwise"
    if any(edit.action == "withdraw" and edit.field == parsed.field for edit in edits):
        return "the message takes this field back"
    stated = services.reader.derive(parsed.field, parsed.op, parsed.value, parsed.quote)
    if stated is not None:
        return stated
    field = services.schema.get(parsed.field)
    if field is not None and field.kind in ("number", "money", "date") and not concerns(field, parsed.quote):
        return "its quote does not speak of this field"
    if field is None or field.kind == "text" or parsed.value in ("", []):
        return "nothing can be inferred from it"
    try:
        return check_requirement(parsed, services.schema)
    except RequirementError as error:
        return str(error)


def replanned(plan: TurnPlan, reading: Reading) -> TurnPlan:
    """Return the built-in plan in place of one whose reads could not use their arguments."""
    return plan_from_reading(reading).model_copy(update={"dropped": (*plan.dropped, "its reads failed; planned again")})


def without_foreign_money(plan: TurnPlan, schema: Schema) -> TurnPlan:
    """Return `plan` without amounts in a currency that no declared rate converts, which it then asks about."""
    for edit in plan.edits:
        row = edit.requirement
        field = schema.get(row.field) if row is not None else None
        if row is None or field is None or field.kind != "money" or row.unit in (None, field.unit, *schema.rates):
            continue
        kept = tuple(one for one in plan.edits if one.requirement is None or one.requirement.unit != row.unit)
        return plan.model_copy(update={"edits": kept, "foreign": (field.name, str(row.unit))})
    return plan
