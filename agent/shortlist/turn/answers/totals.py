"""Sums of what was shown: what it costs or weighs together, several of one thing, and what is left of the budget."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shortlist.decision import Decision
from shortlist.inquiry import counted, how_many_of_one
from shortlist.turn.state import Services, Session, active, upper_bound
from shortlist.turn.wishes import together
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import SLATE, Requirement, Schema
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import dimension

from .comparing import utmosts
from .items import utmost_of_all
from .plans import PAIR, is_soft, only_repeats, says_two, taken_up

_ALTOGETHER = re.compile(
    r"\b(?:together|altogether|in total|total|combined|in all|all of (?:it|them)|all (?:two|three))\b"
    r"|一共|总共|加起来|合计|合起来|总[重长体容]|全部|一起"
)
_SEVERAL = re.compile(
    r"\b(?:together|altogether|total|combined|in all|all|both|pair|two|three|four|everything|they|lot|set|up)\b"
    r"|一共|总|合|加|全|都|[两二三四几][个款样件副台本瓶]|俩|仨|这一?[套些]"
)
_PRICE = re.compile(
    r"\bhow much\b|\b(?:come|comes|coming|amounts?) (?:out )?to\b|\b(?:add|adds|adding|sum) (?:\w+ ){0,3}up\b"
    r"|\btotal\b|\bcosts?\b|\bpay\b|\bset me back\b"
    r"|\bwhat(?:'s| is| are) (?:it|that|this|they|these|those) (?:all )?(?:together|altogether|in all)\b"
    r"|(?:一共|总共|合计|总计|加起来|加一起|合起来).{0,4}(?:多少(?=钱|块|元|呢|[?？。\s]|$)|几块|几钱|什么价)"
    r"|多少(?:钱|块|元)|总价|总额|合计"
)
"""What asks for a sum of money, and that it is of several things."""
_THREE = re.compile(r"\bthree\b|[三仨]")
_OF_ONE = re.compile(r"\bof (?:it|that|this|those|these|them|the)\b|它|[这那][个款]|第")
_ADDING_UP = frozenset({"mass", "volume", "time", "duration"})
"""Measures of which the sum of several things says something; a rating has none."""
LONGEST = 50


def asks_sum(message: str) -> bool:
    """Return whether `message` asks what several things cost together."""
    text = message.casefold()
    return len(text) <= LONGEST and bool(_PRICE.search(text) and _SEVERAL.search(text))


def with_sum(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that adds up a figure of what was shown, or tells the price of several of one; None for others."""
    if not session.slate or len(message) > LONGEST or plan.inquiry not in ("", "total"):
        return None
    times = how_many_of_one(message)
    if not (is_soft(plan) or only_repeats(plan, session) or (times and plan.about)):
        return None  # "what would four of the second cost?" states no price
    text, price = message.casefold(), services.schema.roles.get("price")
    told = {"query": "", "edits": (), "degree": None, "intent": "about", "inquiry": "total", "fields": ()}
    whole = _bought_together(plan, text, session, services)
    of_one = _OF_ONE.search(text) or counted(message)
    stands = bool(session.taken) or together(active(session.ledger), services.snapshot) or _ALTOGETHER.search(text)
    all_of_it = times == len(whole) and stands and not of_one
    if times is not None and not all_of_it and (one := _meant(plan, message, session, services)):
        return plan.model_copy(update={**told, "about": one, "count": times})
    figure = plan.fields[0] if len(plan.fields) == 1 and plan.fields[0] != price else None
    if figure is None and (times is not None or asks_sum(message)):
        return plan.model_copy(update={**told, "about": whole, "count": None})
    if plan.intent != "about" or figure is None or not _ALTOGETHER.search(text):
        return None
    adds_up = _adds_up(figure, services.schema)
    return plan.model_copy(update={**told, "about": whole, "fields": (figure,)}) if adds_up else None


def _meant(plan: TurnPlan, message: str, session: Session, services: Services) -> tuple[str, ...]:
    """Return the one item of which several are to be had: named, under discussion, singled out, or put first."""
    for best in utmosts(message.rpartition(" of ")[2], session, services)[:1]:
        profile, in_force = services.profiles.summary(session.user), active(session.ledger)
        found, _ = utmost_of_all(best, plan, in_force, session, profile, services, message)
        if found:
            return (found[0],)
    one = plan.about if len(plan.about) == 1 else taken_up(session) or session.singled[-1:]
    return one or ((session.lead,) if session.lead in session.slate and session.lead else session.slate[:1])


def _bought_together(plan: TurnPlan, text: str, session: Session, services: Services) -> tuple[str, ...]:
    """Return what a sum is over: what the message counts, the set that stands with what was taken, or all shown."""
    if len(plan.about) > 1 and plan.about != session.slate:
        return plan.about
    if together(active(session.ledger), services.snapshot):
        return tuple(dict.fromkeys([*session.taken, *session.slate]))
    number = PAIR if says_two(text) else 3 if _THREE.search(text) else 0
    if session.taken:
        current = taken_up(session) or session.singled[-1:] or (session.lead,)
        return tuple(dict.fromkeys([*session.taken, *(one for one in current if one)]))
    narrowed = [one for one in (session.singled, session.compared) if len(one) == number]
    return narrowed[0] if narrowed and number else session.slate[: number or None]


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
    chosen = [one for one in items if not named or one.id in named]
    return Decision(kind="answer", inquiry="total", items=tuple(chosen), fields=fields, convert=plan.currency)


def total_of(
    decision: Decision, in_force: Sequence[Requirement], services: Services, message: str = ""
) -> float | None:
    """Return what the slate sums to, where a budget for the whole of it was given or the sum was asked for.

    Of a budget it is what is left.
    """
    price = services.schema.roles.get("price")
    budgets = [row for row in in_force if row.scope == SLATE and row.hard and row.field == price]
    if decision.inquiry == "left":
        return _left(decision, in_force, services, price)
    if decision.inquiry == "total" and price is not None:
        return _sum(decision, decision.fields[0] if decision.fields else price, services) * decision.times
    if decision.kind != "recommend" or price is None:
        return None
    if budgets or (asks_sum(message) and together(in_force, services.snapshot)):
        return _sum(decision, budgets[0].field if budgets else price, services)
    return None


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
