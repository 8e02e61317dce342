"""Answers about items: from their fields and texts, what named ones break, and what the user did with which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from shortlist.decision import Decision, Quote
from shortlist.inquiry import says
from shortlist.turn.state import Services, Session, house_requirements, restricted_mask
from shortlist.turn.texts import (
    answering_fields,
    asked_units,
    asks_opinions,
    description,
    left_open,
    quotes,
    quotes_by_meaning,
)
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked
from shortlist_tools.search import BuiltInEmbedder, asked_of, count_of, priced_by
from shortlist_tools.text import detect_language, keys

MOST_REMINDED = 5
_WHICH_IS = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*which(?: (?:one|ones|of (?:them|these|those)))?(?:'s| is| are| has| have| comes?"
    r"| can| does| do| will)\b(?!.*\b(?:differ|better|best|than)\b)"
    r"|哪(?:个|款|些|一款|一个).{0,2}(?:有|是|能|可以|不|没|带|含)(?!区别|不同|更)"
)
"""What asks of each item whether it is so."""


def answered(
    plan: TurnPlan,
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> Decision:
    """Answer about the items asked about, ordered by the field in question where there is one."""
    snapshot = services.snapshot
    named = [item for item in (plan.about or session.slate) if item in snapshot.row_of]
    ids, age = tellable(named, session, profile, services)
    if named and not ids:
        gate = services.policies.age_gate
        if gate is not None and age is None:
            return Decision(kind="confirm", confirm=gate.fact)
        return Decision(kind="abstain", topic="restricted")
    best = _best_of(plan, services)
    rows = [snapshot.row_of[item] for item in ids]
    if best is not None:
        values = snapshot.numbers(best[0])
        sign = 1 if best[1] == "lowest" else -1
        rows.sort(key=lambda row: (np.isnan(values[row]), sign * values[row]))
    items = [snapshot.item(row) for row in rows]
    units = asked_units(message, plan.fields, items, services.schema) if best is None else {}
    fields = plan.fields or ((best[0],) if best else ())
    if plan.intent == "about" and best is None:
        measured = [name for name in fields if not (units and services.schema.roles.get("price") == name)]
        fields = tuple(dict.fromkeys((*units, *measured)))
        if not units:
            fields = answering_fields(fields, plan.wonder, items, services.schema, message)
    if plan.intent == "about" and best is None and _asks_all(plan, message):
        return _described(rows, ids, in_force, session, profile, services, detect_language(message))
    decision = Decision(
        kind="answer",
        topic=plan.intent,
        items=tuple(_plain(row, services) for row in rows),
        fields=fields,
        best=best,
        convert="" if units else plan.currency,
        units=units,
        broken=_broken(ids, in_force, session, profile, services),
    )
    return _with_quotes(_per_unit(decision, services, message), plan, services, message)


def _per_unit(decision: Decision, services: Services, message: str) -> Decision:
    """Return the decision with how many of what a price is asked for one of each item is."""
    price, unit = services.schema.roles.get("price"), priced_by(message)
    if not unit or price not in decision.fields or decision.best is not None:
        return decision
    language, schema = detect_language(message), services.schema
    fields = [field for field in map(schema.get, decision.fields) if field is not None and field.kind == "number"]
    counting = next((field for field in fields if keys(unit) & keys(field.named(language))), None)
    counts: dict[str, float] = {}
    for one in decision.items:
        item = services.snapshot.item(one.row)
        count = item.values.get(counting.name) if counting else count_of(item, schema, language, unit)
        if isinstance(count, int | float):
            counts[one.id] = float(count)
    return decision.model_copy(update={"per": unit, "counts": counts})


def _asks_all(plan: TurnPlan, message: str) -> bool:
    """Return whether a message wants to hear of an item as a whole: what it is about, or nothing but itself."""
    return not plan.fields and (says("whole", message) or not plan.wonder) and not asks_opinions(message)


def _described(
    rows: Sequence[int],
    ids: Sequence[str],
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    language: str,
) -> Decision:
    """Return what describes the items; of those that nothing describes, the facts alone."""
    items = [services.snapshot.item(row) for row in rows]
    found = tuple(one for item in items for one in description(item, services.schema, language))
    told = [services.schema.roles.get(role) for role in ("price", "rating")] if found else []
    told = [name for name in told if all(name in item.values for item in items)]
    return Decision(
        kind="answer",
        topic="about",
        items=tuple(_plain(row, services) for row in rows),
        fields=tuple(name for name in told if name),
        quotes=found,
        broken=_broken(ids, in_force, session, profile, services),
    )


def _with_quotes(decision: Decision, plan: TurnPlan, services: Services, message: str) -> Decision:
    """Return the decision with sentences of the items' texts where their fields leave the question open."""
    found: list[Quote] = []
    unsaid: list[str] = []
    language = detect_language(message)
    decision = _as_said(decision, plan, services, message)
    about = decision.topic == "about" and not (decision.fields or decision.broken)
    for one in decision.items if decision.best is None else ():
        item = services.snapshot.item(one.row)
        said_of = {services.schema.roles.get(role) for role in ("rating", "popularity")}
        opinions = bool(item.reviews) and set(decision.fields) <= said_of and asks_opinions(message)
        if decision.fields and not opinions and all(name in item.values for name in decision.fields):
            continue
        said = quotes(item, services.schema, plan.wonder, message, language, services.snapshot)
        if about and not said and plan.wonder and isinstance(services.searcher.embedder, BuiltInEmbedder):
            # Elsewhere a question would cost a request of its own.
            said = quotes_by_meaning(item, services.schema, message, plan.wonder, language, services.searcher.embedder)
        found += said
        if about and not said and (plan.wonder or asks_opinions(message)):
            unsaid.append(one.id)
    return decision.model_copy(update={"quotes": tuple(found), "unsaid": tuple(unsaid)})


def _as_said(decision: Decision, plan: TurnPlan, services: Services, message: str) -> Decision:
    """Return the decision, without fields where the texts speak of what is asked about and the fields do not.

    "Which of them has no perfume?" asks about each, and compares nothing.
    """
    if decision.best is not None or decision.units or decision.per or not plan.wonder or asks_opinions(message):
        return decision
    which = decision.topic == "compare" and not decision.fields and _WHICH_IS.search(message.casefold())
    open_ = asked_of(message).measure or left_open(decision.fields, plan.wonder, services.schema)
    if not which and not (decision.fields and open_):
        return decision
    language = detect_language(message)
    items = [services.snapshot.item(one.row) for one in decision.items]
    if which or any(quotes(one, services.schema, plan.wonder, message, language, services.snapshot) for one in items):
        return decision.model_copy(update={"topic": "about", "fields": ()})
    return decision


def tellable(
    ids: Sequence[str], session: Session, profile: ProfileSummary, services: Services
) -> tuple[list[str], object]:
    """Return the items that may be spoken of, and the answer to the age gate."""
    policies, snapshot = services.policies, services.snapshot
    gate = policies.age_gate
    age = session.facts.get(gate.fact, profile.facts.get(gate.fact)) if gate else True
    closed = restricted_mask(policies, snapshot) if age is not True else np.zeros(len(snapshot), dtype=bool)
    return [one for one in ids if one not in policies.blocked and not closed[snapshot.row_of[one]]], age


def _broken(
    ids: Sequence[str],
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
) -> dict[str, tuple[str, ...]]:
    """Return which requirements are broken by items that the user names and that were not offered."""
    rows = [row for row in in_force if row.hard and row.group is None and row.scope is None]
    rows += house_requirements(services.policies, profile, services.schema)
    found = {}
    for one in ids:
        row = services.snapshot.row_of[one]
        missed = tuple(each.id for each in rows if not services.snapshot.satisfies(row, each))
        if one not in session.offered and missed:
            found[one] = missed
    return found


def reminded(plan: TurnPlan, session: Session, profile: ProfileSummary, services: Services) -> Decision:
    """Answer what the user bought or looked at, the newest first."""
    rows = services.snapshot.row_of
    seen = [item for kind in plan.recall for item in reversed(profile.seen.get(kind, ())) if item in rows]
    ids, _ = tellable(list(dict.fromkeys(seen)), session, profile, services)
    items = tuple(_plain(rows[item], services) for item in ids[:MOST_REMINDED])
    return Decision(kind="answer", topic="memory", recall=plan.recall, items=items)


def _plain(row: int, services: Services) -> Ranked:
    return Ranked(id=services.snapshot.ids[row], row=row, score=0.0, terms=())


def _best_of(plan: TurnPlan, services: Services) -> tuple[str, Literal["lowest", "highest"]] | None:
    """Return the field and the end of it that a question of degree asks for."""
    if plan.degree is None or len(plan.fields) != 1:
        return None
    field = services.schema.get(plan.fields[0])
    return (field.name, plan.degree) if field is not None and field.kind in ("number", "money") else None
