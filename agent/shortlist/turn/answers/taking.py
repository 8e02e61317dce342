"""Messages that settle on an item or ask for others: taken, something like it, more of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from shortlist.inquiry import asks_of_shown, counted, says, takes_one, without_form
from shortlist.turn.choice import offered_rows
from shortlist.turn.state import Services, Session, Shown, active, compares, rejected
from shortlist.turn.texts import named_fields, wondered
from shortlist.turn.wishes import exact_rows, together, utmost
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot

from .plans import ASIDE, OPEN, SHORT, asked_fields, is_soft, the_one

LONGEST = 60
_BACK: tuple[Literal["back_first", "back_last"], ...] = ("back_first", "back_last")
_BETWEEN = re.compile(
    r"\b(?:in between|in[- ]the[- ]middle|half ?way between|mid(?:dle)?[- ](?:range|priced?|ground|of the road)"
    r"|between (?:the (?:last |first )?two|those|these|them)\b(?=.*\bprice|\W*$))"
    r"|折中|折衷|中间(?=价|的|一?[点些]|\W*$)|居中|介于|中等(?=价|的价)"
)
_OF_TWO = re.compile(r"\b(?:last|first) (?:two|2)\b|[前后][两二2]")
_OF_ONESELF = re.compile(
    r"\b(?:i|i'm|i've|(?<!show )(?<!tell )(?<!give )me|my|mine|we|our)\b"
    r"|(?<![给帮])[我俺咱]|[给帮][我俺咱](?!再?[看找讲说介推])|^\W*还是"
    r"|\b(?:not|rather than|instead of)\b|不要|不是"
)
"""A sentence that tells of the speaker, or sets one thing against another, where it asks nothing."""


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


def taken_after(plan: TurnPlan, ledger: Sequence[Requirement], session: Session, snapshot: Snapshot) -> tuple[str, ...]:
    """Return what the user has settled on until now; of several that were offered to choose from, the last one."""
    if plan.intent == "reset":
        return ()
    one = plan.about[:1] if plan.intent == "accept" and plan.inquiry == "cart" else ()
    rivals = session.slate if one and not together(active(ledger), snapshot) else ()
    gone = {*rejected(plan, session), *rivals, *one}
    return (*(each for each in session.taken if each not in gone), *one)


def between(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan for what costs more than the cheaper slate shown last and less than the dearer: "in between"."""
    price = services.schema.roles.get("price")
    if price is None or len(message) > LONGEST or not _BETWEEN.search(message.casefold()) or not session.slate:
        return None
    kept = [edit for edit in plan.edits if edit.field != price]
    rows = [row for row in active(session.ledger) if row.hard]
    wanted = [edit.requirement for edit in kept if edit.requirement is not None and edit.requirement.hard]
    gone = [row for row in rows if row.field == price and compares(row)]
    shown = np.zeros(len(services.snapshot), dtype=np.bool_)
    shown[offered_rows(session, services.snapshot)] = True
    exact = exact_rows(active(session.ledger), services.snapshot)
    ranges = _ranges(session, price, message, services)
    for low, high in ranges:
        bounds = [
            Requirement(field=price, op=">", value=low, unit=services.schema.by_name[price].unit, quote=message),
            Requirement(field=price, op="<", value=high, unit=services.schema.by_name[price].unit, quote=message),
        ]
        met = services.snapshot.mask([*(row for row in rows if row not in gone), *wanted, *bounds])
        fresh = bool((met & ~shown & (True if exact is None else exact)).any())
        if fresh or (low, high) == ranges[-1]:
            edits = [PlannedEdit(action="withdraw", requirement=row, field=price) for row in gone]
            edits += [PlannedEdit(action="add", requirement=row, field=price, quote=row.quote) for row in bounds]
            intent = "more" if fresh else "refine"
            told = {"intent": intent, "about": (), "fields": (), "degree": None, "wonder": "", "unheard": ""}
            return plan.model_copy(update={**told, "query": "", "told": (), "edits": (*kept, *edits)})
    return None


def _ranges(session: Session, price: str, message: str, services: Services) -> list[tuple[float, float]]:
    """Return between which prices "in between" may mean: of two items, of the last two slates, else of those shown."""
    numbers, rows = services.snapshot.numbers(price), services.snapshot.row_of
    if two := _OF_TWO.search(message.casefold()):
        of_two = session.slate[-2:] if two[0].startswith(("last", "后")) else session.slate[:2]
        low, high = sorted(float(numbers[rows[one]]) for one in (of_two[0], of_two[-1]))
        return [(low, high)] if low < high else []
    slates = [*[one.ids for one in session.slates if set(one.ids) != set(session.slate)][-1:], session.slate]
    costs = [sorted(float(numbers[rows[one]]) for one in ids if one in rows) for ids in slates]
    costs = sorted(one for one in costs if one)
    found = [(costs[0][-1], costs[1][0])] if len(costs) > 1 else []
    found = [*found, (costs[0][0], max(one[-1] for one in costs))] if costs else []
    return [(low, high) for low, high in found if low < high]


def remarked(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan to ask what is wanted of an item that a message only remarks upon, and asks nothing about."""
    tells = plan.intent == "about" and len(plan.about) == 1 and not (plan.fields or plan.inquiry)
    text = message.casefold()
    if (
        not tells
        or "?" in text
        or "？" in text
        or asks_of_shown(message)
        or not (_OF_ONESELF.search(text) and wondered(message))
    ):
        return None
    if any(says(form, message) for form in ("whole", "how_to", "holds_against", "named", "variants")):
        return None
    return plan.model_copy(update={**ASIDE, "intent": "chat", "inquiry": "pointed"})


def gone_back(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan to show what was recommended before, or to take one of that, where a message goes back to it.

    What was asked for since then is taken back with it.
    """
    form = next((one for one in _BACK if session.slates and len(message) <= LONGEST and says(one, message)), None)
    if form is None:
        return None
    shown = _earlier(session, services, first=form == "back_first")
    rest = without_form(form, message)
    one = tuple(shown.ids[place - 1] for place in sorted(counted(rest)) if place <= len(shown.ids))[:1]
    if asks_of_shown(message):
        fields = asked_fields(plan) or named_fields(message, services.schema)
        told = {"intent": "about", "about": one or shown.ids, "fields": fields, "wonder": wondered(rest)}
        return plan.model_copy(update={**ASIDE, **told})
    if not is_soft(plan):
        return None
    if one:
        return plan.model_copy(update={**ASIDE, "intent": "accept", "about": one})
    since = [row for row in active(session.ledger) if row.turn > shown.turn and row.origin == "stated"]
    edits = tuple(PlannedEdit(action="withdraw", requirement=row, field=row.field) for row in since)
    kept = {"count": plan.count, "currency": plan.currency, "source": plan.source, "dropped": plan.dropped}
    return TurnPlan(intent="refine", inquiry="again", about=shown.ids, edits=edits, **kept)


def _earlier(session: Session, services: Services, *, first: bool) -> Shown:
    """Return the first slate of the kind shown last, or the one before that shown last."""
    rows, kind = services.snapshot.row_of, services.schema.roles.get("kind")

    def kinds(ids: Sequence[str]) -> set[str]:
        return {str(services.snapshot.value(rows[one], kind)) for one in ids if kind and one in rows}

    if first:
        return next((one for one in session.slates if kinds(one.ids) & kinds(session.slate)), session.slates[0])
    others = [one for one in session.slates if one.ids != session.slate]
    return others[-1] if others else session.slates[-1]
