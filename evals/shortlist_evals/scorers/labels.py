"""Labels: what somebody who knows the conversation says is right of one turn of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shortlist_evals.conversations.judging import canonical, same
from shortlist_evals.conversations.script import Row
from shortlist_tools.catalog import Requirement, Schema


class Entry(BaseModel):
    """An entry that belongs in the ledger: a row, or several of which any is right.

    Written as a bare row, or as `{any_of: [row, row]}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_of: tuple[Row, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if isinstance(value, dict) and "any_of" in value else {"any_of": [value]}

    @property
    def hard(self) -> bool:
        """Whether it must filter, or may; an entry of taste is `hard: false` in every reading."""
        return any(row.hard is not False for row in self.any_of)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it may be about."""
        return frozenset(row.field for row in self.any_of)

    def stands_as(self, have: Requirement, schema: Schema) -> bool:
        """Return whether the ledger's row `have` is this entry."""
        return any(same(row, have, schema) for row in self.any_of)

    def rows(self, schema: Schema) -> list[Requirement]:
        """Return its readings as the ledger would hold them, scope and firmness included."""
        return [
            canonical(row, schema).model_copy(update={"scope": row.scope, "hard": row.hard is not False})
            for row in self.any_of
        ]

    def __str__(self) -> str:
        return " or ".join(f"{row.field} {row.op} {row.value} {row.unit or ''}".strip() for row in self.any_of)


@dataclass(frozen=True)
class Labels:
    """What the case says of one turn.

    Attributes:
        entries: Entries that the user stated so far and that are in force; None where nobody labelled them.
        good: Grades of the items that suit best, by id; empty where nobody labelled them.
        bad: Ids of items that suit badly although no requirement forbids them.
        unclear: Whether so little is known that a question is better than a guess.
        language: The language that the reply must have; None where either will do.
        confirms: What the message answers to the question for one's age.
    """

    entries: tuple[Entry, ...] | None = None
    good: Mapping[str, float] = field(default_factory=dict)
    bad: tuple[str, ...] = ()
    unclear: bool = False
    language: str | None = None
    confirms: bool | None = None
