"""One requirement on items: the row of the ledger, and what filters and explanations read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Op = Literal[
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "contains_any",
    "between",
    "exists",
    "lowest",
    "highest",
]
Origin = Literal["stated", "inferred", "profile", "policy", "host"]
Status = Literal["active", "replaced", "withdrawn"]

SLATE = "slate"
"""The scope of a requirement on all shown items together, such as a budget for a set."""


class Requirement(BaseModel):
    """What somebody asked of the items, in whose words, and how firmly.

    Attributes:
        id: `r1`, `r2` … unique in a session; empty before the ledger has given one.
        field: Name of a schema field.
        op: Comparison. `between` takes `[low, high]`, both included; `in`, `not_in` and `contains_any` take lists;
            `exists` takes a bool; `lowest` and `highest` are wishes that only order items (value None, never hard).
        value: In the field's canonical unit, except money in another currency, where `unit` says which.
        unit: The unit of `value`; None means the field's own.
        hard: A hard requirement filters; a soft one only orders.
        origin: Who it comes from. Only what was `stated`, or comes from `policy` or `host`, may be hard.
        quote: The words it was read from.
        turn: Number of the turn that added it, from 1.
        status: `replaced` and `withdrawn` rows stay in the ledger as its history.
        group: Alternatives: rows with `group="g1:a"` and `group="g1:b"` are two branches of `g1`; an item must satisfy
            every row of at least one branch.
        scope: None for every item, `kind:VALUE` for items of that kind only (others pass), `slate` for the sum over
            the slate.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    field: str
    op: Op
    value: Any = None
    unit: str | None = None
    hard: bool = True
    origin: Origin = "stated"
    quote: str = ""
    turn: int = 0
    status: Status = "active"
    group: str | None = None
    scope: str | None = None
