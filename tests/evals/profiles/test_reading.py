"""Facts that a model reads are held to what the shoppers wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

from shortlist_evals.profiles.reading import read_shoppers, render
from shortlist_prompts import ProfileRows
from shortlist_prompts.errors import ProviderError
from shortlist_tools.model import Model, ModelAnswer, ModelCall


class _Reader:
    """Quotes the first text, and one that nobody wrote."""

    name = "reader"

    async def ask(self, prompt: str, inputs: Mapping[str, Any], answers: Any, budget: Any) -> ModelAnswer[ProfileRows]:
        words = str(inputs["texts"][0]).partition("] ")[2]
        rows = ProfileRows(f=[f'self|use={words}|"{words}" [1]', 'self|home=moon|"I live on the moon" [1]'])
        return ModelAnswer(rows, ModelCall("profile@1.0.0#x", "reader", 1, 1, 0, 0.0))


class _Silent:
    name = "silent"

    async def ask(self, prompt: str, inputs: Mapping[str, Any], answers: Any, budget: Any) -> ModelAnswer[ProfileRows]:
        raise ProviderError("no answer")


def test_what_was_written_is_supported_and_what_was_not_is_not_kept() -> None:
    result = read_shoppers(cast(Model, _Reader()), 3, 11)
    means = result["agents"]["model"]
    assert means["kept"][0] == means["supported"][0] == 1.0
    assert means["invented"][0] == means["failed"][0] == 0.0
    assert result["dropped"] == {"not said there": 3}
    assert render(result) is not None


def test_a_model_that_does_not_answer_is_counted() -> None:
    means = read_shoppers(cast(Model, _Silent()), 2, 11)["agents"]["model"]
    assert means["failed"][0] == 1.0
    assert "supported" not in means


@pytest.mark.parametrize("seed", [11])
def test_the_same_seed_gives_the_same_shoppers(seed: int) -> None:
    first, second = (read_shoppers(cast(Model, _Reader()), 2, seed)["examples"] for _ in range(2))
    assert first == second
