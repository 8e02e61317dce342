"""Why each item of a slate is on it, in words: what it meets, where it leads, and what it has of the user's taste."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shortlist.offline.phrases import say
from shortlist_tools.catalog import Field, Item, Requirement, Schema, Snapshot
from shortlist_tools.drafting import describe, render_value
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import detect_language, join_words

MOST_REASONS = 4
_READS_ON = re.compile(r"\b(?:for|in|of|by|from|with|to|at|on)$")
_VERBS_ZH = frozenset("适产属用")
"""What labels begin with that need a value behind them: 适合, 产自, 属于, 用于."""


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
        asked = _requirements_met(item, one.row, ledger, snapshot, language)
        taste = _taste(one, snapshot.schema, language)
        said = asked | taste | _standing(item, snapshot.schema, language, asked) | leads.get(one.id, {})
        found[one.id] = list(said.values())[:MOST_REASONS]
    return found


def _requirements_met(
    item: Item, row: int, ledger: Sequence[Requirement], snapshot: Snapshot, language: str
) -> dict[str, str]:
    """Return by field what the item has of what was asked: facts where there are figures, words elsewhere."""
    kind = snapshot.schema.roles.get("kind")
    own = f"kind:{item.values.get(kind)}" if kind else None
    said: dict[str, str] = {}
    for one in ledger:
        field = snapshot.schema.get(one.field)
        if one.scope is not None and one.scope != own:
            continue
        if field is None or one.field == kind or one.op == "exists":
            continue
        if one.status != "active" or one.field not in item.values or not snapshot.satisfies(row, one):
            continue
        if field.kind in ("number", "money", "date"):
            value = render_value(field, item.values[one.field], language)
            said[one.field] = (
                value if _speaks_for_itself(field, snapshot.schema) else _with_name(field, value, language)
            )
        elif one.op not in ("!=", "not_in", "not_contains"):
            key = one.field if one.field not in said else f"{one.field}:{one.value}"
            plain = one.model_copy(update={"scope": None})  # the reason stands beside the item: its kind is plain
            short = _in_short(one, field, snapshot.schema, language)
            said[key] = short or _lacking(one, field, language) or describe(plain, snapshot.schema, language)
    return said


def _lacking(requirement: Requirement, field: Field, language: str) -> str:
    """Return in Chinese that an item is without a feature that it was to be without: 不要 is said of wishes only."""
    without = language == "zh" and field.kind == "flag" and requirement.value is False
    return f"不带{field.named(language)}" if without else ""


def reads_on(field: Field, language: str) -> bool:
    """Return whether a label needs what comes behind it: "good for", 适合."""
    return bool(_READS_ON.search(field.label.get("en", ""))) or field.named(language)[:1] in _VERBS_ZH


def _in_short(requirement: Requirement, field: Field, schema: Schema, language: str) -> str:
    """Return the words of a value alone where the field's label adds nothing to them; else an empty string.

    Words that only this field's values have say which field it is; a label that reads on into its values ("good for")
    is needed. People are said by their plural: "for beginners".
    """
    if field.kind not in ("category", "multi_category") or not isinstance(requirement.value, str):
        return ""
    spoken = field.values.get(requirement.value, {}).get(language, ())
    if not spoken or requirement.scope or reads_on(field, language):
        return ""
    word = field.value_named(requirement.value, language)
    if any(one.says(word, language) for one in schema.fields if one.name != field.name):
        return ""
    plural = f"{word}s"
    return f"for {plural}" if language == "en" and plural in spoken else word


def _speaks_for_itself(field: Field, schema: Schema) -> bool:
    return field.kind == "money" or field.name == schema.roles.get("rating")


def _with_name(field: Field, value: str, language: str) -> str:
    label = field.named(language)
    if any(word in label.split() for word in value.split()):
        return value
    return f"{field.named(language)}{value}" if language == "zh" else f"{value} {field.named(language)}"


def _leads(items: Sequence[Ranked], snapshot: Snapshot, language: str) -> dict[str, dict[str, str]]:
    """Return, by item and field, the figures in which an item is strictly ahead of all others of its kind."""
    kind = snapshot.schema.roles.get("kind")
    kinds = {snapshot.value(one.row, kind) for one in items} if kind else {None}
    popular = snapshot.schema.role("popularity")
    if len(items) < 2 or len(kinds) > 1:
        return {}
    found: dict[str, dict[str, str]] = {}
    for field in snapshot.schema.fields:
        if field.better is None or not field.shown or field.kind not in ("number", "money") or field == popular:
            continue
        values = [(snapshot.value(one.row, field.name), one.id) for one in items]
        if any(value is None for value, _ in values):
            continue
        (value, owner), (second, _), *_ = sorted(values, reverse=field.better == "higher")
        if value != second:
            found.setdefault(owner, {})[field.name] = _lead(field, value, snapshot.schema, language)
    return found


def _lead(field: Field, value: Any, schema: Schema, language: str) -> str:
    text = render_value(field, value, language)
    if field.name == schema.roles.get("price"):
        return say("why_cheapest", language, "", value=text)
    if field.name == schema.roles.get("rating"):
        return say("why_best_rated", language, "", value=text)
    occasion = "why_highest" if field.better == "higher" else "why_lowest"
    return say(occasion, language, "", a=field.named(language), value=text)


def _taste(one: Ranked, schema: Schema, language: str) -> dict[str, str]:
    for term in one.terms:
        if term.signal == "affinity" and term.contribution > 0.02 and term.evidence:
            pairs = [pair.partition("=") for pair in term.evidence]
            names = [word for name, _, value in pairs if (word := _sayable(schema.get(name), value, language))]
            return {"taste": say("why_taste", language, "", values=join_words(names, language))} if names else {}
    return {}


def _standing(item: Item, schema: Schema, language: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return price and rating, which anybody wants to know, where they are not said already."""
    found = {}
    for role in ("price", "rating"):
        field = schema.role(role)
        if field is not None and field.name in item.values and field.name not in said:
            value = render_value(field, item.values[field.name], language)
            found[field.name] = value if role == "price" else say("why_rated", language, "", value=value)
    return found


def taste_words(affinities: Sequence[Mapping[str, Any]], schema: Schema, language: str, most: int = 4) -> str:
    """Return the strongest positive affinities as a list in words."""
    liked = [one for one in affinities if one["weight"] > 0][:most]
    names = [word for one in liked if (word := _sayable(schema.get(one["field"]), one["value"], language))]
    return join_words(list(dict.fromkeys(names)), language)


def _sayable(field: Field | None, value: str, language: str) -> str:
    """Return a value in the user's language; empty where it has no word of that language, or is no word for people."""
    if field is None or not field.shown:
        return ""
    word = field.value_named(value, language)
    return word if field.values.get(value, {}).get(language) or detect_language(word) == language else ""
