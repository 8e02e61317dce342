"""The fact sheet of a decision, and the lines of it that a prompt shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shortlist.decision import Decision
from shortlist.offline import reasons, say
from shortlist.turn.state import Services, is_sponsored
from shortlist.turn.texts import without_spoken
from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting import Fact, FactSheet, build_sheet, describe
from shortlist_tools.text import convert, format_money, format_number

MOST_FACTS = 7
MOST_LINE = 330
WHOLE_FROM = 10


def sheet_of(
    decision: Decision,
    in_force: Sequence[Requirement],
    services: Services,
    language: str,
    glimpses: Mapping[str, str] | None = None,
) -> FactSheet:
    """Return the sheet of the decision's items: facts, what each fits or breaks, reasons, glimpses and disclosures."""
    snapshot = services.snapshot
    items = [snapshot.item(one.row) for one in decision.items]
    said = [row for row in without_spoken(in_force, services.schema) if row.origin != "policy"]
    told = decision.kind == "recommend" or bool(decision.among)
    why = reasons(decision.among or decision.items, said, snapshot, language) if told else {}
    disclosures: dict[str, list[str]] = {}
    if services.policies.disclose_sponsored:
        for one in decision.items:
            if is_sponsored(snapshot, one.row):
                title = services.title(one.id, language)
                disclosures[one.id] = [say("sponsored", language, one.id, title=title)]
    sheet = build_sheet(
        items,
        snapshot.schema,
        list(in_force),
        language,
        reasons=why,
        disclosures=disclosures,
        broken={item: list(rows) for item, rows in decision.broken.items()},
        counts=_counts(decision),
        glimpses=glimpses,
    )
    return _measured(_converted(sheet, decision.convert, services, language), decision.units, services, language)


def converted(value: float, rate: float) -> float:
    """Return an amount in another currency, to what a rate set by hand bears: whole units from ten on."""
    return round(value / rate, 0 if value / rate >= WHOLE_FROM else 2)


def _converted(sheet: FactSheet, currency: str, services: Services, language: str) -> FactSheet:
    """Return the sheet with each price told in `currency` too, where the schema declares its rate."""
    price, rate = services.schema.role("price"), services.schema.rates.get(currency)
    if price is None or not rate:
        return sheet

    def told(fact: Fact) -> Fact:
        if fact.field != price.name:
            return fact
        other = format_money(converted(float(fact.value), rate), currency, language)
        return fact.model_copy(update={"text": say("in_currency", language, "", value=fact.text, other=other)})

    items = tuple(one.model_copy(update={"facts": tuple(map(told, one.facts))}) for one in sheet.items)
    return sheet.model_copy(update={"items": items})


def _measured(sheet: FactSheet, units: Mapping[str, str], services: Services, language: str) -> FactSheet:
    """Return the sheet with figures told in the units that were asked for, too."""
    if not units:
        return sheet

    def told(fact: Fact) -> Fact:
        own = services.schema.by_name[fact.field].unit if fact.field in units else None
        value = convert(float(fact.value), own, units[fact.field]) if own else None
        if value is None:
            return fact
        other = format_number(round(value, 2 if value < WHOLE_FROM else 1), units[fact.field], language)
        if other == fact.text:
            return fact
        return fact.model_copy(update={"text": say("in_unit", language, "", value=fact.text, other=other)})

    items = tuple(one.model_copy(update={"facts": tuple(map(told, one.facts))}) for one in sheet.items)
    return sheet.model_copy(update={"items": items})


def _counts(decision: Decision) -> list[int]:
    """Return the numbers of items that a message may state."""
    return [
        len(decision.items),
        *decision.excluded_by.values(),
        *([] if decision.matching is None else [decision.matching]),
    ]


def sheet_lines(
    sheet: FactSheet, decision: Decision, in_force: Sequence[Requirement], services: Services, language: str
) -> list[str]:
    """Return a prompt line for each item: its number, title, the facts that matter, why it fits and what it breaks."""
    rows = {row.id: row for row in in_force}
    first = [*decision.fields, *(row.field for row in in_force)]
    lines = []
    for one in sheet.items:
        order = {name: place for place, name in enumerate(first)}
        facts = sorted(one.facts, key=lambda fact: order.get(fact.field, len(order)))
        parts = [f"[{one.ref}] {one.title}"]
        parts += [f"{fact.label}: {fact.text}" for fact in facts[:MOST_FACTS]]
        if one.reasons:
            parts.append(f"why: {'; '.join(one.reasons)}")
        if one.broken:
            missed = [describe(rows[name], services.schema, language) for name in one.broken if name in rows]
            parts.append(f"breaks: {'; '.join(missed)}")
        lines.append(" | ".join(parts)[:MOST_LINE])
    return lines
