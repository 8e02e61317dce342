"""Keeps small matrix products on one thread: two BLAS threads cost more than they bring below a few megabytes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_BRING_THEIR_OWN = ("scipy.linalg", "sklearn", "implicit")
"""Modules that load BLAS libraries of their own when they are imported."""
_lock = threading.Lock()
_depth = 0
_limiter: Any = None


def _controller() -> Any:
    return _controller_of(tuple(name in sys.modules for name in _BRING_THEIR_OWN))


@cache
def _controller_of(loaded: tuple[bool, ...]) -> Any:
    """Return what controls the libraries that are there once the modules in `loaded` are."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold the BLAS libraries of this process at one thread until the last of the nested or parallel users leaves."""
    global _depth, _limiter  # noqa: PLW0603 - the limit is the process's, so is the count of its users
    with _lock:
        if _depth == 0:
            _take_control()
            _limiter = _controller().limit(limits=1, user_api="blas")
        _depth += 1
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _take_control()
                _limiter.restore_original_limits()
                _limiter = None


def _take_control() -> None:
    """Let this thread set the limit; only inside `_lock`.

    threadpoolctl heeds only the first thread that ever limited OpenBLAS, and silently ignores all others: products in
    worker threads would use every core, and leave BLAS threads that spin for milliseconds after each.
    """
    for library in _controller().lib_controllers:
        clear = getattr(library, "clear_controlling_thread", None)
        if clear is not None:
            clear(force=True)
