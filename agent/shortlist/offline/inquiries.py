"""Answers to what is asked of the conversation, the shop or its advice, in words."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist.decision import Decision
from shortlist.offline.answers import quote_lines
from shortlist.offline.dropping import dropped_lines
from shortlist.offline.phrases import say
from shortlist_tools.catalog import Field, Requirement, Snapshot
from shortlist_tools.drafting import Fact, FactSheet, ItemFacts, describe, named, render_value
from shortlist_tools.text import format_money, join_words

WHOLE_FROM = 10
"""From here on an amount in another currency is told in whole units: the rate is set by hand."""
Lines = list[tuple[str, str | None]]


def inquiry_lines(
    decision: Decision, sheet: FactSheet, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str
) -> Lines:
    """Return the sentences that answer the inquiry of `decision`, each with the item it is about."""
    kind = decision.inquiry
    if kind == "pick":
        return _pick(decision, sheet, language, seed)
    if kind == "why":
        return _why(decision, sheet, language, seed)
    if kind in ("variant", "no_variant"):
        return _variants(decision, sheet, snapshot, language, seed)
    if kind in ("than_lower", "than_higher"):
        return _whether(decision, sheet, snapshot, language, seed)
    if kind in ("beyond", "named"):
        titles = join_words([one.title for one in sheet.items], language)
        told = say("beyond", language, seed, titles=titles) if kind == "beyond" else ""
        return [(told or say("named", language, seed, titles=titles), None)]
    if kind == "promoted":
        return [(say("promoted", language, seed), sheet.items[0].id)]
    if kind == "none_promoted":
        return [(say("none_promoted", language, seed), None)]
    if kind == "left":
        return _left(decision, sheet, snapshot, language, seed)
    if kind == "total":
        return _total(decision, sheet, snapshot, language, seed)
    if kind == "asked":
        return _asked(decision, ledger, snapshot, language, seed)
    if kind == "drop":
        return [(text, None) for text in dropped_lines(decision, ledger, snapshot, language, seed)]
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
    if kind == "rated":
        return _rated(decision, sheet, snapshot, language, seed)
    if kind == "cart" and sheet.items:
        return [(say("chosen_not_ordered", language, seed, title=sheet.items[0].title), sheet.items[0].id)]
    if kind == "pointed" and sheet.items:
        return [(say("pointed", language, seed, title=sheet.items[0].title), sheet.items[0].id)]
    return [(say(f"shop_{kind}", language, seed), None)]


def _asked(decision: Decision, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str) -> Lines:
    """Return the requirements in force, after the words of the need that they came from."""
    asked = [describe(row, snapshot.schema, language) for row in ledger if row.origin not in ("policy", "inferred")]
    lines: Lines = [(say("asked_first", language, seed, need=decision.need), None)] if decision.need else []
    if asked:
        lines.append((say("asked_for", language, seed, what=join_words(list(dict.fromkeys(asked)), language)), None))
    return lines or [(say("asked_nothing", language, seed), None)]


def _rated(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> Lines:
    """Return thanks for the stars given to each item."""
    rating = snapshot.schema.role("rating")
    lines: Lines = []
    for one in sheet.items:
        stars = render_value(rating, decision.stars[one.id], language) if rating else f"{decision.stars[one.id]:g}"
        lines.append((say("rated", language, f"{seed}{one.id}", title=one.title, stars=stars), one.id))
    return lines or [(say("thanks", language, seed), None)]


def _variants(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> Lines:
    """Return which variants there are and whether they can be had, or that there is none."""
    if decision.inquiry == "no_variant":
        one = sheet.items[0]
        facts = [named(fact.label, fact.text, language) for fact in one.facts if fact.field in decision.fields]
        lines: Lines = [(say("no_variant", language, seed, title=one.title), one.id)]
        if facts:
            lines.append((say("fact_of", language, seed, title=one.title, facts=join_words(facts, language)), one.id))
        return lines
    price, stock = snapshot.schema.role("price"), snapshot.schema.role("availability")
    lines = []
    for place, one in enumerate(sheet.items):
        said = {fact.field: fact for fact in one.facts}
        cost = said.get(price.name) if price else None
        left = said.get(stock.name) if stock else None
        out = left is not None and left.value is False
        occasion = "variant_out" if out else "variant" if place == 0 else "variant_next"
        facts_said = f"{one.title}{'，' if language == 'zh' else ', '}{cost.text}" if cost else one.title
        lines.append((say(occasion, language, f"{seed}{place}", title=facts_said), one.id))
    return lines


def _whether(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> Lines:
    """Return yes or no to whether the first item has less or more of a field than the second, then both figures."""
    field = snapshot.schema.by_name[decision.fields[0]]
    known = [(one, fact) for one in sheet.items for fact in one.facts if fact.field == field.name]
    said = [
        (say("fact_of", language, f"{seed}{one.id}", title=one.title, facts=_told(field, fact, language)), one.id)
        for one, fact in known
    ]
    if len(known) < 2:
        missing = [one for one in sheet.items if one.id not in {owner.id for owner, _ in known}]
        label = field.named(language)
        return [*said, *((say("fact_missing", language, seed, a=label, title=one.title), one.id) for one in missing)]
    first, second = float(known[0][1].value), float(known[1][1].value)
    if first == second:
        return [(say("whether_same", language, seed), None), *said]
    holds = first < second if decision.inquiry == "than_lower" else first > second
    return [(say("whether_yes" if holds else "whether_no", language, seed), None), *said]


def _told(field: Field, fact: Fact, language: str) -> str:
    return named(field.named(language), fact.text, language)


def _reasons(one: ItemFacts, language: str) -> str:
    return "，".join(one.reasons) if language == "zh" else join_words(list(one.reasons), language)


def _pick(decision: Decision, sheet: FactSheet, language: str, seed: str) -> Lines:
    first, *others = sheet.items
    lines: Lines = [(say("pick_alike", language, seed), None)] if decision.alike else []
    occasion = "pick_why" if first.reasons else "pick_bare"
    lines.append((say(occasion, language, seed, title=first.title, why=_reasons(first, language)), first.id))
    lines += _had(first, decision, language, seed)
    if others:
        shared = set(first.reasons)
        own = [reason for reason in others[0].reasons if reason not in shared]
        second = others[0].model_copy(update={"reasons": tuple(own)})
        occasion = "pick_next" if own else "pick_next_bare"
        said = say(occasion, language, seed, title=second.title, why=_reasons(second, language))
        lines += [(said, second.id), *_had(second, decision, language, seed)]
    return lines


def _had(one: ItemFacts, decision: Decision, language: str, seed: str) -> Lines:
    """Return what an item is known to have of what the better one was asked for in."""
    facts = [] if decision.alike else [fact for fact in one.facts if fact.field in decision.fields]
    said = [fact.label if fact.value is True else named(fact.label, fact.text, language) for fact in facts]
    lines = [say("fact_of", language, seed, title=one.title, facts=join_words(said, language))] if said else []
    lines += quote_lines([quote for quote in decision.quotes if quote.item == one.id], one.title, language, seed)
    return [(line, one.id) for line in lines]


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
    price = snapshot.schema.by_name[decision.fields[0]] if decision.fields else snapshot.schema.role("price")
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
    if rate := snapshot.schema.rates.get(decision.convert):
        other = format_money(
            round(decision.total / rate, 0 if decision.total / rate >= WHOLE_FROM else 2), decision.convert, language
        )
        total = say("in_currency", language, "", value=total, other=other)
    lines: Lines = [(say("total_of", language, seed, total=total, parts=join_words(said, language)), None)]
    if missing:
        lines.append((say("total_without", language, seed, titles=join_words(missing, language)), None))
    return lines


def _left(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> Lines:
    """Return what is left of the budget, or that none was named."""
    price = snapshot.schema.role("price")
    if price is None or decision.total is None:
        return [(say("left_unknown", language, seed), None)]
    titles = join_words([one.title for one in sheet.items], language)
    rest = render_value(price, round(abs(decision.total), 2), language)
    return [(say("left" if decision.total >= 0 else "left_over", language, seed, titles=titles, rest=rest), None)]


def _stock(decision: Decision, snapshot: Snapshot, language: str, seed: str) -> str:
    kind = snapshot.schema.get(decision.fields[0]) if decision.fields else snapshot.schema.role("kind")
    what = join_words([describe(row, snapshot.schema, language) for row in decision.assumptions], language)
    if what and not decision.kinds:
        return say("stock_of", language, seed, count=decision.matching or 0, what=what)
    if kind is None or not decision.kinds:
        return say("stock_number", language, seed, count=decision.matching or 0)
    separator = "、" if language == "zh" else ", "
    parts = [f"{kind.value_named(value, language)} ({count})" for value, count in decision.kinds]
    if language == "zh":
        parts = [part.replace(" (", "（").replace(")", "）") for part in parts]
    if decision.fields:
        what = what or say("stock_all", language, seed)
        return say("stock_values", language, seed, what=what, a=kind.named(language), values=separator.join(parts))
    return say("stock_kinds", language, seed, count=decision.matching or 0, kinds=separator.join(parts))
