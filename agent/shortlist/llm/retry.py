"""The one retry layer: passing faults only, within the budget's calls and seconds."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

from tenacity import AsyncRetrying, AttemptManager, RetryCallState

from shortlist.llm.faults import ModelCallError, ProviderRateLimitedError
from shortlist_tools.model import Budget

_FIRST_WAIT, _LONGEST_WAIT = 0.25, 4.0
_ROOM = 1.0
"""Seconds that must be left after a wait for another try to make sense."""


def attempts(most: int, budget: Budget) -> AsyncIterator[AttemptManager]:
    """Return tenacity's attempts at one call.

    A fault that is not `transient` is raised at once, and so is one that came when the budget had no call left, or
    when too little time would be left after the wait (which is what the provider asked for, or half a second on
    average, doubling).
    """

    def again(state: RetryCallState) -> bool:
        fault = state.outcome.exception() if state.outcome else None
        return isinstance(fault, ModelCallError) and fault.transient

    def enough(state: RetryCallState) -> bool:
        out_of_time = budget.seconds_left < state.upcoming_sleep + _ROOM
        return state.attempt_number >= most or budget.calls_left == 0 or out_of_time

    return AsyncRetrying(retry=again, stop=enough, wait=_wait, reraise=True).__aiter__()


def _wait(state: RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    if isinstance(fault, ProviderRateLimitedError) and fault.retry_after is not None:
        return fault.retry_after
    ceiling: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2**state.attempt_number)
    return random.uniform(ceiling / 2, ceiling)
