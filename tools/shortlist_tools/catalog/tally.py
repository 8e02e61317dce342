"""What an ingest sees of each field while it reads: how often it is there, its range, its values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Any

from shortlist_tools.catalog.conditions import day_number
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.schema import Field, FieldKind, Schema

MOST_VALUES = 400
"""Values of a category that a schema lists; a field with more is `open`."""

_COUNTED = 20_000
_COUNTED_KINDS: tuple[FieldKind, ...] = ("category", "multi_category", "date")


@dataclass
class Tally:
    """Counts by field name, over the items added so far; values are counted of the fields in `counted` alone."""

    counted: frozenset[str] = frozenset()
    items: int = 0
    present: Counter[str] = _field(default_factory=Counter)
    ranges: dict[str, list[float]] = _field(default_factory=dict)
    values: dict[str, Counter[str]] = _field(default_factory=dict)

    @classmethod
    def of(cls, schema: Schema) -> Tally:
        """Return the tally, still empty, of what `measured` needs to know of `schema`."""
        return cls(frozenset(field.name for field in schema.fields if field.kind in _COUNTED_KINDS))

    def add(self, item: Item) -> None:
        """Count one item."""
        self.items += 1
        for name, value in item.values.items():
            self.present[name] += 1
            if name in self.counted:
                self._count(name, value)
            elif isinstance(value, float):
                self._stretch(name, value)

    def _stretch(self, name: str, value: float) -> None:
        seen = self.ranges.setdefault(name, [value, value])
        if value < seen[0]:
            seen[0] = value
        elif value > seen[1]:
            seen[1] = value

    def _count(self, name: str, value: str | list[str]) -> None:
        counts = self.values.setdefault(name, Counter())
        for each in [value] if isinstance(value, str) else value:
            if len(each) < 200 and (each in counts or len(counts) < _COUNTED):
                counts[each] += 1

    def measured(self, schema: Schema) -> Schema:
        """Return `schema` with coverage, ranges, and the category values that the data has and the schema lacked."""
        if not self.items:
            return schema
        group = schema.roles.get("variant_group")
        fields = tuple(self._measured(field, field.name == group) for field in schema.fields)
        return schema.model_copy(update={"fields": fields})

    def _measured(self, field: Field, closed: bool) -> Field:
        update: dict[str, Any] = {} if field.derived else {"coverage": round(self.present[field.name] / self.items, 4)}
        counts = self.values.get(field.name, Counter())
        if field.kind in ("number", "money") and field.name in self.ranges:
            update["low"], update["high"] = self.ranges[field.name]
        elif field.kind == "date" and counts:
            update["low"], update["high"] = float(day_number(min(counts))), float(day_number(max(counts)))
        elif field.kind in ("category", "multi_category") and not closed:
            new = [value for value, _ in counts.most_common() if value not in field.values]
            room = max(0, MOST_VALUES - len(field.values))
            if new:
                update["values"] = {**field.values, **{value: {} for value in new[:room]}}
            update["open"] = field.open or len(new) > room
        return field.model_copy(update=update)
