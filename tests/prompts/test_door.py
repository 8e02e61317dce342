"""The packages' doors list what they let through, sorted, and every name is there."""

from __future__ import annotations

import importlib

import pytest


@pytest.mark.parametrize(
    "name", ["shortlist_prompts", "shortlist.llm", "shortlist.testing", "shortlist_evals.recorder"]
)
def test_a_door_is_sorted_and_whole(name: str) -> None:
    module = importlib.import_module(name)
    constants = [one for one in module.__all__ if one.isupper()]
    classes = [one for one in module.__all__ if not one.isupper() and one[0].isupper()]
    rest = [one for one in module.__all__ if one[0].islower()]
    assert module.__all__ == sorted(constants) + sorted(classes) + sorted(rest)
    assert [one for one in module.__all__ if not hasattr(module, one)] == []
