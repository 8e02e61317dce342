"""What is among some items: counts of values, ranges, order, and the nearest items when none fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from shortlist_tools.catalog.columns import Bools, CategoryColumn, MultiColumn, NumberColumn, Rows
from shortlist_tools.catalog.conditions import clause_mask, clauses, requirement_mask
from shortlist_tools.catalog.errors import RequirementError
from shortlist_tools.catalog.requirement import SLATE, Requirement
from shortlist_tools.catalog.snapshot import Snapshot

_UNKNOWN = 20.0
"""How far an item without a value misses a bound: further than any that has one."""


@dataclass(frozen=True)
class Facet:
    """How one field's values are spread over some items.

    Attributes:
        field: The field's name.
        counts: Values with how many items have them, most frequent first; empty for numbers.
        low: Smallest value (days since 1970-01-01 for a date), or None.
        high: Largest value, or None.
        quartiles: The values below which a quarter, half and three quarters of the items lie, or empty.
        missing: How many items have no value.
    """

    field: str
    counts: tuple[tuple[str, int], ...] = ()
    low: float | None = None
    high: float | None = None
    quartiles: tuple[float, ...] = ()
    missing: int = 0


@dataclass(frozen=True)
class Near:
    """An item that breaks few requirements, and which."""

    id: str
    row: int
    broken: tuple[Requirement, ...]


@dataclass(frozen=True)
class Nearest:
    """The items nearest to what was asked, and how many items each requirement alone excludes.

    `excludes` maps a requirement's id (its field and operation when it has none) to the number of items that meet
    every other requirement but not this one (this group, for alternatives).
    """

    items: tuple[Near, ...]
    excludes: dict[str, int]


def facets(snapshot: Snapshot, mask: Bools, fields: Iterable[str], top: int = 20) -> list[Facet]:
    """Return the facet of each field over the items of `mask`; counts hold at most `top` values each."""
    return [_facet(snapshot, mask, name, top) for name in fields]


def _facet(snapshot: Snapshot, mask: Bools, name: str, top: int) -> Facet:
    column = snapshot.column(name)
    missing = int((mask & ~column.present).sum())
    if isinstance(column, NumberColumn):
        values = column.values[mask & column.present]
        if snapshot.schema.by_name[name].kind == "flag":
            yes = int(values.sum())
            counts = tuple(pair for pair in (("true", yes), ("false", len(values) - yes)) if pair[1])
            return Facet(name, counts=tuple(sorted(counts, key=lambda pair: -pair[1])), missing=missing)
        if not len(values):
            return Facet(name, missing=missing)
        quartiles = tuple(float(value) for value in np.quantile(values, (0.25, 0.5, 0.75)))
        return Facet(name, (), float(values.min()), float(values.max()), quartiles, missing)
    codes = column.codes[mask & column.present] if isinstance(column, CategoryColumn) else _codes_of(column, mask)
    found = np.bincount(codes, minlength=len(column.values))
    ranked = sorted(
        ((int(n), column.values[i]) for i, n in enumerate(found) if n), key=lambda pair: (-pair[0], pair[1])
    )
    return Facet(name, tuple((value, number) for number, value in ranked[:top]), missing=missing)


def _codes_of(column: MultiColumn, mask: Bools) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    kept = np.repeat(mask, np.diff(column.starts))
    return column.codes[kept]


def sort_rows(snapshot: Snapshot, rows: ArrayLike, field: str, descending: bool = False) -> Rows:
    """Return `rows` ordered by a field, items without a value last, ties by id.

    Numbers, dates and flags sort by value, categories by name.

    Raises:
        RequirementError: If the field has no order.
    """
    chosen = np.sort(np.asarray(rows, dtype=np.int64))
    column = snapshot.column(field)
    if isinstance(column, MultiColumn):
        raise RequirementError(f"{field} holds several values an item and has no order", field)
    if isinstance(column, CategoryColumn):
        rank = np.empty(len(column.values) + 1)
        rank[np.argsort(np.array([value.casefold() for value in column.values], dtype=object))] = np.arange(
            len(column.values)
        )
        rank[-1] = np.nan
        keys = rank[column.codes[chosen]]
    else:
        keys = column.values[chosen]
    order = np.argsort(-keys if descending else keys, kind="stable")
    return chosen[order]


def nearest(
    snapshot: Snapshot,
    requirements: Iterable[Requirement],
    n: int = 3,
    order: ArrayLike | None = None,
    among: Bools | None = None,
) -> Nearest:
    """Return the `n` items that break the fewest requirements, and which requirement excludes how many items.

    Items of another kind than the one asked for come last, whatever else they meet. Among items that break equally
    many, those whose numbers miss their bound by less come first; then `order` decides.

    Args:
        snapshot: The catalog.
        requirements: As for `Snapshot.mask`.
        n: How many items.
        order: A score for each row of the snapshot, higher first; ids decide when it is not given.
        among: Marks the rows that come before all others; all rows are alike when it is not given.
    """
    parts = clauses(requirements)
    masks = [clause_mask(snapshot, clause) for clause in parts]
    broken = np.zeros(len(snapshot), dtype=np.int64)
    for mask in masks:
        broken += ~mask
    excludes: dict[str, int] = {}
    for clause, mask in zip(parts, masks, strict=True):
        alone = int(((broken == 1) & ~mask).sum())
        for requirement in (each for branch in clause for each in branch):
            excludes[requirement.id or f"{requirement.field} {requirement.op}"] = alone
    score = np.zeros(len(snapshot)) if order is None else np.asarray(order, dtype=np.float64)
    others = np.zeros(len(snapshot), dtype=bool) if among is None else ~among
    some = broken if others.all() else broken[~others]
    # What some item meets, nothing misses by more or less.
    distance = score * 0 if not len(some) or some.min() == 0 else _distance(snapshot, parts, masks)
    kind = snapshot.schema.roles.get("kind")
    other_kind = np.zeros(len(snapshot), dtype=bool)
    for clause, mask in zip(parts, masks, strict=True):
        if all(each.field == kind for branch in clause for each in branch):
            other_kind |= ~mask
    best = np.lexsort((np.arange(len(snapshot)), -score, distance, broken, other_kind, others))[: max(0, n)]
    return Nearest(
        tuple(Near(snapshot.ids[row], int(row), _broken(snapshot, parts, int(row))) for row in best), excludes
    )


def _distance(
    snapshot: Snapshot, parts: list[list[list[Requirement]]], masks: list[Bools]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return how far each item misses the bounds it breaks, relative to them; 1 where there is none."""
    total = np.zeros(len(snapshot))
    for clause, mask in zip(parts, masks, strict=True):
        branches = [sum((_miss(snapshot, each) for each in branch), np.zeros(len(snapshot))) for branch in clause]
        total += np.where(mask, 0.0, np.minimum.reduce(branches))
    rounded: np.ndarray[tuple[int], np.dtype[np.float64]] = np.round(total, 2)
    return rounded


def _miss(snapshot: Snapshot, requirement: Requirement) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    passed = requirement_mask(snapshot, requirement)
    missed = np.where(passed, 0.0, 1.0)
    column = snapshot.column(requirement.field) if snapshot.schema.by_name[requirement.field].kind != "text" else None
    ordered = requirement.op in ("<", "<=", ">", ">=", "between") and requirement.scope != SLATE
    if not isinstance(column, NumberColumn) or not ordered or snapshot.schema.by_name[requirement.field].kind == "date":
        return missed
    from shortlist_tools.catalog.conditions import in_field_unit

    field = snapshot.schema.by_name[requirement.field]
    bounds = requirement.value if isinstance(requirement.value, list) else [requirement.value]
    gaps = [np.abs(column.values - in_field_unit(each, requirement, field, snapshot.schema)) for each in bounds]
    size = max(abs(in_field_unit(each, requirement, field, snapshot.schema)) for each in bounds) or 1.0
    gap = np.minimum.reduce(gaps) / size
    # Beyond the bound's own size a miss counts by its order of magnitude, so that $19 stays nearer to $1 than $379.
    far = 1.0 + np.log(np.maximum(gap, 1.0)) / 2
    return np.where(passed, 0.0, np.where(np.isnan(gap), _UNKNOWN, np.where(gap > 1.0, far, gap)))


def _broken(snapshot: Snapshot, parts: list[list[list[Requirement]]], row: int) -> tuple[Requirement, ...]:
    found: list[Requirement] = []
    for clause in parts:
        failing = [[each for each in branch if not snapshot.satisfies(row, each)] for branch in clause]
        found += sorted(failing, key=len)[0]
    return tuple(found)
