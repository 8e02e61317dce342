"""What the claim check holds against a sentence."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "number",
    "currency",
    "name",
    "unknown_item",
    "value",
    "flag",
    "availability",
    "comparative",
    "superlative",
    "requirement",
    "promise",
    "language",
    "length",
    "unsupported",
]


class Problem(BaseModel):
    """One claim that the sheet does not bear out: its kind, the words that make it, and why it does not hold."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    span: str
    why: str
