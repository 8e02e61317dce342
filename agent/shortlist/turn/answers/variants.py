"""Another variant of the item under discussion: whether there is one, and whether it can be had now."""

from __future__ import annotations

import re
from functools import lru_cache

from shortlist.inquiry import says
from shortlist.turn.state import Services, Session, active
from shortlist.turn.texts import named_fields, only_describes
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Item, Requirement, Schema, Snapshot

from .plans import ASIDE, is_soft

LONGEST = 60
_SIZE = re.compile(r"\bsizes?\b|尺[寸码]|规格|大小")


def with_variant(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells of variants, where `message` asks for another one of the item under discussion.

    The plan is about the variants that have what was asked for; of the item alone where none has.
    """
    group = services.schema.roles.get("variant_group")
    kind = services.schema.roles.get("kind")
    asked = len(message) <= LONGEST and says("variants", message)
    if group is None or not asked or plan.currency:
        return None
    schema = services.schema
    wanted = [one for one in values_named(message, schema) if one[0] in _varying(services.snapshot)]
    wanted = [one for one in wanted if not only_describes(schema.get(one[0]), message, schema)]
    # Where a field is asked for by its name, values of others only stand in what the item is called.
    named = named_fields(message, schema) if says("others_too", message) else ()
    wanted = [one for one in wanted if not named or one[0] in named]
    if not wanted and not says("others_too", message):
        return None
    one = plan.about or ((session.focus,) if session.focus else session.slate)
    rows = services.snapshot.row_of
    items = [services.snapshot.item(rows[name]) for name in one if name in rows]
    if not wanted and (whole := _all_of_a_field(plan, message, items, group, services)):
        return whole
    found = [each for item in items for each in _variants(item, group, services) if _has(each, wanted, item)]
    if not wanted and _SIZE.search(message.casefold()):
        found = [each for each in found if all(_measures(each, schema) != _measures(item, schema) for item in items)]
    if any(e.requirement and e.field == kind and e.requirement.value not in _kinds(items, kind) for e in plan.edits):
        return None
    said = {kind, *(field for field, _ in wanted)}
    if any(edit.requirement and edit.requirement.hard and edit.field not in said for edit in plan.edits):
        return None
    about = tuple(dict.fromkeys(each.id for each in found))
    if not about and (len(items) != 1 or _others_have(wanted, message, session, services)):
        return None
    told = {"intent": "about", "inquiry": "variant" if about else "no_variant", "about": about or (items[0].id,)}
    fields = tuple(dict.fromkeys(field for field, _ in wanted)) if not about else ()
    changed = {"query": "", "edits": (), "fields": fields, "degree": None, "count": None}
    return plan.model_copy(update={**told, **changed})


def _others_have(wanted: list[tuple[str, str]], message: str, session: Session, services: Services) -> bool:
    """Return whether what no variant has is a wish for others: of what is sought some have it."""
    if says("points", message):
        return False
    said = {field for field, _ in wanted}
    fields = services.schema.by_name
    rows = [row for row in active(session.ledger) if row.hard and row.field not in said]
    rows += [Requirement(field=name, op=fields[name].has, value=value) for name, value in wanted]
    return bool(services.snapshot.mask(rows).any())


def with_variants(ids: tuple[str, ...], fields: tuple[str, ...], services: Services) -> tuple[str, ...]:
    """Return the items, each with its variants where a field is asked for in which those differ."""
    group, rows = services.schema.roles.get("variant_group"), services.snapshot.row_of
    if group is None or not _varying(services.snapshot) & set(fields):
        return ids
    items = [services.snapshot.item(rows[one]) for one in ids if one in rows]
    return tuple(dict.fromkeys(each.id for item in items for each in _variants(item, group, services)))


def _all_of_a_field(plan: TurnPlan, message: str, items: list[Item], group: str, services: Services) -> TurnPlan | None:
    """Return a plan that tells a field of items and of their variants, where its name is asked for: other colours."""
    fields = tuple(name for name in named_fields(message, services.schema) if name in _varying(services.snapshot))
    if not fields or not is_soft(plan):
        return None
    about = with_variants(tuple(item.id for item in items), fields, services)
    return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": fields, "degree": None})


def _measures(item: Item, schema: Schema) -> list[object]:
    """Return the figures of an item of which neither more nor less is better, as its size is."""
    roles = set(schema.roles.values())
    return [
        item.values.get(one.name)
        for one in schema.fields
        if one.kind == "number" and not one.better and one.name not in roles
    ]


@lru_cache(maxsize=4)
def _varying(snapshot: Snapshot) -> frozenset[str]:
    """Return the fields in which variants of one thing differ: the colour, and never the city."""
    group = snapshot.schema.roles.get("variant_group")
    if group is None:
        return frozenset()
    codes, names = snapshot.codes(group)
    together = [(codes == code).nonzero()[0].tolist() for code in range(len(names))]
    fields = [field.name for field in snapshot.schema.fields if field.kind in ("category", "multi_category")]
    return frozenset(
        name for name in fields if any(len({str(snapshot.value(row, name)) for row in rows}) > 1 for rows in together)
    )


def values_named(message: str, schema: Schema) -> list[tuple[str, str]]:
    """Return the values that a message names, with their fields; none of kinds and brands, which variants share."""
    shared = {schema.roles.get(role) for role in ("kind", "brand", "variant_group")}
    text, found = message.casefold(), []
    for field in schema.fields:
        if field.kind not in ("category", "multi_category") or field.name in shared:
            continue
        for value, names in field.values.items():
            words = [word.casefold() for by in names.values() for word in by]
            if any(re.search(rf"\b{re.escape(w)}\b", text) if w.isascii() else w in text for w in words):
                found.append((field.name, value))
    return found


def _variants(item: Item, group: str, services: Services) -> list[Item]:
    """Return the items of one variant group, `item` first."""
    snapshot, name = services.snapshot, item.values.get(group)
    if name is None:
        return [item]
    codes, values = snapshot.codes(group)
    code = values.index(str(name)) if str(name) in values else -1
    rows = [int(row) for row in (codes == code).nonzero()[0]] if code >= 0 else []
    return [item, *(snapshot.item(row) for row in rows if snapshot.ids[row] != item.id)]


def _kinds(items: list[Item], kind: str | None) -> list[object]:
    return [item.values.get(kind or "") for item in items]


def _has(variant: Item, wanted: list[tuple[str, str]], item: Item) -> bool:
    if not wanted:
        return variant.id != item.id
    return all(value in held(variant.values.get(field)) for field, value in wanted)


def held(value: object) -> tuple[object, ...]:
    """Return the values that an item has of a field."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)
