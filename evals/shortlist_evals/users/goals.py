"""What a scripted user wants: typed predicates on items, each with a rule of when it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shortlist_prompts.errors import CallerError

Reveal = Literal["volunteered", "on_ask", "hidden"]
"""Said unasked, said when the field is asked about or broken, or hinted at once an item broke it."""
Kind = Literal["is", "is_not", "one_of", "at_most", "at_least", "below", "above", "between"]
"""How a predicate is worded."""

_KINDS: dict[str, Kind] = {
    "==": "is", "contains": "is", "contains_all": "is", "in": "one_of", "contains_any": "one_of",
    "!=": "is_not", "not_in": "is_not", "not_contains": "is_not", "not_contains_any": "is_not",
    "<=": "at_most", ">=": "at_least", "<": "below", ">": "above", "between": "between",
}  # fmt: skip


class GoalError(CallerError):
    """A goal cannot be used; names the field and what is wrong."""


@dataclass(frozen=True)
class Predicate:
    """One comparison of an item's value.

    Attributes:
        field: Key of the item's values.
        op: `==`, `!=`, `<`, `<=`, `>`, `>=`, `between` (both ends included), `in`, `not_in`, and for lists `contains`,
            `contains_any`, `contains_all`, `not_contains`, `not_contains_any`.
        value: What is compared with: a list (kept as a tuple) for `in`, `not_in`, `contains_any`, `contains_all` and
            `between`.
    """

    field: str
    op: str
    value: Any

    def __post_init__(self) -> None:
        if self.op not in _KINDS:
            raise GoalError(f"goal on {self.field!r}: unknown comparison {self.op!r}; there are: {', '.join(_KINDS)}")
        if self.op == "between" and len(_listed(self.value)) != 2:
            raise GoalError(f"goal on {self.field!r}: `between` takes two values, got {self.value!r}")
        if isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))

    @property
    def kind(self) -> Kind:
        """How it is worded: a choice of one value is that value."""
        kind = _KINDS[self.op]
        return "is" if kind == "one_of" and len(_listed(self.value)) == 1 else kind

    @property
    def values(self) -> list[Any]:
        """The values it names."""
        return _listed(self.value)

    def holds(self, item: Mapping[str, Any]) -> bool:
        """Return whether `item` meets it; an unknown value meets only exclusions, and words compare in any case."""
        has = item.get(self.field)
        own = {_plain(one) for one in _listed(has)} if has is not None else set()
        wanted = [_plain(one) for one in self.values]
        if self.kind == "is_not":
            return own.isdisjoint(wanted)
        if not own:
            return False
        if self.op == "contains_all" or (self.op == "contains" and len(wanted) > 1):
            return own.issuperset(wanted)
        if self.kind in ("is", "one_of"):
            return not own.isdisjoint(wanted)
        return all(self._compares(one, wanted) for one in own)

    def _compares(self, own: Any, wanted: Sequence[Any]) -> bool:
        try:
            if self.op == "between":
                return bool(wanted[0] <= own <= wanted[1])
            return bool(
                {"at_most": own <= wanted[0], "below": own < wanted[0], "at_least": own >= wanted[0]}.get(
                    self.kind, own > wanted[0]
                )
            )
        except TypeError as error:
            raise GoalError(f"goal on {self.field!r}: {own!r} does not compare with {wanted!r}") from error


@dataclass(frozen=True)
class Goal:
    """A predicate, and when it is said."""

    predicate: Predicate
    reveal: Reveal = "volunteered"


def broken(goals: Iterable[Goal], item: Mapping[str, Any]) -> list[Goal]:
    """Return the goals that `item` does not meet, in their order."""
    return [goal for goal in goals if not goal.predicate.holds(item)]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
