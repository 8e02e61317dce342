"""Sums of what was shown: what it costs or weighs together, several of one thing, and what is left of the budget."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shortlist.decision import Decision
from shortlist.inquiry import how_many_of_one
from shortlist.turn.state import Services, Session, upper_bound
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import SLATE, Requirement, Schema
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import dimension

from .plans import taken_up

_ALTOGETHER = re.compile(
    r"\b(?:together|altogether|in total|total|combined|in all|all of (?:it|them)|all (?:two|three))\b"
    r"|一共|总共|加起来|合计|合起来|总[重长体容]|全部|一起"
)
_ADDING_UP = frozenset({"mass", "volume", "time", "duration"})
"""Measures of which the sum of several things says something; a rating has none."""
LONGEST = 50


def with_sum(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that adds up a figure of what was shown, or tells the price of several of one; None for others."""
    if not session.slate or len(message) > LONGEST or plan.inquiry not in ("", "total"):
        return None
    one = plan.about[:1] if len(plan.about) == 1 else taken_up(session)
    times = how_many_of_one(message)
    if plan.edits and not (times and plan.about):
        return None  # "what would four of the second cost?" states no price
    if times is not None and (one or times == len(session.slate)):
        about, count = (one, times) if one else (session.slate, None)
        told = {"intent": "about", "about": about, "inquiry": "total", "count": count}
        return plan.model_copy(update={**told, "query": "", "edits": (), "fields": (), "degree": None})
    if plan.intent == "about" and len(plan.fields) == 1 and _ALTOGETHER.search(message.casefold()):
        priced = plan.fields[0] == services.schema.roles.get("price")
        if not (priced or _adds_up(plan.fields[0], services.schema)):
            return None
        fields = () if priced else plan.fields
        return plan.model_copy(update={"inquiry": "total", "query": "", "fields": fields, "degree": None})
    return None


def summed(plan: TurnPlan, in_force: Sequence[Requirement], items: Sequence[Ranked], schema: Schema) -> Decision:
    """Return the sum that `plan` asks for over those of `items` that it is about, else over all."""
    named = [one.id for one in items if one.id in plan.about]
    fields = plan.fields[:1]
    if plan.inquiry == "left":
        bounds = [row for row in in_force if row.field == schema.roles.get("price") and row.hard]
        whole = any(row.scope == SLATE for row in bounds)
        chosen = [one for one in items if whole or not named or one.id in named]
        # Of several that are shown to choose from, the first is counted.
        chosen = chosen if whole or named else chosen[: bool(bounds)]
        return Decision(kind="answer", inquiry="left", items=tuple(chosen))
    if plan.count and named:
        chosen = [one for one in items if one.id in named]
        return Decision(kind="answer", inquiry="total", items=tuple(chosen), times=plan.count, convert=plan.currency)
    chosen = [one for one in items if len(named) < 2 or one.id in named]
    return Decision(kind="answer", inquiry="total", items=tuple(chosen), fields=fields, convert=plan.currency)


def total_of(decision: Decision, in_force: Sequence[Requirement], services: Services) -> float | None:
    """Return what the slate sums to, where a budget for the whole of it was given or the sum was asked for.

    Of a budget it is what is left.
    """
    price = services.schema.roles.get("price")
    budgets = [row for row in in_force if row.scope == SLATE and row.hard and row.field == price]
    if decision.inquiry == "left":
        return _left(decision, in_force, services, price)
    if decision.inquiry == "total" and price is not None:
        return _sum(decision, decision.fields[0] if decision.fields else price, services) * decision.times
    if not budgets or decision.kind != "recommend":
        return None
    return _sum(decision, budgets[0].field, services)


def _left(decision: Decision, in_force: Sequence[Requirement], services: Services, price: str | None) -> float | None:
    rows = [row for row in in_force if row.field == price and row.hard and row.scope in (None, SLATE)]
    rows.sort(key=lambda row: row.scope != SLATE)
    bounds = [upper_bound(row, services.schema) for row in rows]
    bound = next((one for one in bounds if one is not None), None)
    return None if bound is None or price is None else bound - _sum(decision, price, services)


def _sum(decision: Decision, field: str, services: Services) -> float:
    return float(np.nansum([services.snapshot.numbers(field)[one.row] for one in decision.items]))


def _adds_up(name: str, schema: Schema) -> bool:
    field = schema.get(name)
    return field is not None and field.kind == "number" and dimension(field.unit or "") in _ADDING_UP
