"""Which fields the items of each kind have, so that a figure lands on a field that can hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from shortlist_tools.catalog import Op, Requirement, Schema
from shortlist_tools.text import dimension

_FEW = 2.5
"""Mean number of values below which naming several offers a choice: shoes are blue or green, not both."""

_NOTHING = 0.05
"""So small a part of what items of a kind usually have of something is next to nothing."""


class Coverage:
    """Shares of items that have a field, over the catalog and by kind of item.

    Without a snapshot nothing is known by kind, and the schema's own figures stand for the catalog.
    """

    def __init__(self, schema: Schema, snapshot: Any = None) -> None:
        measured = schema if snapshot is None else snapshot.schema
        self._whole = {field.name: field.coverage for field in measured.fields}
        measures = {f.name: dimension(f.unit) for f in schema.fields if f.unit and f.kind == "number"}
        self._alike = {
            name: [other for other in measures if other != name and measures[other] == what]
            for name, what in measures.items()
            if what not in (None, "count")
        }
        self._by_kind: dict[str, dict[str, float]] = {}
        self._several: dict[str, float] = {}
        self._with: dict[tuple[str, str], list[str]] = {}
        self._nothing: dict[tuple[str, ...], tuple[Op, float | bool | None]] = {}
        self._snapshot, self._kind = snapshot, None
        if snapshot is not None:
            for field in schema.fields:
                if field.kind == "multi_category":
                    sizes = np.diff(snapshot.sets(field.name).starts)
                    self._several[field.name] = float(sizes[sizes > 0].mean()) if (sizes > 0).any() else 0.0
        kind = schema.role("kind")
        if snapshot is None or kind is None or kind.kind != "category":
            return
        self._kind = kind.name
        codes, values = snapshot.codes(kind.name)
        counts = np.bincount(codes[codes >= 0], minlength=len(values))
        self._by_kind = {str(value): {} for value in values}
        for field in schema.fields:
            if field.kind == "text":
                continue
            here = snapshot.column(field.name).present
            present = np.bincount(codes[here & (codes >= 0)], minlength=len(values))
            for code, value in enumerate(values):
                self._by_kind[str(value)][field.name] = float(present[code] / max(1, counts[code]))

    def of(self, field: str, kinds: Sequence[str] = ()) -> float | None:
        """Return the share of items of `kinds` that have a field; None if nothing is known by kind."""
        known = [self._by_kind[kind][field] for kind in kinds if field in self._by_kind.get(kind, {})]
        return max(known) if known else None

    def kinds_having(self, field: str) -> list[str]:
        """Return the kinds of which some item has a field; none if nothing is known by kind."""
        return [kind for kind, shares in self._by_kind.items() if shares.get(field, 0.0) > 0.0]

    def kinds_with(self, field: str, value: Any) -> list[str]:
        """Return the kinds of which some item has `value` in a field of categories; none where nothing is known."""
        known = (field, str(value))
        if known not in self._with and self._snapshot is not None and self._kind is not None:
            op: Op = "contains" if field in self._several else "=="
            having = self._snapshot.mask([Requirement(field=field, op=op, value=value)])
            codes, values = self._snapshot.codes(self._kind)
            self._with[known] = [str(values[code]) for code in np.unique(codes[having & (codes >= 0)])]
        return self._with.get(known, [])

    def instead(self, field: str, kinds: Sequence[str]) -> str:
        """Return `field`, or where no item of `kinds` has it, the one they have that measures the same.

        How long headphones last is no running time; what is only counted is never the same.
        """
        same = [name for name in self._alike.get(field, ()) if (self.of(name, kinds) or 0.0) > 0.0]
        return same[0] if self.of(field, kinds) == 0.0 and len(same) == 1 else field

    def nothing_of(self, field: str, kinds: Sequence[str]) -> tuple[Op, float | bool | None]:
        """Return what comes nearest to having nothing of a number, among items of `kinds`, as a comparison.

        Items that have next to nothing of it say so; else it is those that tell nothing of it; else the least.
        """
        known = (field, *kinds)
        if known not in self._nothing:
            self._nothing[known] = self._least(field, kinds)
        return self._nothing[known]

    def _least(self, field: str, kinds: Sequence[str]) -> tuple[Op, float | bool | None]:
        if self._snapshot is None or self._kind is None:
            return "lowest", None
        column = self._snapshot.column(field)
        codes, values = self._snapshot.codes(self._kind)
        of_kind = np.isin(codes, [code for code, value in enumerate(values) if str(value) in kinds])
        figures = column.values[of_kind & column.present]
        near = figures[figures <= _NOTHING * np.median(figures)] if len(figures) else figures
        if len(near):
            return "<=", float(near.max())
        return ("exists", False) if not kinds or (of_kind & ~column.present).any() else ("lowest", None)

    def leaves(self, ledger: Sequence[Requirement]) -> bool:
        """Say whether any item meets all that is hard of a ledger; True where nothing is known."""
        hard = [row for row in ledger if row.hard]
        return self._snapshot is None or bool(self._snapshot.mask(hard).any())

    def has_few_values(self, field: str) -> bool:
        """Say whether items have one or two values of a field at most, as of a colour; False where nothing is known."""
        return 0.0 < self._several.get(field, 0.0) <= _FEW

    def whole(self, field: str) -> float:
        """Return the share of all items that have the field."""
        return self._whole.get(field, 0.0)

    def best(self, fields: Iterable[str], kinds: Sequence[str]) -> list[str]:
        """Return the fields that items of `kinds` have, best covered first; all of them if nothing is known."""
        names = list(fields)
        shares = {name: self.of(name, kinds) for name in names}
        if any(share is not None for share in shares.values()):
            names = [name for name in names if (shares[name] or 0.0) > 0.0]
            return sorted(names, key=lambda name: -(shares[name] or 0.0))
        return names
