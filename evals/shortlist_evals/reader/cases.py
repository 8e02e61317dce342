"""The labelled utterances of the reader suite."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shortlist_evals.lines import read_lines
from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Op, Requirement

Split = Literal["dev", "spent", "blind", "all"]


class CasesError(CallerError):
    """A file of cases is missing or has a line that is no case; names the file and the line."""


class Entry(BaseModel):
    """One requirement that an utterance adds, as the labelling guide beside the cases says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    op: Op
    value: Any = None
    hard: bool = True
    unit: str | None = None
    scope: str | None = None
    group: str | None = None


class Case(BaseModel):
    """An utterance, the conversation before it, and what it adds to the ledger and takes from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    language: Literal["en", "zh"]
    kind: str = Field(alias="class")
    text: str
    shown: tuple[str, ...] = ()
    before: tuple[Entry, ...] = ()
    asked: tuple[str, ...] = ()
    catalog: str = "demo"
    entries: tuple[Entry, ...] = ()
    withdrawn: tuple[str, ...] = ()
    note: str = ""

    def ledger(self) -> tuple[Requirement, ...]:
        """Return the requirements that stood before the utterance."""
        return tuple(
            Requirement(id=f"r{number}", turn=1, **entry.model_dump())
            for number, entry in enumerate(self.before, start=1)
        )


def load_cases(split: Split = "dev") -> list[Case]:
    """Return the cases of a split: `dev`, `spent`, `blind` or `all`.

    Raises:
        CasesError: If a file is missing or a line is no case.
    """
    names = ("dev", "spent", "blind") if split == "all" else (split,)
    cases: list[Case] = []
    for name in names:
        path = suites_dir() / "reader" / f"{name}.jsonl"
        if not path.is_file():
            raise CasesError(f"no cases at {path}; splits are dev, spent, blind and all")
        cases += read_lines(path, Case, CasesError)
    return cases
