"""Why each item of a slate is on it, in words: what it meets, where it leads the slate, and what it has of one's taste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shortlist.offline.phrases import say
from shortlist_tools.catalog import Field, Item, Requirement, Schema, Snapshot
from shortlist_tools.drafting import describe, render_value
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import join_words

MOST_REASONS = 4


def reasons(
    items: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot, language: str
) -> dict[str, list[str]]:
    """Return up to four short reasons for each item, the most telling first, by item id.

    Each is true by construction: a requirement is named only where the item satisfies it, a lead only where no other
    item of the slate has an equal or better value.
    """
    leads = _leads(items, snapshot, language)
    found: dict[str, list[str]] = {}
    for one in items:
        item = snapshot.item(one.row)
        said = _requirements_met(item, one.row, ledger, snapshot, language)
        said += leads.get(one.id, [])
        said += _taste(one, snapshot.schema, language)
        said += _standing(item, snapshot.schema, language)
        found[one.id] = list(dict.fromkeys(said))[:MOST_REASONS]
    return found


def _requirements_met(
    item: Item, row: int, ledger: Sequence[Requirement], snapshot: Snapshot, language: str
) -> list[str]:
    """Return what the item has of what was asked, as facts where there are figures, in words elsewhere."""
    kind = snapshot.schema.roles.get("kind")
    said = []
    for one in ledger:
        field = snapshot.schema.get(one.field)
        if field is None or one.field == kind or one.op in ("lowest", "highest", "exists") or one.scope == "slate":
            continue
        if one.field not in item.values or not snapshot.satisfies(row, one):
            continue
        if field.kind in ("number", "money", "date"):
            value = render_value(field, item.values[one.field], language)
            said.append(value if field.kind == "money" else _with_name(field, value, language))
        elif one.op not in ("!=", "not_in", "not_contains"):
            said.append(describe(one, snapshot.schema, language))
    return said


def _with_name(field: Field, value: str, language: str) -> str:
    return f"{field.named(language)}{value}" if language == "zh" else f"{value} {field.named(language)}"


def _leads(items: Sequence[Ranked], snapshot: Snapshot, language: str) -> dict[str, list[str]]:
    """Return in which figures an item is strictly ahead of all others of the slate."""
    if len(items) < 2:
        return {}
    found: dict[str, list[str]] = {}
    schema = snapshot.schema
    popular = schema.role("popularity")
    for field in schema.fields:
        if field.better is None or not field.shown or field.kind not in ("number", "money") or field == popular:
            continue
        values = [(snapshot.value(one.row, field.name), one.id) for one in items]
        if any(value is None for value, _ in values):
            continue
        ordered = sorted(values, reverse=field.better == "higher")
        if ordered[0][0] == ordered[1][0]:
            continue
        value, owner = ordered[0]
        found.setdefault(owner, []).append(_lead(field, value, schema, language))
    return found


def _lead(field: Field, value: Any, schema: Schema, language: str) -> str:
    if field.name == schema.roles.get("price"):
        return say("why_cheapest", language, "")
    if field.name == schema.roles.get("rating"):
        return say("why_best_rated", language, "")
    occasion = "why_highest" if field.better == "higher" else "why_lowest"
    return say(occasion, language, "", a=field.named(language), value=render_value(field, value, language))


def _taste(one: Ranked, schema: Schema, language: str) -> list[str]:
    for term in one.terms:
        if term.signal == "affinity" and term.contribution > 0.02 and term.evidence:
            pairs = [pair.partition("=") for pair in term.evidence]
            names = [field.value_named(value, language) for name, _, value in pairs if (field := schema.get(name))]
            return [say("why_taste", language, "", values=join_words(names, language))]
    return []


def _standing(item: Item, schema: Schema, language: str) -> list[str]:
    """Return price and rating, which anybody wants to know."""
    said = []
    for role in ("price", "rating"):
        field = schema.role(role)
        if field is not None and field.name in item.values:
            value = render_value(field, item.values[field.name], language)
            said.append(value if role == "price" else say("why_rated", language, "", value=value))
    return said


def taste_words(affinities: Sequence[Mapping[str, Any]], schema: Schema, language: str, most: int = 4) -> str:
    """Return the strongest positive affinities as a list in words."""
    liked = [one for one in affinities if one["weight"] > 0][:most]
    names = [field.value_named(one["value"], language) for one in liked if (field := schema.get(one["field"]))]
    return join_words(list(dict.fromkeys(names)), language)
