"""Tests of running tasks one after the other and side by side."""

import operator
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest

from shortlist_evals.jobs import run_tasks


def _opens(work: Callable[[Any], Any]) -> Any:
    return partial(nullcontext, work)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    told: list[tuple[int, int]] = []
    done = run_tasks([3, 1, 2], _opens(operator.neg), jobs, lambda done, total: told.append((done, total)))
    assert done == [-3, -1, -2]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        run_tasks(["1", "x"], _opens(int), jobs)
