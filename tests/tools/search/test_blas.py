"""One BLAS thread while products are small, whichever thread of the process asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np  # noqa: F401 - loads the BLAS library that is limited
from threadpoolctl import ThreadpoolController, threadpool_info

from shortlist_tools.search.blas import one_thread


def _limits() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def _limited() -> list[int]:
    with one_thread():
        return _limits()


def test_every_thread_can_hold_blas_at_one_thread() -> None:
    with ThreadpoolController().limit(limits=2, user_api="blas"), ThreadPoolExecutor(1) as first:
        assert set(first.submit(_limited).result()) == {1}
        with ThreadPoolExecutor(1) as second:  # while the first thread, which threadpoolctl heeds, is alive
            assert set(second.submit(_limited).result()) == {1}


def test_the_last_to_leave_gives_the_threads_back() -> None:
    before = _limits()
    with one_thread():
        with ThreadPoolExecutor(1) as other:
            other.submit(_limited).result()
        assert set(_limits()) == {1}
    assert _limits() == before
