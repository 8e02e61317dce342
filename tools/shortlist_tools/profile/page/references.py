"""Short references by which a person names a fact: the beginning of its id, `field=value`, or a value alone."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist_tools.catalog import Schema
from shortlist_tools.profile.model import Profile, ProfileFact
from shortlist_tools.profile.rights import ProfileError

LEAST = 4
"""Characters of the shortest reference."""


def references(profile: Profile) -> dict[str, str]:
    """Return the shortest beginning of each fact's id that no other fact of the profile shares, by id."""
    ids = sorted({fact.id for fact in profile.facts()})
    found = {}
    for place, name in enumerate(ids):
        beside = [ids[other] for other in (place - 1, place + 1) if 0 <= other < len(ids)]
        shared = max((_common(name, other) for other in beside), default=0)
        found[name] = name[: max(LEAST, shared + 1)]
    return found


def find_facts(profile: Profile, said: str, schema: Schema) -> list[ProfileFact]:
    """Return the facts that `said` names: several only where several hold the same value of the same field.

    Args:
        profile: Whose facts they are.
        said: An id or at least four characters of its beginning, `field=value`, a value, or a field that has one fact
            alone; fields and values may be called what the schema calls them in any language.
        schema: The catalog's words.

    Raises:
        ProfileError: If nothing, or more than one thing, is called so.
    """
    wanted = said.strip()
    facts = list(profile.facts())
    by_id = [fact for fact in facts if len(wanted) >= LEAST and fact.id.startswith(wanted.casefold())]
    field, sign, value = wanted.partition("=")
    found = by_id
    if not found and sign:
        found = [fact for fact in facts if _is(fact, field, value, schema)]
    elif not found:
        found = [fact for fact in facts if _has_value(fact, wanted, schema)]
        found = found or [fact for fact in facts if _same_field(fact, wanted, schema)]
    kinds = {(fact.field, str(fact.value)) for fact in found}
    if len(kinds) == 1:
        return found
    short = references(profile)
    if not kinds:
        raise ProfileError(
            f"{said!r:.60} names nothing that is known; `shortlist profile show` lists every fact with the short "
            "reference before it"
        )
    named = ", ".join(f"{short[fact.id]} ({fact.field}={fact.value})" for fact in found[:6])
    raise ProfileError(f"{said!r:.60} may mean several facts: {named}; give one of these references")


def _is(fact: ProfileFact, field: str, value: str, schema: Schema) -> bool:
    return _same_field(fact, field, schema) and _has_value(fact, value, schema)


def _same_field(fact: ProfileFact, said: str, schema: Schema) -> bool:
    field = schema.get(fact.field)
    names = {fact.field, *(field.label.values() if field is not None else ())}
    return said.strip().casefold() in {name.casefold() for name in names}


def _has_value(fact: ProfileFact, said: str, schema: Schema) -> bool:
    field, folded = schema.get(fact.field), said.strip().casefold()
    values: Sequence[object] = fact.value if isinstance(fact.value, list) else [fact.value]
    canonical = field.canonical(said.strip()) if field is not None else None
    return any(folded == str(one).casefold() or (canonical is not None and canonical == one) for one in values)


def _common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
