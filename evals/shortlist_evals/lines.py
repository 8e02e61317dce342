"""Reads the cases of a suite that stand one JSON object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from shortlist_prompts.errors import CallerError

M = TypeVar("M", bound=BaseModel)


def read_lines(path: Path, model: type[M], wrong: type[CallerError]) -> list[M]:
    """Return a case of `model` for each line of `path` that is not blank.

    Raises:
        CallerError: Of the kind `wrong`, naming the file and the line, where a line is no case.
    """
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            cases.append(model.model_validate(json.loads(line)))
        except (ValueError, TypeError, ValidationError) as error:
            raise wrong(f"{path}, line {number}: no case: {error}") from error
    return cases
