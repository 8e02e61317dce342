"""The claim check: one sentence of a draft held against the fact sheet."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting.problem import Problem
from shortlist_tools.drafting.rendering import render
from shortlist_tools.drafting.sheet import FactSheet


def check(sentence: str, sheet: FactSheet, requirements: Sequence[Requirement], language: str) -> tuple[Problem, ...]:
    """Return what `sentence` claims that the sheet does not bear out; an empty tuple when every claim holds."""
    return tuple(
        Problem(kind="unknown_item", span=reference, why="nothing on the sheet has this reference")
        for reference in render(sentence, sheet).unknown
    )
