"""The words and habits of a field: label, other names, comparatives, how well people know it, whether it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shortlist_tools.catalog.inference.lexicon import Concept, is_chinese, lexicon, match, words_of
from shortlist_tools.catalog.inference.sketch import PathSketch
from shortlist_tools.catalog.schema import Field, FieldKind, Role, Words

LONG = 60
"""Characters from which on a text is too long for an item card."""

MANY_VALUES = 40
"""Values from which on a category is too wide to be asked about readily."""

_KNOWN_BY_ROLE: dict[Role, float] = {
    "title": 0.0,
    "description": 0.0,
    "image": 0.0,
    "price": 0.9,
    "kind": 0.95,
    "brand": 0.4,
    "rating": 0.4,
    "popularity": 0.0,
    "availability": 0.0,
    "age_rating": 0.3,
    "sponsored": 0.0,
    "variant_group": 0.0,
    "released": 0.4,
}
_KNOWN_BY_KIND: dict[FieldKind, float] = {
    "number": 0.3,
    "money": 0.8,
    "category": 0.5,
    "multi_category": 0.6,
    "text": 0.0,
    "date": 0.3,
    "flag": 0.5,
}
_HIDDEN: tuple[Role, ...] = ("description", "image", "sponsored", "variant_group")
_SILENT: tuple[Role, ...] = (
    "image",
    "sponsored",
    "variant_group",
    "availability",
    "age_rating",
    "popularity",
    "rating",
)


def worded(field: Field, role: Role | None, sketch: PathSketch, code: bool = False) -> tuple[Field, str | None]:
    """Return `field` with its words, and the name of the lexicon's concept that they come from.

    Args:
        field: Name, kind and unit are used.
        role: The role that it plays, if any.
        sketch: Its values.
        code: Whether it holds codes, identifiers or links.
    """
    concept = None if code and role is None else _concept(field, role)
    update: dict[str, Any] = {"label": _label(field, concept, role)}
    if concept is not None:
        update |= {name: dict(getattr(concept, name)) for name in ("aliases", "flag_words")}
        if field.kind in ("number", "money", "date"):
            update |= {"more": dict(concept.more), "less": dict(concept.less), "better": concept.better}
            update["unit"] = field.unit or _usual_unit(field, concept, sketch)
        if field.kind != "flag":
            update["flag_words"] = {}
    if field.kind == "flag" and not update.get("flag_words"):
        update["flag_words"] = {code: [word.lower()] for code, word in update["label"].items()}
    if role == "rating" and field.unit is None and sketch.numbers and max(sketch.numbers) <= 5:
        update["unit"] = "star"
    if field.kind == "money":
        update["better"] = "lower"
    update["known"] = _known(field, role, sketch, code)
    figures = field.kind in ("number", "money", "date", "flag")
    update["searchable"] = not code and role not in _SILENT and not (figures and not update.get("unit"))
    update["searchable"] = update["searchable"] and field.kind not in ("money", "date", "flag")
    update["shown"] = (
        not code
        and role not in _HIDDEN
        and not (field.kind == "text" and role != "title" and sketch.mean_length > LONG)
    )
    return field.model_copy(update=update), concept.name if concept else None


def distinct_words(fields: Sequence[Field], roles: Mapping[Role, str]) -> list[Field]:
    """Return `fields` with each borrowed word left to one of them: who plays a role first, then the shortest name.

    "Cheaper" must mean one field: where `price` and `counter_price` would share it, `price` has it.
    """
    playing = set(roles.values())
    first = sorted(fields, key=lambda each: (each.name not in playing, len(words_of(each.name)), -each.coverage))
    taken: set[tuple[str, str, str]] = set()
    found: dict[str, Field] = {}
    for field in first:
        update: dict[str, Any] = {}
        for kind in ("aliases", "more", "less", "flag_words"):
            words: Words = getattr(field, kind)
            left = {
                code: [word for word in listed if (kind, code, word) not in taken] for code, listed in words.items()
            }
            update[kind] = {code: listed for code, listed in left.items() if listed}
            taken |= {(kind, code, word) for code, listed in left.items() for word in listed}
        own = field.name.replace("_", " ")
        update["label"] = {
            code: word for code, word in field.label.items() if word == own or ("label", code, word) not in taken
        } or {"zh" if is_chinese(own) else "en": own}
        taken |= {("label", code, word) for code, word in update["label"].items()}
        found[field.name] = field.model_copy(update=update)
    return [found[field.name] for field in fields]


def _concept(field: Field, role: Role | None) -> Concept | None:
    from shortlist_tools.text import dimension

    by_role = {"price": "price", "rating": "rating", "popularity": "popularity", "released": "released"}
    by_role |= {"title": "title", "description": "description", "brand": "brand", "kind": "category"}
    by_role |= {"sponsored": "sponsored", "age_rating": "age_rating"}
    named = by_role.get(role or "")
    if role == "age_rating" and field.kind == "number":
        named = "age"
    if named is not None:
        return next(each for each in lexicon().concepts if each.name == named)
    measure = dimension(field.unit) if field.unit and field.kind == "number" else None
    return lexicon().concept(field.name, field.kind, measure)


def _label(field: Field, concept: Concept | None, role: Role | None) -> dict[str, str]:
    """Return what the field is called: its own name in its own language, the concept's in the other."""
    own = field.name.replace("_", " ")
    language = "zh" if is_chinese(own) else "en"
    label = dict(concept.label) if concept is not None else {}
    if role in ("title", "description", "price", "rating", "released", "sponsored", "age_rating") and language == "en":
        return label or {language: own}
    return {**label, language: own}


def _usual_unit(field: Field, concept: Concept, sketch: PathSketch) -> str | None:
    """Return the concept's usual unit where every value is one that it could have."""
    if concept.unit is None or field.kind != "number":
        return None
    low = concept.low if concept.low is not None else float("-inf")
    high = concept.high if concept.high is not None else float("inf")
    return concept.unit if all(low <= number <= high for number in sketch.numbers) else None


def _known(field: Field, role: Role | None, sketch: PathSketch, code: bool) -> float:
    """Return how likely a person can answer a question about the field; rare and constant fields are asked less."""
    if code:
        return 0.0
    asked = role is None or (role == "availability" and field.kind == "multi_category")
    known = _KNOWN_BY_KIND[field.kind] if asked or role is None else _KNOWN_BY_ROLE.get(role, 0.5)
    if field.kind == "category" and len(sketch.counts) <= 1:
        return 0.0
    if role is None and match(field.name, lexicon().named_things):
        known = 0.3
    if field.kind == "category" and len(sketch.counts) > MANY_VALUES and role is None:
        known = min(known, 0.2)
    return round(known * min(1.0, sketch.coverage / 0.3), 2)
