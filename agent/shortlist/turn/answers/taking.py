"""Messages that settle on an item or ask for others: taken, something like it, more of them."""

from __future__ import annotations

from shortlist.inquiry import says, takes_one
from shortlist.turn.state import Services, Session, active
from shortlist.turn.wishes import utmost
from shortlist.turn_plan import TurnPlan

from .plans import ASIDE, OPEN, SHORT, is_soft, the_one


def taken(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that confirms which item was taken, where the message says no more than that."""
    if not takes_one(message):
        return None
    # The cheapest is the one that is meant after it was asked for.
    told = bool(utmost(active(session.ledger))) or session.compared[:1] == (session.lead,)
    one = the_one(plan, session, lead=told and says("points", message))
    if not (is_soft(plan) or (one and _is_meant(one[0], plan, services))) or not (one or says("points", message)):
        return None
    # Without a kind of inquiry it is asked which one is meant.
    return plan.model_copy(update={**ASIDE, "intent": "accept", "about": one, "inquiry": "cart" if one else ""})


def _is_meant(item: str, plan: TurnPlan, services: Services) -> bool:
    """Return whether what the message states only says which item it is: the black one."""
    row = services.snapshot.row_of.get(item)
    stated = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    return row is not None and all(services.snapshot.satisfies(row, each) for each in stated if each.hard)


def others_wanted(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that shows others, where a message wants what is like an item or asks whether there are more."""
    if not is_soft(plan) or len(message) > SHORT or not session.slate:
        return None
    if says("alike", message):
        about = the_one(plan, session, lead=True)
        intent = "refine" if plan.feedback else "more"
        told = {"intent": intent, "about": about, "fields": (), "wonder": "", "query": "", "good": ""}
        return plan.model_copy(update=told)
    if says("more", message) and not says("others_too", message) and plan.intent in ("about", *OPEN):
        told = {"intent": "more", "about": (), "fields": (), "wonder": "", "query": ""}
        return plan.model_copy(update=told)
    return None
