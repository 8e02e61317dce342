"""Answers from the fact sheet: about one item, about which of several is best in a figure, about one's own profile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shortlist.decision import Decision, Quote
from shortlist.offline.phrases import say
from shortlist.offline.reasons import taste_words
from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.drafting import Fact, FactSheet, ItemFacts, named, render_value
from shortlist_tools.text import join_words

MOST_FACTS = 5
MOST_DIFFERING = 6
_READS_ON = re.compile(r"\b(?:for|in|of|by|from|with|to|at|on)$")


def answer_lines(
    decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str
) -> list[tuple[str, str | None]]:
    """Return the sentences that answer a question about shown items, each with the item it is about."""
    if decision.best is not None:
        return _best(decision, sheet, snapshot, language, seed)
    lines: list[tuple[str, str | None]] = []
    differing: list[str] = []
    if decision.topic == "compare" and len(sheet.items) > 1 and not decision.fields:
        differing = _differing(sheet, snapshot.schema)[:MOST_DIFFERING]
        if differing:
            labels = [snapshot.schema.by_name[name].named(language) for name in differing]
            lines.append((say("differ", language, seed, fields=join_words(labels, language)), None))
    silent = [one for one in sheet.items if one.id in decision.unsaid]
    for one in sheet.items:
        if len(silent) > 1 and one in silent:
            continue
        quoted = [quote for quote in decision.quotes if quote.item == one.id]
        if one.id in decision.unsaid:
            lines.append((say("not_said", language, f"{seed}{one.id}", title=one.title), one.id))
        elif not quoted or decision.fields:
            lines.extend(
                (text, one.id)
                for text in _facts(one, decision, snapshot.schema, language, seed, bool(quoted), differing)
            )
        lines.extend((text, one.id) for text in _per_unit(one, decision, snapshot.schema, language, seed))
        lines.extend((text, one.id) for text in quote_lines(quoted, one.title, language, seed))
    if len(silent) > 1:
        occasion = "not_said_of_any" if len(silent) == len(sheet.items) else "not_said_of_others"
        lines.append((say(occasion, language, seed), None))
    lines += [(say("silent_on", language, f"{seed}{part}", asked=part), None) for part in decision.silent]
    price = snapshot.schema.role("price")
    if decision.convert and price is not None and decision.convert not in {price.unit, *snapshot.schema.rates}:
        rate = say("no_rate_for", language, seed, other=decision.convert, a=price.named(language), own=price.unit)
        lines.append((rate, None))
    return lines


def _per_unit(one: ItemFacts, decision: Decision, schema: Schema, language: str, seed: str) -> list[str]:
    """Return what one of what an item is several of costs, or that nothing counts them."""
    price = schema.role("price")
    cost = next((fact for fact in one.facts if price is not None and fact.field == price.name), None)
    if not decision.per or cost is None or price is None:
        return []
    if one.id not in decision.counts:
        return [say("per_unknown", language, seed, title=one.title, unit=decision.per)]
    count = decision.counts[one.id]
    each = render_value(price, round(float(cost.value) / count, 2), language)
    return [say("per_unit", language, seed, each=each, unit=decision.per, count=f"{count:g}")]


def quote_lines(quoted: Sequence[Quote], title: str, language: str, seed: str) -> list[str]:
    """Return the sentences that quote the texts of one item, each with who says it."""
    lines = []
    for place, quote in enumerate(quoted):
        if place and quote.source == quoted[place - 1].source:
            lines.append(say(f"again_{quote.source}", language, seed, text=quote.text))
        else:
            lines.append(say(f"quote_{quote.source}", language, seed, title=title, text=quote.text))
    return lines


def memory_line(decision: Decision, sheet: FactSheet, language: str, seed: str) -> str:
    """Return what the user did, by title, the newest first; or that nothing is known."""
    kind = decision.recall[0]
    if not sheet.items:
        return say(f"no_memory_of_{kind}", language, seed)
    titles = join_words([one.title for one in sheet.items], language)
    return say(f"memory_of_{kind}", language, seed, titles=titles)


def _best(
    decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str
) -> list[tuple[str, str | None]]:
    assert decision.best is not None
    name, direction = decision.best
    field = snapshot.schema.by_name[name]
    label = field.named(language)
    known = [(one, fact.text) for one in sheet.items for fact in one.facts if fact.field == name]
    if not known:
        return [
            (say("fact_missing", language, seed, a=_said_of(label), title=one.title), one.id) for one in sheet.items[:1]
        ]
    first, value = known[0]
    degree = say(f"degree_{direction}", language, seed)
    among = decision.matching or 0
    if among > len(sheet.items):
        said = say("best_of_all", language, seed, count=among, title=first.title, degree=degree, a=label, value=value)
    else:
        said = say("best_of", language, seed, title=first.title, degree=degree, a=label, value=value)
    lines: list[tuple[str, str | None]] = [(said, first.id)]
    for one, fact in known[1:]:
        lines.append((say("fact_of", language, f"{seed}{one.id}", title=one.title, facts=fact), one.id))
    missing = [one for one in sheet.items if one.id not in {owner.id for owner, _ in known}]
    for one in missing:
        lines.append((say("fact_missing", language, seed, a=_said_of(label), title=one.title), one.id))
    return lines


def _facts(
    one: ItemFacts, decision: Decision, schema: Schema, language: str, seed: str, quoted: bool, differing: Sequence[str]
) -> list[str]:
    by_field = {fact.field: fact for fact in one.facts}
    wanted = decision.fields or differing or tuple(by_field)[:MOST_FACTS]
    said = [_said(by_field[name], language) for name in wanted if name in by_field]
    lines = []
    if said:
        for name, value in decision.absent.get(one.id, {}).items():
            what = schema.by_name[name].value_named(value, language)
            lines.append(say("not_listed_as", language, f"{seed}{one.id}", title=one.title, value=what))
        lines.append(say("fact_of", language, f"{seed}{one.id}", title=one.title, facts=join_words(said, language)))
    for name in wanted:
        field = schema.get(name)
        if name not in by_field and field is not None and not quoted:
            occasion = "flag_missing" if field.kind == "flag" else "fact_missing"
            label = _said_of(field.named(language))
            lines.append(say(occasion, language, f"{seed}{name}", a=label, title=one.title))
    return lines


def _said_of(label: str) -> str:
    """Return a field's label as what may be known: "good for" is told as "what it is good for"."""
    return f"“{label}”" if label.isascii() and _READS_ON.search(label) else label


def _said(fact: Fact, language: str) -> str:
    if fact.value is True:
        return fact.label
    if fact.value is False and language == "en":
        return f"not {fact.label}"
    return fact.text if _says_itself(fact.label, fact.text) else named(fact.label, fact.text, language)


def _says_itself(label: str, text: str) -> bool:
    """Return whether a figure's unit already is its label: "5 players", 3310条评价."""
    words = "".join(char for char in text if not (char.isdigit() or char in " ,.")).casefold()
    if not words.isascii():
        return len(label) > 1 and label[:2] in words
    return words in [word.casefold() for word in label.split()]


def _differing(sheet: FactSheet, schema: Schema) -> list[str]:
    """Return the fields of facts that all items have and that are not the same for all, what tells most first.

    That is the price, then figures that can be better or worse; what the titles say or how many spoke of it comes last.
    """
    found = []
    for fact in sheet.items[0].facts:
        texts = [other.text for one in sheet.items for other in one.facts if other.field == fact.field]
        if len(texts) == len(sheet.items) and len(set(texts)) > 1:
            found.append(fact.field)
    last = {schema.roles.get(role) for role in ("brand", "popularity")}
    price, rating = schema.roles.get("price"), schema.roles.get("rating")

    def rank(name: str) -> int:
        better = schema.by_name[name].better is not None
        return 0 if name == price else 1 if name == rating else 4 if name in last else 2 if better else 3

    return sorted(found, key=rank)


def profile_lines(profile: Mapping[str, Any], schema: Schema, language: str, seed: str) -> list[str]:
    """Return what is known of the user, in words."""
    facts = {name: value for name, value in profile.get("facts", {}).items() if value is not None}
    liked = taste_words(profile.get("affinities", []), schema, language)
    if not facts and not liked:
        return [say("profile_none", language, seed)]
    lines = []
    if facts:
        colon = "：" if language == "zh" else ": "
        parts = [
            f"{_fact_named(name, schema, language)}{colon}{_plain(name, value, schema, language)}"
            for name, value in facts.items()
        ]
        lines.append(say("profile_facts", language, seed, facts=join_words(parts, language)))
    if liked:
        lines.append(say("profile_likes", language, seed, values=liked))
    return [*lines, say("profile_rights", language, seed)]


def _fact_named(name: str, schema: Schema, language: str) -> str:
    field = schema.get(name)
    return field.named(language) if field is not None else name.replace("_", " ")


def _plain(name: str, value: Any, schema: Schema, language: str) -> str:
    if isinstance(value, bool):
        return {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}[language][value]
    values = value if isinstance(value, list | tuple) else [value]
    return join_words([schema.value_named(name, one, language) for one in values], language)
