"""Business policies: declared as data, turned into requirements, exclusions, confirmations and disclosures by code."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shortlist_prompts.errors import OperatorError
from shortlist_tools.catalog import Requirement, RequirementError, Schema, Snapshot, check_requirement
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking.fairness import Target


class PolicyError(OperatorError):
    """The policies cannot be used: an unknown key, or a field that the catalog does not have."""


class _Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Availability(_Policy):
    """An item is available to a user when its `item` field shares a value with the user's fact `user`.

    A user whose fact is unknown excludes nothing; `ask` says whether it may be asked for.
    """

    item: str
    user: str
    ask: bool = True


class AgeGate(_Policy):
    """Items that need a confirmed age: `field` is one of `restricted`, or at least `minimum`.

    The confirmation is kept as the user's fact `fact`.
    """

    field: str
    restricted: tuple[str, ...] = ()
    minimum: float | None = None
    fact: str = "age_confirmed"


class Policies(_Policy):
    """What the business demands of every slate.

    Attributes:
        slate_size: Items shown at once.
        exclude_seen: Event kinds after which an item is not recommended again.
        require: Requirements of the house, such as `{field: in_stock, op: "==", value: true}`.
        availability: Which items a user can have at all.
        age_gate: Which items need a confirmed age.
        disclose_sponsored: Whether sponsored items are named as such (the field is the schema's role).
        blocked: Item ids that are never shown.
        asking_turns: How many turns of a session may ask a question.
        fairness: Groups of items, such as `{field: brand, values: [Small], share: 0.2}`, and the share of a slate's
            attention that each has at least, as far as items of it meet what is asked for.
    """

    slate_size: int = Field(default=3, ge=1, le=20)
    exclude_seen: tuple[str, ...] = ("bought", "watched")
    require: tuple[dict[str, Any], ...] = ()
    availability: Availability | None = None
    age_gate: AgeGate | None = None
    disclose_sponsored: bool = True
    blocked: tuple[str, ...] = ()
    asking_turns: int = Field(default=2, ge=0, le=10)
    fairness: tuple[Target, ...] = ()


KEYS = (
    *Policies.model_fields,
    *(f"availability.{name}" for name in Availability.model_fields),
    *(f"age_gate.{name}" for name in AgeGate.model_fields),
)


def read_policies(source: Policies | Mapping[str, Any] | str | Path | None) -> Policies:
    """Return the policies of a mapping or a YAML file; the defaults where `source` is None.

    Raises:
        PolicyError: If the file cannot be read, or a key or value is not known.
    """
    if source is None:
        return Policies()
    if isinstance(source, Policies):
        return source
    where = "the given policies"
    if isinstance(source, str | Path):
        where = str(source)
        try:
            source = yaml.safe_load(Path(source).read_text("utf-8")) or {}
        except (OSError, yaml.YAMLError) as error:
            raise PolicyError(f"policies cannot be read from {where}: {error}") from error
    if not isinstance(source, Mapping):
        raise PolicyError(f"{where}: expected keys and values, found {type(source).__name__}")
    try:
        return Policies.model_validate(dict(source))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        close = difflib.get_close_matches(name, KEYS, n=1) if first["type"] == "extra_forbidden" else []
        hint = f"; did you mean {close[0]!r}?" if close else f"; keys are {', '.join(Policies.model_fields)}"
        raise PolicyError(f"{where}: {name}: {first['msg']}{hint}") from error


def check_policies(policies: Policies, schema: Schema) -> None:
    """Refuse policies that name fields which `schema` does not have.

    Raises:
        PolicyError: Naming the policy and the field.
    """
    named: dict[str, str | None] = {f"require[{i}].field": one.get("field") for i, one in enumerate(policies.require)}
    if policies.availability is not None:
        named["availability.item"] = policies.availability.item
    named |= {f"fairness[{place}].field": target.field for place, target in enumerate(policies.fairness)}
    if policies.age_gate is not None:
        named["age_gate.field"] = policies.age_gate.field
    for where, field in named.items():
        if field is None or schema.get(field) is None:
            names = ", ".join(one.name for one in schema.fields)
            raise PolicyError(f"policy {where} names {field!r}, which the catalog does not have; fields are: {names}")
    for place, one in enumerate(policies.require):
        _check_house_rule(place, one, schema)
    if policies.age_gate is not None:
        _check_gate(policies.age_gate, schema)


def _check_house_rule(place: int, one: Mapping[str, Any], schema: Schema) -> None:
    try:
        check_requirement(Requirement.model_validate({"origin": "policy", **one}), schema)
    except (RequirementError, ValidationError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise PolicyError(f"policy require[{place}] cannot be enforced: {why}") from error


def _check_gate(gate: AgeGate, schema: Schema) -> None:
    """Refuse a gate through which everything would pass."""
    field = schema.by_name[gate.field]
    if gate.minimum is not None and field.kind != "number":
        raise PolicyError(
            f"policy age_gate.minimum needs a number, and {gate.field!r} is a {field.kind}; use `restricted`"
        )
    if gate.minimum is None and not gate.restricted:
        raise PolicyError("policy age_gate restricts nothing: give `minimum`, or the values that are `restricted`")
    if gate.restricted and field.kind not in ("category", "multi_category"):
        raise PolicyError(
            f"policy age_gate.restricted names values, and {gate.field!r} is a {field.kind}; use `minimum`"
        )
    unknown = [value for value in gate.restricted if field.values and not field.open and field.canonical(value) is None]
    if unknown:
        raise PolicyError(
            f"policy age_gate.restricted names {unknown[0]!r}, which {gate.field!r} does not have; "
            f"values are: {', '.join(field.values)}"
        )


def house_requirements(policies: Policies, profile: ProfileSummary, schema: Schema | None = None) -> list[Requirement]:
    """Return what policy demands of every item for this user, as hard requirements of origin `policy`.

    With `schema`, rows are canonical, and services that the catalog does not know are left out where others remain.
    """
    rows = [
        Requirement.model_validate({"origin": "policy", **one, "id": f"p{i}"})
        for i, one in enumerate(policies.require, 1)
    ]
    if schema is not None:
        rows = [check_requirement(row, schema) for row in rows]
    gate = policies.availability
    if gate is not None:
        has = profile.facts.get(gate.user)
        values = list(has) if isinstance(has, list | tuple | set) else [] if has in (None, "") else [has]
        field = schema.get(gate.item) if schema is not None else None
        if field is not None:
            values = list(dict.fromkeys(found for one in values if (found := field.canonical(str(one))))) or values
        if values:
            rows.append(Requirement(id="pa", field=gate.item, op="contains_any", value=values, origin="policy"))
    return rows


def excluded_rows(policies: Policies, profile: ProfileSummary, snapshot: Snapshot, more: Sequence[str]) -> list[int]:
    """Return the rows that must not be shown: seen, blocked, and `more` ids that this session has turned down."""
    ids = profile.seen_in(policies.exclude_seen) | set(policies.blocked) | set(more)
    return [snapshot.row_of[item] for item in ids if item in snapshot.row_of]


def restricted_mask(policies: Policies, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which rows need a confirmed age."""
    gate = policies.age_gate
    if gate is None:
        return np.zeros(len(snapshot.ids), dtype=bool)
    field = snapshot.schema.get(gate.field)
    if field is not None and field.kind == "number" and gate.minimum is not None:
        with np.errstate(invalid="ignore"):
            return np.asarray(snapshot.numbers(gate.field) >= gate.minimum, dtype=bool)
    values = [field.canonical(value) or value for value in gate.restricted] if field is not None else []
    op = "contains_any" if field is not None and field.kind == "multi_category" else "in"
    return snapshot.mask([Requirement(field=gate.field, op=op, value=values, origin="policy")])


def is_sponsored(snapshot: Snapshot, row: int) -> bool:
    """Return whether the item at `row` is paid for."""
    role = snapshot.schema.role("sponsored")
    return role is not None and bool(snapshot.value(row, role.name))
