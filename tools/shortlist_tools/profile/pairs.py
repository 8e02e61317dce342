"""The catalog as pairs of a category field and a value: which items have which, in arrays, kept a catalog version."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.catalog.columns import Bools, CategoryColumn, Floats, MultiColumn, Rows

Pair = tuple[str, str]
"""A field and one of its values."""
_NO_TASTE = ("title", "variant_group", "availability", "sponsored", "image", "age_rating")
_DISTINCT = 0.5


@dataclass(frozen=True, eq=False)
class PairIndex:
    """Which items have which values: item `i` has the pairs `codes[starts[i]:starts[i + 1]]`.

    Attributes:
        pairs: Every (field, value), by code.
        fields: Names of the fields, by number.
        field_of: Number of each pair's field.
        starts: Where each item's pairs begin; one longer than there are items.
        codes: Pairs of all items, one item after another.
        kinds: Number of each item's kind (the value of the role `kind`), 0 where the schema has none or the item none.
        kind: Name of the field that plays the role `kind`, if one does.
        prices: Natural logarithm of each item's price, NaN where it has none or none above 0.
    """

    pairs: tuple[Pair, ...]
    fields: tuple[str, ...]
    field_of: Rows
    starts: Rows
    codes: Rows
    kinds: Rows
    kind: str | None
    prices: Floats

    @cached_property
    def owner(self) -> Rows:
        """The item of each of `codes`."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @cached_property
    def code_of(self) -> dict[Pair, int]:
        """Code of each pair."""
        return {pair: code for code, pair in enumerate(self.pairs)}

    @cached_property
    def has_field(self) -> Bools:
        """Whether an item has a field, of shape (items, fields)."""
        found = np.zeros((len(self.starts) - 1, len(self.fields)), dtype=np.bool_)
        found[self.owner, self.field_of[self.codes]] = True
        return found

    @cached_property
    def sizes(self) -> Rows:
        """How many values each field has."""
        return np.bincount(self.field_of, minlength=len(self.fields))

    @cached_property
    def having(self) -> dict[int, Rows]:
        """The items that have each pair, by code."""
        order = np.argsort(self.codes, kind="stable")
        bounds = np.searchsorted(self.codes[order], np.arange(len(self.pairs) + 1))
        return {code: self.owner[order[bounds[code] : bounds[code + 1]]] for code in range(len(self.pairs))}

    @cached_property
    def priced(self) -> dict[int, Rows]:
        """The items of each kind that have a price."""
        rows = np.flatnonzero(~np.isnan(self.prices))
        return {int(kind): rows[self.kinds[rows] == kind] for kind in np.unique(self.kinds[rows])}

    def of(self, row: int) -> Rows:
        """Return the pairs of one item, by code."""
        return self.codes[self.starts[row] : self.starts[row + 1]]

    def of_all(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the pairs of all `rows`: for each pair the place in `rows`, and its code."""
        counts = self.starts[rows + 1] - self.starts[rows]
        places = np.repeat(np.arange(len(rows)), counts)
        within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        return places, self.codes[np.repeat(self.starts[rows], counts) + within]

    def shares(self, weights: Floats) -> Floats:
        """Return each pair's share of the items that have its field, items weighing `weights`; 0 where none has."""
        sums = np.bincount(self.codes, weights[self.owner], minlength=len(self.pairs))
        totals = (weights @ self.has_field)[self.field_of]
        found: Floats = np.divide(sums, totals, out=np.zeros_like(sums), where=totals > 0)
        return found


_INDEXES: dict[str, PairIndex] = {}
_LOCK = threading.Lock()


def pair_index(snapshot: Snapshot) -> PairIndex:
    """Return the pairs of `snapshot`; kept for the versions used last."""
    found = _INDEXES.get(snapshot.version)
    if found is None:
        found = _indexed(snapshot)
        with _LOCK:
            if len(_INDEXES) >= 4:
                _INDEXES.clear()
            _INDEXES[snapshot.version] = found
    return found


def taste_fields(schema: Schema) -> list[str]:
    """Return the fields whose values a person can have a taste for: given categories that name no single item."""
    skipped = {schema.roles.get(role) for role in _NO_TASTE}  # type: ignore[call-overload]
    return [
        field.name
        for field in schema.fields
        if field.kind in ("category", "multi_category") and field.name not in skipped and not field.derived
    ]


def _indexed(snapshot: Snapshot) -> PairIndex:
    size = len(snapshot)
    pairs: list[Pair] = []
    fields: list[str] = []
    field_of: list[int] = []
    owners: list[Any] = []
    codes: list[Any] = []
    kind_field = snapshot.schema.roles.get("kind")
    kinds = np.zeros(size, dtype=np.int64)
    for name in taste_fields(snapshot.schema):
        column = snapshot.column(name)
        if isinstance(column, CategoryColumn):
            rows = np.flatnonzero(column.codes >= 0)
            found = column.codes[rows].astype(np.int64)
        elif isinstance(column, MultiColumn):
            rows = np.repeat(np.arange(size), np.diff(column.starts))
            found = column.codes.astype(np.int64)
        else:
            continue
        if not len(rows) or (name != kind_field and len(column.values) > max(12.0, _DISTINCT * len(np.unique(rows)))):
            continue
        if name == kind_field:
            # The first of several kinds stands for the item where one is needed.
            first = np.unique(rows, return_index=True)
            kinds[first[0]] = found[first[1]] + 1
        owners.append(rows)
        codes.append(found + len(pairs))
        field_of += [len(fields)] * len(column.values)
        fields.append(name)
        pairs += [(name, str(value)) for value in column.values]
    owner = np.concatenate(owners) if owners else np.zeros(0, dtype=np.int64)
    code = np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)
    order = np.lexsort((code, owner))
    starts = np.searchsorted(owner[order], np.arange(size + 1))
    return PairIndex(
        pairs=tuple(pairs),
        fields=tuple(fields),
        field_of=np.array(field_of, dtype=np.int64),
        starts=starts.astype(np.int64),
        codes=code[order],
        kinds=kinds,
        kind=kind_field if kind_field in fields else None,
        prices=_log_prices(snapshot),
    )


def _log_prices(snapshot: Snapshot) -> Floats:
    field = snapshot.schema.role("price")
    if field is None or field.kind not in ("money", "number"):
        return np.full(len(snapshot), np.nan)
    values = snapshot.numbers(field.name)
    return np.log(np.where(values > 0, values, np.nan))
