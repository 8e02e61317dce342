"""Answers to what is asked of the conversation, the shop or its advice, in words."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.decision import Decision
from shortlist.offline.phrases import say
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.drafting import FactSheet, ItemFacts, describe, named, render_value
from shortlist_tools.text import join_words

Lines = list[tuple[str, str | None]]


def inquiry_lines(
    decision: Decision, sheet: FactSheet, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str
) -> Lines:
    """Return the sentences that answer the inquiry of `decision`, each with the item it is about."""
    kind = decision.inquiry
    if kind == "pick":
        return _pick(sheet, language, seed)
    if kind == "why":
        return _why(decision, sheet, language, seed)
    if kind == "total":
        return _total(decision, sheet, snapshot, language, seed)
    if kind == "asked":
        asked = [describe(row, snapshot.schema, language) for row in ledger if row.origin != "policy"]
        if not asked:
            return [(say("asked_nothing", language, seed), None)]
        return [(say("asked_for", language, seed, what=join_words(list(dict.fromkeys(asked)), language)), None)]
    if kind == "shown":
        if not sheet.items:
            return [(say("shown_nothing", language, seed), None)]
        titles = join_words([one.title for one in sheet.items], language)
        return [(say("shown_so_far", language, seed, titles=titles), None)]
    if kind == "stock":
        return [(_stock(decision, snapshot, language, seed), None)]
    if kind == "which":
        separator = "、" if language == "zh" else "; "
        return [(say("which_one", language, seed, titles=separator.join(one.title for one in sheet.items)), None)]
    if kind == "cart" and sheet.items:
        return [(say("chosen_not_ordered", language, seed, title=sheet.items[0].title), sheet.items[0].id)]
    return [(say(f"shop_{kind}", language, seed), None)]


def _reasons(one: ItemFacts, language: str) -> str:
    return "，".join(one.reasons) if language == "zh" else join_words(list(one.reasons), language)


def _pick(sheet: FactSheet, language: str, seed: str) -> Lines:
    first, *others = sheet.items
    occasion = "pick_why" if first.reasons else "pick_bare"
    lines: Lines = [(say(occasion, language, seed, title=first.title, why=_reasons(first, language)), first.id)]
    if others:
        shared = set(first.reasons)
        own = [reason for reason in others[0].reasons if reason not in shared]
        second = others[0].model_copy(update={"reasons": tuple(own)})
        occasion = "pick_next" if own else "pick_next_bare"
        said = say(occasion, language, seed, title=second.title, why=_reasons(second, language))
        lines.append((said, second.id))
    return lines


def _why(decision: Decision, sheet: FactSheet, language: str, seed: str) -> Lines:
    if not sheet.items:
        return [(say("why_asked", language, seed), None)]
    lines: Lines = []
    for place, one in enumerate(sheet.items):
        if one.reasons:
            occasion = "why_of" if place == 0 else "why_of_next"
            said = say(occasion, language, f"{seed}{place}", title=one.title, why=_reasons(one, language))
        else:
            said = say("why_nothing", language, f"{seed}{place}", title=one.title)
        lines.append((said, one.id))
    return lines


def _total(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> Lines:
    price = snapshot.schema.role("price")
    if price is None or decision.total is None:
        return [(say("total_unknown", language, seed), None)]
    said, missing = [], []
    for one in sheet.items:
        fact = next((fact.text for fact in one.facts if fact.field == price.name), None)
        if fact is None:
            missing.append(one.title)
        else:
            said.append(f"{named(one.title, fact, language)}{f' × {decision.times}' if decision.times > 1 else ''}")
    if not said:
        return [(say("total_unknown", language, seed), None)]
    total = render_value(price, decision.total, language)
    lines: Lines = [(say("total_of", language, seed, total=total, parts=join_words(said, language)), None)]
    if missing:
        lines.append((say("total_without", language, seed, titles=join_words(missing, language)), None))
    return lines


def _stock(decision: Decision, snapshot: Snapshot, language: str, seed: str) -> str:
    kind = snapshot.schema.role("kind")
    if kind is None or not decision.kinds:
        return say("stock_number", language, seed, count=decision.matching or 0)
    separator = "、" if language == "zh" else ", "
    parts = [f"{kind.value_named(value, language)} ({count})" for value, count in decision.kinds]
    if language == "zh":
        parts = [part.replace(" (", "（").replace(")", "）") for part in parts]
    return say("stock_kinds", language, seed, count=decision.matching or 0, kinds=separator.join(parts))
