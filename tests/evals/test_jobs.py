"""Tests of running tasks one after the other and side by side."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from shortlist_evals.jobs import run_tasks


@contextmanager
def _adding(more: int) -> Iterator[Callable[[int], int]]:
    yield lambda task: task + more


@contextmanager
def _failing() -> Iterator[Callable[[int], int]]:
    def work(task: int) -> int:
        raise KeyError(task)

    yield work


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    told: list[tuple[int, int]] = []
    done = run_tasks([3, 1, 2], partial(_adding, 10), jobs, lambda done, total: told.append((done, total)))
    assert done == [13, 11, 12]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised(jobs: int) -> None:
    with pytest.raises(KeyError):
        run_tasks([1, 2], _failing, jobs)
