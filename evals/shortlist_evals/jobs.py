"""Runs the cases of a suite one after the other, or side by side in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_stack = ExitStack()
_works: list[Callable[[Any], Any]] = []
"""What this process of a pool does; set once, when it begins."""


def run_tasks(
    tasks: Sequence[T],
    opened: Callable[[], AbstractContextManager[Callable[[T], R]]],
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[R]:
    """Return what becomes of each task, in the order of the tasks.

    Args:
        tasks: What is to be done; each can be pickled.
        opened: Opens what the work needs and yields the work itself. It is called once in each process, so it can be
            pickled: a function of a module, or `functools.partial` of one.
        jobs: How many processes; 1 works in this one.
        progress: Told how many are done.

    Raises:
        Exception: Whatever the work raises, from the first task that raised.
    """
    results: list[R] = []
    done: Iterable[R]
    with ExitStack() as stack:
        if jobs <= 1 or len(tasks) < 2:
            done = map(stack.enter_context(opened()), tasks)
        else:
            pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=(opened,))
            done = stack.enter_context(pool).map(_one, tasks)
        progress(0, len(tasks))
        for result in done:
            results.append(result)
            progress(len(results), len(tasks))
    return results


def _begin(opened: Callable[[], AbstractContextManager[Callable[[Any], Any]]]) -> None:
    _works.append(_stack.enter_context(opened()))


def _one(task: Any) -> Any:
    return _works[0](task)
