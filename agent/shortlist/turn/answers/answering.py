"""Answers about items: from their fields and texts, what named ones break, and what the user did with which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from shortlist.decision import Decision, Quote
from shortlist.inquiry import says
from shortlist.turn.state import Services, Session
from shortlist.turn.texts import (
    answering_fields,
    asked_units,
    asks_opinions,
    description,
    left_open,
    quotes,
    quotes_by_meaning,
    told_words,
    wondered,
)
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Item, Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.search import BuiltInEmbedder, asked_of, count_of, priced_by
from shortlist_tools.text import detect_language, keys

from .items import Best, broken_by, plain, tellable, utmost_of_all, withheld
from .picking import picked
from .plans import fields_of, questions_in
from .variants import held, values_named

MOST_REMINDED = 5
_OF_THESE = re.compile(
    r"\b(?:of|among|between|out of) (?:these|those|them|the (?:two|three|four|lot|above))\b"
    r"|这(?:里面|[几两二三四些])|[其当]中|它们|上面"
)
"""What asks of those shown alone, and not of all that fit."""
_WHICH = re.compile(r"\bwhich\b(?!.*\b(?:differ\w*|difference|than)\b)|哪(?!.*(?:区别|不同|差别|更))")
"""What asks of each item whether it is so, where no field tells."""
_WHETHER = re.compile(
    r"\b(?:is|are|was|does|do|will) (?:it|this|that|they|these|the)\b|[吗么嘛]|(.)不\1", re.IGNORECASE
)


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
        return withheld(age, services, "restricted")
    items = [snapshot.item(snapshot.row_of[one]) for one in ids]
    if len(ids) > 1 and plan.fields and _asks_which(plan, message) and not _are_known(plan.fields, items):
        return picked(plan, ids, in_force, session, profile, services, message)
    best = _best_of(plan, services)
    ids, among = _in_order(ids, best, snapshot), 0
    if best is not None and set(named) == set(session.slate) and not _OF_THESE.search(message.casefold()):
        utmost, among = utmost_of_all(best, plan, in_force, session, profile, services, message)
        ids = utmost[:1] if utmost and not set(utmost) & set(ids) else ids
    items = [snapshot.item(snapshot.row_of[one]) for one in ids]
    fields, units = _asked_for(plan, best, items, services, message)
    new = [one for one in ids if one not in session.offered]
    broken = broken_by(new, in_force, profile, services)
    if plan.intent == "about" and best is None and _asks_all(plan, message):
        return _described(ids, items, broken, services, detect_language(message))
    decision = Decision(
        kind="answer",
        topic=plan.intent,
        items=plain(ids, services),
        fields=fields,
        best=best,
        convert="" if units else plan.currency,
        units=units,
        broken=broken,
        matching=among or None,
    )
    if plan.intent == "about" and best is None:
        decision = decision.model_copy(update={"absent": _absent(fields, items, services, message)})
    if parts := questions_in(message) if plan.intent == "about" and best is None else []:
        return _each_answered(decision, plan, parts, session, services)
    decision = _with_texts(_per_unit(decision, services, message), plan, services, message)
    if len(ids) > 1 and set(decision.unsaid) == set(ids) and _asks_which(plan, message):
        return picked(plan, ids, in_force, session, profile, services, message)
    return decision


def _each_answered(
    decision: Decision, plan: TurnPlan, parts: Sequence[str], session: Session, services: Services
) -> Decision:
    """Return the decision with what the texts say of those of several questions that no field answers."""
    items = [services.snapshot.item(one.row) for one in decision.items]
    embedder = services.searcher.embedder
    found: list[Quote] = []
    silent: list[str] = []
    for part in parts:
        if fields_of(part, session, services):
            continue
        language = detect_language(part)
        if not (told_words(part) or asked_of(part).kind or asks_opinions(part)):
            found += [one for item in items for one in description(item, services.schema, language)[:1]]
            continue
        asked = (services.schema, wondered(part), part, language, services.snapshot)
        told = [one for item in items for one in quotes(item, *asked)[:1]]
        if not told and wondered(part) and isinstance(embedder, BuiltInEmbedder):
            schema, words = services.schema, wondered(part)
            told = [one for item in items for one in quotes_by_meaning(item, schema, part, words, language, embedder)]
        found += told
        silent += [] if told else [part]
    return decision.model_copy(
        update={"fields": plan.fields, "quotes": tuple(dict.fromkeys(found)), "silent": tuple(silent)}
    )


def _are_known(fields: Sequence[str], items: Sequence[Item]) -> bool:
    """Return whether any of the items has any of the fields."""
    return any(name in item.values for item in items for name in fields)


def _absent(
    fields: Sequence[str], items: Sequence[Item], services: Services, message: str
) -> dict[str, dict[str, str]]:
    """Return the values that a question asks whether items have, of those fields of theirs that list only others."""
    asked = [(name, value) for name, value in values_named(message, services.schema) if name in fields]
    found: dict[str, dict[str, str]] = {}
    for item in items:
        for name, value in asked if _WHETHER.search(message) else ():
            if name in item.values and value not in held(item.values[name]):
                found.setdefault(item.id, {})[name] = value
    return found


def _in_order(ids: list[str], best: Best | None, snapshot: Snapshot) -> list[str]:
    """Return the items, those first that have most or least of the field in question."""
    if best is None:
        return ids
    values, sign = snapshot.numbers(best[0]), 1 if best[1] == "lowest" else -1
    figures = {one: values[snapshot.row_of[one]] for one in ids}
    return sorted(ids, key=lambda one: (bool(np.isnan(figures[one])), sign * figures[one]))


def _asked_for(
    plan: TurnPlan, best: Best | None, items: Sequence[Item], services: Services, message: str
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the fields that answer a question, and the units that their figures are asked for in."""
    if best is not None:
        return plan.fields or (best[0],), {}
    units = asked_units(message, plan.fields, items, services.schema)
    if plan.intent != "about":
        return plan.fields, units
    measured = [name for name in plan.fields if not (units and services.schema.roles.get("price") == name)]
    fields = tuple(dict.fromkeys((*units, *measured)))
    return fields if units else answering_fields(fields, plan.wonder, items, services.schema, message), units


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
    ids: Sequence[str],
    items: Sequence[Item],
    broken: dict[str, tuple[str, ...]],
    services: Services,
    language: str,
) -> Decision:
    """Return what describes the items; of those that nothing describes, the facts alone."""
    found = tuple(one for item in items for one in description(item, services.schema, language))
    told = [services.schema.roles.get(role) for role in ("price", "rating")] if found else []
    told = [name for name in told if all(name in item.values for item in items)]
    return Decision(
        kind="answer",
        topic="about",
        items=plain(ids, services),
        fields=tuple(name for name in told if name),
        quotes=found,
        broken=broken,
    )


def _with_texts(decision: Decision, plan: TurnPlan, services: Services, message: str) -> Decision:
    """Return the decision with sentences of the items' texts where their fields leave the question open.

    Fields go where the texts speak of what is asked about and they do not.
    """
    if decision.best is not None:
        return decision
    language, schema, embedder = detect_language(message), services.schema, services.searcher.embedder
    items = {one.id: services.snapshot.item(one.row) for one in decision.items}
    opinions = asks_opinions(message)

    @cache
    def said(name: str) -> tuple[Quote, ...]:
        return quotes(items[name], schema, plan.wonder, message, language, services.snapshot)

    open_ = not opinions and _is_for_texts(decision, plan, services, message)
    if open_ and (not decision.fields or any(said(name) for name in items)):
        decision = decision.model_copy(update={"topic": "about", "fields": ()})
    about = decision.topic == "about" and not (decision.fields or decision.broken)
    told_of = {schema.roles.get(role) for role in ("rating", "popularity")}
    found: list[Quote] = []
    unsaid: list[str] = []
    for name, item in items.items():
        wanted = opinions and bool(item.reviews) and set(decision.fields) <= told_of
        if decision.fields and not wanted and all(field in item.values for field in decision.fields):
            continue
        told = said(name)
        if about and not told and plan.wonder and isinstance(embedder, BuiltInEmbedder):
            # Elsewhere a question would cost a request of its own.
            told = quotes_by_meaning(item, schema, message, plan.wonder, language, embedder)
        found += told
        if about and not told and (plan.wonder or opinions):
            unsaid.append(name)
    return decision.model_copy(update={"quotes": tuple(found), "unsaid": tuple(unsaid)})


def _is_for_texts(decision: Decision, plan: TurnPlan, services: Services, message: str) -> bool:
    """Return whether the texts are looked through for what is asked about before the fields are told."""
    if decision.units or decision.per or not plan.wonder:
        return False
    if decision.topic == "compare" and not decision.fields:
        return _asks_which(plan, message)
    open_ = asked_of(message).measure or left_open(decision.fields, plan.wonder, services.schema)
    return bool(decision.fields and open_)


def _asks_which(plan: TurnPlan, message: str) -> bool:
    """Return whether a question asks which of the items are so: "which of them has no perfume?"."""
    return _WHICH.search(message.casefold()) is not None and bool(told_words(plan.wonder))


def reminded(plan: TurnPlan, session: Session, profile: ProfileSummary, services: Services) -> Decision:
    """Answer what the user bought or looked at, the newest first."""
    rows = services.snapshot.row_of
    seen = [item for kind in plan.recall for item in reversed(profile.seen.get(kind, ())) if item in rows]
    ids, _ = tellable(list(dict.fromkeys(seen)), session, profile, services)
    items = plain(ids[:MOST_REMINDED], services)
    return Decision(kind="answer", topic="memory", recall=plan.recall, items=items)


def _best_of(plan: TurnPlan, services: Services) -> Best | None:
    """Return the field and the end of it that a question of degree asks for."""
    if plan.degree is None or len(plan.fields) != 1:
        return None
    field = services.schema.get(plan.fields[0])
    return (field.name, plan.degree) if field is not None and field.kind in ("number", "money") else None
