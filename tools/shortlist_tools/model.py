"""What the tools may ask of a language model, and the budget that every turn is held to."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from shortlist_prompts.errors import ShortlistError

T = TypeVar("T", bound=BaseModel)


class BudgetExhaustedError(ShortlistError):
    """The turn has no calls, tokens or seconds left; go on without the model."""


@dataclass
class Budget:
    """The calls, tokens and seconds that one turn may still spend on a model.

    Args:
        calls: Model calls allowed in all.
        tokens: Prompt and completion tokens allowed in all.
        seconds: Wall time allowed from `start`.
        clock: Monotonic seconds; given by tests.
        made: Every call made so far, failed ones too, in the order they ended: what the trace shows.
    """

    calls: int = 4
    tokens: int = 12_000
    seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    calls_used: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    start: float = field(default=-1.0)
    made: list[ModelCall] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.start < 0:
            self.start = self.clock()

    @property
    def tokens_used(self) -> int:
        """Prompt and completion tokens spent so far."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline, never below zero."""
        return max(0.0, self.seconds - (self.clock() - self.start))

    @property
    def calls_left(self) -> int:
        """Calls that may still be made, never below zero."""
        return max(0, self.calls - self.calls_used)

    def take_call(self, expected_tokens: int = 0) -> None:
        """Count one call that is about to be made.

        Raises:
            BudgetExhaustedError: If calls, tokens (with `expected_tokens` more) or time have run out.
        """
        if self.calls_left == 0:
            raise BudgetExhaustedError(f"all {self.calls} model calls of this turn are spent")
        if self.tokens_used + expected_tokens > self.tokens:
            raise BudgetExhaustedError(
                f"{self.tokens_used} of {self.tokens} tokens are spent, {expected_tokens} more do not fit"
            )
        if self.seconds_left <= 0:
            raise BudgetExhaustedError(f"the {self.seconds:g} s of this turn have passed")
        self.calls_used += 1

    def count_tokens(self, prompt: int, completion: int) -> None:
        """Book the tokens that a finished call reported."""
        self.prompt_tokens += prompt
        self.completion_tokens += completion

    def book(self, call: ModelCall) -> None:
        """Book a call that ended, well or not: its tokens, and its place in `made`."""
        self.count_tokens(call.prompt_tokens, call.completion_tokens)
        self.made.append(call)


@dataclass(frozen=True)
class ModelCall:
    """What one call cost and which prompt it used, for the trace.

    `prompt` is `id@version#hash`; `seconds` is wall time; `outcome` is `ok` or the name of what went wrong.
    """

    prompt: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    seconds: float
    outcome: str = "ok"


@dataclass(frozen=True)
class ModelAnswer(Generic[T]):
    """A validated answer of a model and what it cost."""

    value: T
    call: ModelCall


class Model(Protocol):
    """Answers versioned prompts; tools receive one and never import the agent that implements it."""

    @property
    def name(self) -> str:
        """What the operator called it, such as `openai:gpt-4.1-mini`."""
        ...

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: type[T], budget: Budget) -> ModelAnswer[T]:
        """Render prompt `prompt` (an id, or id@version) with `inputs` and return its answer as a `schema`.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ProviderError: If no usable answer came; its `kind` says why.
        """
        ...

    def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        """Render prompt `prompt` and yield the text of its answer as it is written.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ProviderError: If the provider fails, also in mid-stream.
        """
        ...
