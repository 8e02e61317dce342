"""The tools that come with Shortlist, over one catalog, its search and its profiles."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from shortlist_tools.catalog import (
    Catalog,
    Item,
    Requirement,
    Snapshot,
    check_requirement,
    localised,
    nearest,
    sort_rows,
)
from shortlist_tools.drafting import build_sheet
from shortlist_tools.profile import EventKind, Profiles, ProfileSummary
from shortlist_tools.search import Searcher
from shortlist_tools.tool import Tool, Toolbox, ToolError

MOST_TITLES = 100_000
"""Up to so many items, their titles are held in memory."""
Compose = Callable[["DraftMessage"], Awaitable[str]]


Comparison = Literal[
    "==", "!=", "<", "<=", ">", ">=", "in", "not_in", "contains", "not_contains", "contains_any", "between", "exists"
]  # fmt: skip


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Wanted(_Args):
    """One requirement on items: a field of the catalog, a comparison and a value."""

    field: str
    op: Comparison
    value: Any
    unit: str | None = None
    group: str | None = None
    scope: str | None = None


class LookupProfile(_Args):
    """Whose profile to look up."""

    user_id: str


class SearchCatalog(_Args):
    """What to search for by meaning, and what the items must meet."""

    query: str
    requirements: list[Wanted] = Field(default_factory=list)
    n: int = Field(default=10, ge=1, le=200)


class FilterCatalog(_Args):
    """What the items must meet, and how to sort them."""

    requirements: list[Wanted] = Field(default_factory=list)
    sort_by: str | None = None
    descending: bool = False
    n: int = Field(default=10, ge=1, le=200)


class GetItems(_Args):
    """Which items, by id."""

    ids: list[str] = Field(min_length=1, max_length=50)


class CompareItems(_Args):
    """Which items to set side by side, and in which fields (all that differ where none are named)."""

    ids: list[str] = Field(min_length=2, max_length=10)
    fields: list[str] = Field(default_factory=list)


class DraftMessage(_Args):
    """For which items to write a message, in which language, and what was asked of them."""

    ids: list[str] = Field(min_length=1, max_length=10)
    language: Literal["en", "zh"] = "en"
    requirements: list[Wanted] = Field(default_factory=list)


class RecordFeedback(_Args):
    """What a user did with an item."""

    user_id: str
    item_id: str
    kind: EventKind
    value: float | None = None


@dataclass(slots=True)
class FoundItem:
    """A found item: enough to talk about it; `vector` is 0 where it has no vector yet."""

    id: str
    title: str
    score: float = 0.0
    lexical: float = 0.0
    vector: float = 0.0


class Found(BaseModel):
    """Found items, best first; `matching` counts all that meet the requirements.

    Where none do, `nearest` names the items that miss least, and `excluded_by` how many items each requirement alone
    keeps out, by its place in the list.
    """

    items: list[FoundItem]
    matching: int
    nearest: list[FoundItem] = []
    excluded_by: dict[str, int] = {}


def build_toolbox(catalog: Catalog, searcher: Searcher, profiles: Profiles, compose: Compose | None = None) -> Toolbox:
    """Return the standard tools; `compose` writes messages, and plain facts are listed where it is None."""
    reads = _CatalogTools(catalog, searcher, compose)

    async def look_up(args: LookupProfile) -> ProfileSummary:
        return profiles.summary(args.user_id)  # as a rule it is there: a thread would cost more

    return Toolbox(
        (
            Tool("lookup_profile", "read", "What is known of a user: facts, seen items, affinities.", LookupProfile,
                 look_up),
            Tool("search_catalog", "read", "Items that mean what the query says and meet every requirement.",
                 SearchCatalog, reads.search),
            Tool("filter_catalog", "read", "Items that meet every requirement, sorted; the nearest where none do.",
                 FilterCatalog, reads.filter),
            Tool("get_items", "read", "All fields of items, by id.", GetItems, reads.get),
            Tool("compare_items", "read", "The fields in which items differ, side by side.", CompareItems,
                 reads.compare),
            Tool("draft_message", "compose", "A checked message about items, in the user's language.", DraftMessage,
                 reads.draft),
            Tool("record_feedback", "write", "Keep what a user did with an item.", RecordFeedback,
                 lambda args: profiles.record(
                     args.user_id, [{"kind": args.kind, "item_id": args.item_id, "value": args.value}])),
        )
    )  # fmt: skip


class _CatalogTools:
    def __init__(self, catalog: Catalog, searcher: Searcher, compose: Compose | None) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._compose = compose

    def search(self, args: SearchCatalog) -> Found:
        snapshot = self._catalog.snapshot()
        requirements = _checked(args.requirements, snapshot)
        hits = self._searcher.search(args.query, requirements, n=args.n)
        mask = snapshot.mask(requirements)
        rows = ((snapshot.row_of.get(hit.id), hit) for hit in hits)  # the catalog may have changed since
        items = [_found(snapshot, row, hit.score, hit.lexical, hit.vector) for row, hit in rows if row is not None]
        return _with_nearest(snapshot, requirements, Found(items=items, matching=int(mask.sum())))

    def filter(self, args: FilterCatalog) -> Found:
        snapshot = self._catalog.snapshot()
        requirements = _checked(args.requirements, snapshot)
        rows = np.flatnonzero(snapshot.mask(requirements))
        ordered = sort_rows(snapshot, rows, args.sort_by, args.descending) if args.sort_by else rows
        items = [_found(snapshot, int(row)) for row in ordered[: args.n]]
        return _with_nearest(snapshot, requirements, Found(items=items, matching=len(rows)))

    def get(self, args: GetItems) -> dict[str, Any]:
        return {"items": [item.model_dump(mode="json") for item in self._catalog.get(args.ids)]}

    def compare(self, args: CompareItems) -> dict[str, Any]:
        items = self._catalog.get(list(dict.fromkeys(args.ids)))
        schema = self._catalog.snapshot().schema
        unknown = [name for name in args.fields if schema.get(name) is None]
        if unknown:
            raise ToolError(f"no field is called {unknown[0]!r}; fields are: {', '.join(schema.by_name)}")
        names = args.fields or [field.name for field in schema.fields if field.shown]
        table = {name: {item.id: item.values.get(name) for item in items} for name in names}
        if not args.fields:
            table = {name: row for name, row in table.items() if len({repr(value) for value in row.values()}) > 1}
        return {"items": [item.id for item in items], "fields": table}

    async def draft(self, args: DraftMessage) -> dict[str, Any]:
        if self._compose is not None:
            return {"message": await self._compose(args)}
        items: list[Item] = self._catalog.get(args.ids)
        snapshot = self._catalog.snapshot()
        sheet = build_sheet(items, snapshot.schema, _checked(args.requirements, snapshot), args.language)
        lines = [f"{one.title}: {', '.join(fact.text for fact in one.facts)}" for one in sheet.items]
        return {"message": "\n".join(lines)}


def _checked(wanted: list[Wanted], snapshot: Snapshot) -> list[Requirement]:
    return [
        check_requirement(Requirement(id=str(place), origin="host", **one.model_dump()), snapshot.schema)
        for place, one in enumerate(wanted)
    ]


def _found(snapshot: Snapshot, row: int, score: float = 0.0, lexical: float = 0.0, vector: float = 0.0) -> FoundItem:
    return FoundItem(snapshot.ids[row], _title(snapshot, row), _finite(score), _finite(lexical), _finite(vector))


def _finite(value: float) -> float:
    return round(value, 6) if math.isfinite(value) else 0.0


def _title(snapshot: Snapshot, row: int) -> str:
    """Return the title at `row`: from the column of all titles where that is small, else from the item."""
    role = snapshot.schema.roles.get("title")
    if role is None:
        return snapshot.ids[row]
    if len(snapshot) > MOST_TITLES:
        return snapshot.item(row).text(role) or snapshot.ids[row]
    return localised(snapshot.text(role)[row], "en") or snapshot.ids[row]


def _with_nearest(snapshot: Snapshot, requirements: list[Requirement], found: Found) -> Found:
    if found.matching or not requirements:
        return found
    close = nearest(snapshot, requirements, n=5)
    items = [_found(snapshot, near.row) for near in close.items]
    return found.model_copy(update={"nearest": items, "excluded_by": dict(close.excludes)})
