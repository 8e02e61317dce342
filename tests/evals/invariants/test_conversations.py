"""Random conversations in which nothing may be invented, forgotten or out of policy; a failure says how to see it."""

from __future__ import annotations

import pytest

from shortlist_evals.invariants import run
from shortlist_evals.places import DataMissingError, data_dir

IN_TEST = {"demo": 160, "chorus": 40}


def assert_held(n: int, split: str, seed: int = 1) -> None:
    if split.startswith("chorus"):
        try:
            data_dir("chorus", "products.jsonl.gz")
        except DataMissingError as error:
            pytest.skip(str(error))
    result = run(n=n, seed=seed, split=split)
    assert result["n"] == n
    assert result["turns"] >= 3 * n
    assert result["passed"], f"{result['by_check']}\n\n" + "\n\n".join(result["failures"])


@pytest.mark.xdist_group("invariants-demo")
def test_two_hundred_conversations_break_no_promise_over_the_demo() -> None:
    assert_held(IN_TEST["demo"], "demo")


@pytest.mark.data
@pytest.mark.xdist_group("invariants-chorus")
def test_two_hundred_conversations_break_no_promise_over_chorus() -> None:
    assert_held(IN_TEST["chorus"], "chorus")


@pytest.mark.slow
@pytest.mark.parametrize("split", ["demo-offline", "demo-faulty", "chorus"])
def test_two_thousand_conversations_break_no_promise(split: str) -> None:
    assert_held(800 if split != "chorus" else 400, split, seed=10_000)
