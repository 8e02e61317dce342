"""The fact sheet: all that a message may say about the items it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic import Field as _Field

from shortlist_tools.catalog import Item, Requirement, Schema
from shortlist_tools.drafting.satisfying import satisfies
from shortlist_tools.drafting.values import render_value


class Fact(BaseModel):
    """One value of one item: its field, what the field is called, the value, and the value in words."""

    model_config = ConfigDict(frozen=True)

    field: str
    label: str
    value: Any
    text: str


class ItemFacts(BaseModel):
    """What may be said of one item.

    Attributes:
        id: The item.
        ref: Its number on the sheet, from 1; a draft writes `[1]`.
        title: Its title in the sheet's language.
        facts: Its values, those that were asked for first.
        fits: Ids of the requirements it satisfies.
        broken: Ids of the hard requirements it does not.
        reasons: Why it is shown, in words.
        disclosures: What policy demands to be said of it.
        names: Its title in every language.
        glimpse: A sentence of its description, in the sheet's language.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    ref: int
    title: str
    facts: tuple[Fact, ...] = ()
    fits: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    glimpse: str = ""

    def fact(self, field: str) -> Fact | None:
        """Return the fact of `field`, or None."""
        return next((fact for fact in self.facts if fact.field == field), None)

    def value(self, field: str) -> Any:
        """Return the value of `field`, or None."""
        fact = self.fact(field)
        return fact.value if fact else None


class FactSheet(BaseModel):
    """The items of a message with their facts; `counts` are further figures that it may name.

    The schema is kept for the claim check and left out of JSON.
    """

    model_config = ConfigDict(frozen=True)

    language: str
    items: tuple[ItemFacts, ...] = ()
    counts: tuple[int, ...] = ()
    schema_: Schema = _Field(default_factory=Schema, exclude=True, repr=False)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it has all items that are spoken of, so that "the cheapest" needs no "of these"."""
        return all(count <= len(self.items) for count in self.counts)

    def of(self, item: str | None) -> ItemFacts | None:
        """Return what may be said of the item with this id, or None where it is not on the sheet."""
        return next((one for one in self.items if one.id == item), None)

    @cached_property
    def by_ref(self) -> dict[int, ItemFacts]:
        """Items by their number on the sheet."""
        return {item.ref: item for item in self.items}


def build_sheet(
    items: Sequence[Item],
    schema: Schema,
    requirements: Sequence[Requirement],
    language: str,
    *,
    reasons: Mapping[str, Sequence[str]] | None = None,
    disclosures: Mapping[str, Sequence[str]] | None = None,
    broken: Mapping[str, Sequence[str]] | None = None,
    counts: Sequence[int] = (),
    glimpses: Mapping[str, str] | None = None,
) -> FactSheet:
    """Return the fact sheet of `items`, numbered in their order.

    Args:
        items: What is shown.
        schema: The catalog's schema; fields with `shown: false` give no facts.
        requirements: Those in force; the sheet says which of them each item satisfies.
        language: Language of labels and values.
        reasons: Why each item is shown, by item id.
        disclosures: What must be said of an item, by item id.
        broken: Ids of requirements an item breaks, by item id, beyond what its values tell.
        counts: Further figures that may be named, such as how many items match.
        glimpses: A sentence of an item's description, by item id.
    """
    rows = [row for row in requirements if row.status == "active"]
    order = list(
        dict.fromkeys([row.field for row in rows if schema.get(row.field)] + [field.name for field in schema.fields])
    )
    made = []
    for ref, item in enumerate(items, start=1):
        missed = set((broken or {}).get(item.id, ()))
        fits = tuple(row.id for row in rows if row.id not in missed and satisfies(item, row, schema))
        made.append(
            ItemFacts(
                id=item.id,
                ref=ref,
                title=_title(item, schema, language),
                facts=_facts(item, schema, order, language),
                fits=fits,
                broken=tuple((broken or {}).get(item.id, ())),
                reasons=tuple((reasons or {}).get(item.id, ())),
                disclosures=tuple((disclosures or {}).get(item.id, ())),
                names=_names(item, schema),
                glimpse=(glimpses or {}).get(item.id, ""),
            )
        )
    return FactSheet(language=language, items=tuple(made), counts=tuple(counts), schema_=schema)


def _title(item: Item, schema: Schema, language: str) -> str:
    return item.text(schema.roles.get("title", ""), language) or item.id


def _names(item: Item, schema: Schema) -> tuple[str, ...]:
    value = item.values.get(schema.roles.get("title", ""), "")
    names = list(value.values()) if isinstance(value, dict) else [str(value)]
    return tuple(dict.fromkeys(name for name in names if name)) or (item.id,)


def _facts(item: Item, schema: Schema, order: Sequence[str], language: str) -> tuple[Fact, ...]:
    unsaid = {schema.roles.get(role) for role in ("title", "image", "description")}
    found = []
    for name in order:
        field = schema.by_name[name]
        if name not in item.values or not field.shown or name in unsaid:
            continue
        value = item.values[name]
        found.append(
            Fact(field=name, label=field.named(language), value=value, text=render_value(field, value, language))
        )
    return tuple(found)
