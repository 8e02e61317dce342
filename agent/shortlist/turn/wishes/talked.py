"""The kind of thing that a conversation is about where nobody named it: that of all that was just shown."""

from __future__ import annotations

import re

from shortlist.turn.state import UNWANTED, Services, Session, active
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement

LEAST = 6
"""Items that meet what was asked for from which on their kinds tell anything."""
MOSTLY = 2 / 3
"""Share of what was asked for that is of one kind from which on the talk is about that kind."""
_OPENS = re.compile(
    r"\b(?:something|anything|gifts?|presents?|else|others?)\b|什么|啥|礼物|送[给你我他她爸妈朋老女男同孩]|别的|其他|其它",
    re.IGNORECASE,
)
_ALIKE = re.compile(r"\b(?:similar|alike|like (?:that|this|it|these|those))\b|类似|差不多的|[这那]样的", re.IGNORECASE)


def with_talked_kind(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` with a wish for the kind of all that is shown, where it goes on from there and names none."""
    field = services.schema.role("kind")
    alike = _ALIKE.search(message)
    says = bool(plan.edits or (plan.query and not session.pending)) and not (plan.about or plan.inquiry)
    going_on = (says and plan.intent in ("find", "refine")) or (plan.intent == "more" and alike)
    if field is None or field.kind != "category" or not session.slate or not going_on or plan.good:
        return plan
    said = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    rows = active(session.ledger)
    if any(row.field == field.name and row.op not in UNWANTED for row in [*rows, *said]):
        return plan
    opens = _OPENS.search(message) and not alike
    if opens or any(edit.action == "withdraw" and edit.field is None for edit in plan.edits):
        return plan
    snapshot = services.snapshot
    kinds = {snapshot.value(snapshot.row_of[one], field.name) for one in session.slate if one in snapshot.row_of}
    if len(kinds) != 1:
        return plan
    wish = Requirement(field=field.name, op="==", value=kinds.pop(), hard=False, quote=message.strip()[:80])
    return _wishing(plan, wish, services, [row for row in rows if row.hard], said)


def _wishing(
    plan: TurnPlan, wish: Requirement, services: Services, hard: list[Requirement], said: list[Requirement]
) -> TurnPlan:
    """Return `plan` with the wish, if what was asked for is mostly of that kind, and such items have what is asked."""
    snapshot = services.snapshot
    of_kind = snapshot.mask([wish.model_copy(update={"hard": True})])
    met = snapshot.mask(hard)
    measured = [row for row in said if row.field in snapshot.columns]
    few = bool(hard) and met.sum() < LEAST
    lacking = few or any(not (snapshot.column(row.field).present & of_kind).any() for row in measured)
    if lacking or (hard and (met & of_kind).sum() < MOSTLY * met.sum()):
        return plan
    edit = PlannedEdit(action="add", requirement=wish, field=wish.field, quote=wish.quote)
    return plan.model_copy(update={"edits": (*plan.edits, edit)})
