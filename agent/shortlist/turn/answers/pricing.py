"""What a message asks of prices and of what is paid for: whether something is free, what it costs, no promotions."""

from __future__ import annotations

import re

from shortlist.inquiry import says
from shortlist.turn.state import Services, Session
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Schema

from .plans import ASIDE, SHORT, is_soft, only_repeats, the_one

_REMOVES = re.compile(
    r"\b(?:remove|hide|drop|filter|take out|leave out|skip|block|exclude|get rid of|turn off|stop showing)\b"
    r"|去掉|去除|屏蔽|过滤|拿掉|删掉|关掉|移除|排除|剔除|不看|别放|少来"
)
_BARE_FREE = re.compile(r"^\W*(?:是|[这那][个些]?|它们?|都)*免费的?[吗么嘛]\W*$")


def priced(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that looks for what is free, or that tells what an item costs, where the message asks for that."""
    price = services.schema.role("price")
    one = the_one(plan, session)
    if price is not None and one and says("costs", message) and (is_soft(plan) or only_repeats(plan, session)):
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": one, "fields": (price.name,)})
    if price is None or not says("free", message) or any(edit.field == price.name for edit in plan.edits):
        return None
    bare = session.slate if _BARE_FREE.match(message) else ()
    if (says("points", message) or bare) and (about := plan.about or the_one(plan, session) or bare):
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (price.name,)})
    row = Requirement(field=price.name, op="<=", value=0.0, unit=price.unit, quote="free")
    row = row.model_copy(update={"quote": "免费"}) if not message.isascii() else row
    edits = (*plan.edits, PlannedEdit(action="add", requirement=row, field=price.name, quote=row.quote))
    told = {"intent": "refine", "edits": edits, "query": "", "fields": (), "wonder": "", "about": ()}
    return plan.model_copy(update=told)


def without_promoted(plan: TurnPlan, message: str, session: Session, schema: Schema) -> TurnPlan | None:
    """Return a plan that leaves out what is paid for, where the message wants that removed."""
    role, text = schema.role("sponsored"), message.casefold()
    if (
        role is None
        or any(edit.field != role.name for edit in plan.edits)
        or len(message) > SHORT
        or not _REMOVES.search(text)
    ):
        return None
    words = [word for by in (*role.flag_words.values(), role.label.values()) for word in by]
    said = next((w for w in words if (re.search(rf"\b{re.escape(w)}s?\b", text) if w.isascii() else w in text)), None)
    if said is None:
        return None
    row = Requirement(field=role.name, op="==", value=False, quote=said)
    edits = (PlannedEdit(action="add", requirement=row, field=role.name, quote=said),)
    told = {"intent": "refine" if session.ledger else "find", "edits": edits, "query": "", "about": (), "good": ""}
    return plan.model_copy(update=told)
