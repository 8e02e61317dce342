"""The labelled sentences of the masking suite."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shortlist_evals.lines import read_lines
from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError
from shortlist_tools.masking import Kind

Split = Literal["dev", "spent", "blind", "fresh", "late", "all"]
_UNSEEN = ("blind", "fresh", "late")
"""Splits that whoever mends the masker may not have."""


class CasesError(CallerError):
    """A file of cases is missing or has a line that is no case; names the file and the line."""


class Label(BaseModel):
    """Personal data at `start` up to `end`, of which `secret_start` up to `secret_end` must not be seen."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    start: int
    end: int
    secret_start: int
    secret_end: int


class Case(BaseModel):
    """A sentence and the personal data in it, as the guide beside the cases says."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    language: Literal["en", "zh"]
    kind: str = Field(alias="class")
    text: str
    spans: tuple[Label, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _placed(cls, given: Any) -> Any:
        """Return `given` with its labels placed: `[kind, words]` or `[kind, words, secret]`, in order."""
        if not isinstance(given, dict):
            return given
        text, at, placed = str(given.get("text", "")), 0, []
        for kind, words, *secret in given.get("spans", ()):
            start = text.find(words, at)
            inner = words.find(secret[0]) if secret else 0
            if start < 0 or inner < 0 or not words or kind not in get_args(Kind):
                raise ValueError(
                    f"{kind} {words!r} {secret or ''}: not a kind, or not in the text after the one before"
                )
            length = len(secret[0]) if secret else len(words)
            at = start + len(words)
            placed.append(
                Label(kind=kind, start=start, end=at, secret_start=start + inner, secret_end=start + inner + length)
            )
        return {**given, "spans": placed}


def load_cases(split: Split = "dev") -> list[Case]:
    """Return the cases of a split: `dev`, `spent`, `blind`, `fresh`, `late` or `all`.

    Raises:
        CasesError: If a file is missing or a line is no case.
    """
    cases: list[Case] = []
    for name in ("dev", "spent", *_UNSEEN) if split == "all" else (split,):
        path = suites_dir() / "masking" / f"{name}.jsonl"
        if split == "all" and name in _UNSEEN and not path.is_file():
            continue
        if not path.is_file():
            raise CasesError(f"no cases at {path}; splits are dev, spent, blind, fresh, late and all")
        cases += read_lines(path, Case, CasesError)
    return cases
