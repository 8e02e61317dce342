"""Inferring a schema from raw rows: kinds, units, currency, enumerations, roles and words, each with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from itertools import islice
from typing import Any

from shortlist_tools.catalog.errors import IngestError
from shortlist_tools.catalog.inference.enums import enum_of
from shortlist_tools.catalog.inference.kinds import Verdict, verdict
from shortlist_tools.catalog.inference.lexicon import is_chinese, lexicon, match, words_of
from shortlist_tools.catalog.inference.roles import Candidate, assign
from shortlist_tools.catalog.inference.sketch import PathSketch, Sketch
from shortlist_tools.catalog.inference.units import units_by_text
from shortlist_tools.catalog.inference.words import distinct_words, worded
from shortlist_tools.catalog.rows import HASHED, REST, REVIEW_TEXTS, YEAR, flatten
from shortlist_tools.catalog.schema import Field, Role, Schema

SAMPLE = 20_000
"""Rows that inference looks at."""

MOST_FIELDS = 120
"""Fields of an inferred schema; what is rarer goes into one text field together."""

_RARE = 0.01
_MANY = 50
_YEAR_IN_TITLE = re.compile(r"[（(](?:1[5-9]|20)\d\d(?:[-–]\d{0,4})?[)）]\s*$")
_NAME = re.compile(r"[^\w\u3400-\u9fff]+|_+")


@dataclass(frozen=True)
class Inference:
    """An inferred schema, a comment for each field by name, and the decisions worth telling."""

    schema: Schema
    comments: dict[str, str]
    decisions: tuple[str, ...]


@dataclass
class _Draft:
    """What is known so far while inferring."""

    sketch: Sketch
    candidates: dict[str, Candidate] = _field(default_factory=dict)
    id: str = "id"
    reviews: str | None = None
    rest: int = 0
    decisions: list[str] = _field(default_factory=list)
    comments: dict[str, str] = _field(default_factory=dict)


def infer_schema(rows: Iterable[Mapping[str, Any]], sample: int = SAMPLE, name: str = "catalog") -> Schema:
    """Return the schema that the first `sample` rows suggest.

    Raises:
        IngestError: If there is no row.
    """
    return infer(map(flatten, rows), sample, name).schema


def infer(rows: Iterable[Mapping[str, Any]], sample: int = SAMPLE, name: str = "catalog") -> Inference:
    """Return the schema that the first `sample` rows, already flattened, suggest, with its reasons.

    Raises:
        IngestError: If there is no row.
    """
    looked = list(islice(rows, sample))
    if not looked:
        raise IngestError("there is no row to infer a schema from: the files are empty or hold bad rows only")
    draft = _Draft(Sketch.of(looked))
    languages = _languages(draft.sketch)
    currency = "CNY" if languages[0] == "zh" else "USD"
    _find_id(draft)
    _find_reviews(draft)
    _judge(draft, currency)
    roles = assign(draft.candidates)
    kept = _kept(draft, roles)
    units = _units(looked, kept, roles)
    fields = [_as_field(draft, each, roles, units) for each in kept]
    fields = distinct_words(fields, roles)
    fields += _year_of_title(draft, roles)
    if draft.rest:
        fields.append(Field(name="other_attributes", kind="text", source=REST, known=0, shown=False))
        draft.decisions.append(f"{draft.rest} rare attributes are kept together as text in 'other_attributes'")
    if draft.reviews:
        roles["reviews"] = draft.reviews
    _tell(draft, fields, roles, currency)
    schema = Schema(name=name, languages=languages, fields=tuple(fields), roles=roles, id=draft.id)
    return Inference(schema, draft.comments, tuple(draft.decisions))


def _languages(sketch: Sketch) -> tuple[str, ...]:
    """Return the languages of the texts, the main one first; both are always there, since users may use either."""
    texts = [each for path in sketch.paths() for each in path.first_strings(200)]
    chinese = sum(map(is_chinese, texts))
    return ("zh", "en") if chinese > 0.3 * len(texts) else ("en", "zh")


def _find_id(draft: _Draft) -> None:
    def unique(path: PathSketch) -> bool:
        plain = not (path.types - {str, int})
        return plain and len(path.values) == path.rows and len(set(map(str, path.values))) >= 0.98 * path.rows

    paths = draft.sketch.paths()
    named = [path for path in paths if "." not in path.path and match(path.path, lexicon().ids)]
    named.sort(key=lambda path: (path.path.lower() not in ("id", "_id"), -match(path.path, lexicon().ids)))
    titled = [path for path in paths if match(path.path, lexicon().roles["title"]) > 100]
    for path in (*named, *titled):
        if unique(path):
            draft.id = path.path
            draft.decisions.append(f"items are identified by '{path.path}'")
            return
    draft.id = HASHED
    draft.decisions.append("no column identifies an item: a digest of the row does, so an edited row is a new item")


def _find_reviews(draft: _Draft) -> None:
    for path in draft.sketch.paths():
        elements = path.elements
        named = match(path.path, lexicon().roles["reviews"]) > 100
        spoken = bool(elements) and all(isinstance(each, Mapping) for each in elements)
        if (spoken and any(key in elements[0] for key in REVIEW_TEXTS) and (named or "rating" in elements[0])) or (
            named and elements and all(isinstance(each, str) for each in elements)
        ):
            draft.reviews = path.path
        if draft.reviews:
            draft.decisions.append(f"reviews are in '{path.path}' ({len(elements)} of them)")
            return


def _judge(draft: _Draft, currency: str) -> None:
    for path in draft.sketch.paths():
        if path.path in (draft.id, draft.reviews) and not match(path.path, lexicon().roles["title"]):
            continue
        if _rare(path):
            draft.rest += 1
            continue
        found = verdict(path, currency)
        if found is None:
            draft.decisions.append(f"'{path.path}' is left out: objects inside a list have no field kind")
            continue
        name = _named(path.path, found, draft.candidates)
        draft.candidates[name] = Candidate(name, path, found)


def _named(path: str, found: Verdict, taken: Mapping[str, object]) -> str:
    """Return a field's name: the last part of its path in snake case, more of the path where that is taken."""
    parts = [_snake(part) for part in path.split(".")]
    if found.name:
        parts[-1] = _snake(found.name)
    for length in range(1, len(parts) + 1):
        name = "_".join(parts[-length:])
        if name not in taken:
            return name
    return next(f"{name}_{number}" for number in range(2, 10_000) if f"{name}_{number}" not in taken)


def _snake(part: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", part)
    return _NAME.sub("_", spaced).strip("_").lower() or "field"


def _kept(draft: _Draft, roles: Mapping[Role, str]) -> list[Candidate]:
    """Return the fields to keep, in the file's order; what is rarer is counted as one of the rest."""
    every = list(draft.candidates.values())
    playing = set(roles.values())
    ranked = sorted(
        every, key=lambda each: (each.name not in playing, "." in each.sketch.path, -len(each.sketch.values))
    )
    chosen = {each.name for each in ranked[:MOST_FIELDS]}
    draft.rest += len(every) - len(chosen)
    return [each for each in every if each.name in chosen]


def _rare(path: PathSketch) -> bool:
    """Whether an attribute inside an object is too rare for a field of its own."""
    few = len(path.values) < max(3, _RARE * path.rows)
    return few and "." in path.path and path.rows >= _MANY


def _units(
    rows: Sequence[Mapping[str, Any]], kept: Sequence[Candidate], roles: Mapping[Role, str]
) -> dict[str, tuple[str, int]]:
    """Return units of number fields that name none, from the items' own titles and descriptions."""
    unknown = {each.sketch.path: each.name for each in kept if each.verdict.kind == "number" and not each.verdict.unit}
    playing = set(roles.values())
    unknown = {path: name for path, name in unknown.items() if name not in playing}
    texts = [each.sketch.path for each in kept if each.name in (roles.get("title"), roles.get("description"))]
    if not unknown or not texts:
        return {}
    said = ((" ".join(str(flat.get(path) or "") for path in texts), flat) for flat in rows)
    return {unknown[path]: found for path, found in units_by_text(said, list(unknown)).items()}


def _as_field(
    draft: _Draft, candidate: Candidate, roles: Mapping[Role, str], units: Mapping[str, tuple[str, int]]
) -> Field:
    found, path = candidate.verdict, candidate.sketch
    role = next((role for role, name in roles.items() if name == candidate.name), None)
    kind = "text" if role in ("title", "description") else found.kind
    unit, why = found.unit, found.why
    if candidate.name in units:
        unit, number = units[candidate.name]
        why = f"{why}; in {unit}, as the texts of {number} items say"
    field = Field(
        name=candidate.name,
        kind=kind,
        unit=unit,
        scale=found.scale,
        separator=found.separator if kind == "multi_category" else None,
        source=path.path if path.path != candidate.name else None,
        coverage=round(path.coverage, 4),
    )
    field, concept = worded(field, role, path, code=found.code)
    if kind in ("category", "multi_category") and role != "variant_group":
        values, more = enum_of(path.values, found.separator, concept)
        field = field.model_copy(update={"values": values, "open": more})
    draft.comments[candidate.name] = (
        why + (f"; plays {role}" if role else "") + f"; {path.coverage:.0%} of items have it"
    )
    return field


def _year_of_title(draft: _Draft, roles: dict[Role, str]) -> list[Field]:
    title = draft.candidates.get(roles.get("title", ""))
    if title is None or "released" in roles:
        return []
    dated = sum(1 for each in title.sketch.strings if _YEAR_IN_TITLE.search(each))
    if dated < 0.5 * len(title.sketch.strings):
        return []
    name = "year" if "year" not in draft.candidates else "year_of_title"
    field = Field(name=name, kind="date", unit="year", source=title.sketch.path + YEAR)
    roles["released"] = name
    draft.comments[name] = (
        f"the year in brackets at the end of '{title.name}'; {dated} of {len(title.sketch.strings)} have it"
    )
    return [worded(field, "released", title.sketch)[0]]


def _tell(draft: _Draft, fields: Sequence[Field], roles: Mapping[Role, str], currency: str) -> None:
    kinds = Counter(field.kind for field in fields)
    counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    draft.decisions.insert(0, f"looked at {draft.sketch.rows} rows; {len(fields)} fields: {counted}")
    if roles:
        draft.decisions.append("roles: " + ", ".join(f"{role} = {name}" for role, name in roles.items()))
    assumed = [field.name for field in fields if field.kind == "money" and field.unit == currency]
    if assumed:
        draft.decisions.append(f"money is taken to be {currency} where nothing says otherwise: {', '.join(assumed)}")
    playing = set(roles.values())
    bare = [each for each in fields if each.kind == "number" and each.unit is None and each.name not in playing]
    unitless = [each.name for each in bare if len(words_of(each.name)) < 4]
    if unitless:
        more = f" and {len(unitless) - 8} more" if len(unitless) > 8 else ""
        draft.decisions.append(
            f"numbers whose unit nothing tells: {', '.join(unitless[:8])}{more}; add `unit:` to compare them"
        )
