"""The labelled wishes: what was said, and which items of the demo catalog would be good or bad answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError


class CaseError(CallerError):
    """A case cannot be used; names the file and the line."""


class Wish(BaseModel):
    """One wish.

    Attributes:
        id: Its id.
        language: The language it is in.
        text: What is said.
        good: Ids of items that answer it.
        bad: Ids of items that nobody should offer for it.
        why: Why these.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: Literal["en", "zh"]
    text: str
    good: tuple[str, ...]
    bad: tuple[str, ...] = ()
    why: str = ""


def read_wishes(path: Path | None = None) -> list[Wish]:
    """Return the wishes of `path`, the suite's own by default.

    Raises:
        CaseError: If a line is no wish; names it and what is wrong.
    """
    path = path or suites_dir() / "wishes" / "cases.jsonl"
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Wish.model_validate(json.loads(line)))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise CaseError(f"{path}, line {number}: {where}: {first['msg']}") from error
        except ValueError as error:
            raise CaseError(f"{path}, line {number}: no JSON: {error}") from error
    return found
