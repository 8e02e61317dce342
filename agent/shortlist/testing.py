"""`ScriptedModel`: a model that answers from a script, for tests of everything that asks one.

Example:
    >>> import asyncio
    >>> from shortlist.testing import Fault, ScriptedModel
    >>> from shortlist_prompts import UnderstandRows
    >>> from shortlist_tools.model import Budget
    >>> inputs = {"title": "Desk lamp", "text": "Warm light.", "reviews": [], "language": "en"}
    >>> with ScriptedModel({"understand": [{"t": ["reading"], "k": ["lamp"]}, Fault.TIMEOUT]}) as model:
    ...     answer = asyncio.run(model.ask("understand", inputs, UnderstandRows, Budget()))
    ...     try:
    ...         asyncio.run(model.ask("understand", inputs, UnderstandRows, Budget()))
    ...     except Exception as error:
    ...         print(answer.value.t, type(error).__name__)
    ['reading'] ProviderTimeoutError
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self, TypeVar

from pydantic import BaseModel

from shortlist.llm.answers import read_answer
from shortlist.llm.faults import (
    ModelCallError,
    ProviderAnswerError,
    ProviderRateLimitedError,
    ProviderRefusedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
)
from shortlist.llm.usage import approximate, approximate_prompt
from shortlist_prompts import Prompts, Rendered
from shortlist_tools.model import Budget, ModelAnswer, ModelCall

__all__ = ["Answer", "Fault", "ScriptError", "ScriptedCall", "ScriptedModel"]

T = TypeVar("T", bound=BaseModel)


class ScriptError(AssertionError):
    """The code under test made a call that the script does not have, or left a step of it unused."""


class Fault(Enum):
    """What a scripted model can do wrong; the value says how it shows."""

    TIMEOUT = "no answer in time"
    REFUSED = "the key is refused"
    RATE_LIMITED = "too many requests"
    UNAVAILABLE = "the server fails"
    DROP = "breaks off in the middle of its answer"
    EMPTY = "answers with nothing"
    NOT_JSON = "answers with prose where JSON was asked for"
    TRUNCATED = "stops in the middle of its JSON"
    WRONG_TYPES = "answers with JSON of other types"
    UNKNOWN_FIELDS = "adds keys nobody asked for"
    OTHER_LANGUAGE = "answers in a third language"
    ENDLESS = "writes 10,000 tokens"


Answer = str | Mapping[str, Any] | BaseModel | Fault
"""One step: the value to answer, the raw text to answer, or what to do wrong."""
Step = Answer | Callable[[Mapping[str, Any]], Answer]
"""An answer, or a function that makes one from the prompt's inputs."""

_RAW = {
    Fault.EMPTY: "",
    Fault.NOT_JSON: "Sure! Here is what I would look for.",
    Fault.TRUNCATED: '{"i": "find", "q": "head',
    Fault.WRONG_TYPES: '{"i": 3, "q": {"words": []}, "r": {"price": 10}, "t": 4}',
    Fault.UNKNOWN_FIELDS: '{"i": "find", "q": "", "requirements": ["price < 10"], "confidence": 0.9}',
    Fault.OTHER_LANGUAGE: "Вот хороший вариант [1], он стоит 1 рубль и лучше всех остальных.",
    Fault.ENDLESS: "very " * 10_000,
}
_PIECE = 12


@dataclass(frozen=True)
class ScriptedCall:
    """One call the model got: the prompt's id, its inputs, and what was rendered from them."""

    prompt: str
    inputs: Mapping[str, Any]
    rendered: Rendered


class ScriptedModel:
    """Answers each prompt from its own list of steps; implements `shortlist_tools.model.Model`.

    Prompts are really rendered, so wrong inputs fail as they would with a real model, and calls are booked in the
    budget. As a context manager it checks on leaving that every step was used.

    Args:
        script: By prompt id, the steps in order, or one function that answers every call of that prompt.
        prompts: The prompts; the packaged ones by default.
        name: What the model is called in traces.
    """

    def __init__(
        self,
        script: Mapping[str, Sequence[Step] | Callable[[Mapping[str, Any]], Answer]],
        prompts: Prompts | None = None,
        name: str = "scripted",
    ) -> None:
        self._steps = {key: steps if callable(steps) else list(steps) for key, steps in script.items()}
        self._prompts = prompts or Prompts.load()
        self._name = name
        self.calls: list[ScriptedCall] = []

    @property
    def name(self) -> str:
        """What the model is called in traces."""
        return self._name

    def check(self) -> None:
        """Raise `ScriptError` if a step is unused."""
        left = {key: len(steps) for key, steps in self._steps.items() if isinstance(steps, list) and steps}
        if left:
            raise ScriptError(f"steps left unused: {left}; calls made: {[call.prompt for call in self.calls]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.check()

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: type[T], budget: Budget) -> ModelAnswer[T]:
        """Return the next step of `prompt` as a `schema`, or do what the step does wrong.

        Raises:
            ScriptError: If there is no such step.
        """
        answer, rendered = self._next(prompt, inputs, budget)
        text = _text(answer)
        try:
            if isinstance(answer, Fault):
                _raise(answer)
            value = read_answer(text, schema)
        except ModelCallError as error:
            outcome = error.problem if isinstance(error, ProviderAnswerError) else error.kind
            error.call = self._book(rendered, text, budget, outcome)
            raise
        return ModelAnswer(value, self._book(rendered, text, budget, "ok"))

    async def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        """Yield the next step of `prompt` in small pieces, or do what the step does wrong.

        Raises:
            ScriptError: If there is no such step.
        """
        answer, rendered = self._next(prompt, inputs, budget)
        text, outcome = _text(answer), "cancelled"
        try:
            if isinstance(answer, Fault) and answer is not Fault.DROP:
                _raise(answer)
            if not text:
                raise ProviderAnswerError("the answer is empty", "empty")
            for start in range(0, len(text), _PIECE):
                yield text[start : start + _PIECE]
            if answer is Fault.DROP:
                _raise(answer)
            outcome = "ok"
        except ModelCallError as error:
            outcome = error.problem if isinstance(error, ProviderAnswerError) else error.kind
            raise
        finally:
            self._book(rendered, text, budget, outcome)

    def _next(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> tuple[Answer, Rendered]:
        found = self._prompts.get(prompt)
        rendered = found.render(inputs)
        budget.take_call(approximate_prompt(rendered.messages))
        steps = self._steps.get(found.id)
        if not steps:
            made = [call.prompt for call in self.calls]
            raise ScriptError(f"unexpected call of {found.id!r}: its script is used up or missing; calls made: {made}")
        self.calls.append(ScriptedCall(found.id, dict(inputs), rendered))
        step = steps.pop(0) if isinstance(steps, list) else steps
        return (step(inputs) if callable(step) else step), rendered

    def _book(self, rendered: Rendered, text: str, budget: Budget, outcome: str) -> ModelCall:
        prompt = approximate_prompt(rendered.messages)
        call = ModelCall(rendered.ref, self._name, prompt, approximate(text), 0, 0.0, outcome)
        budget.book(call)
        return call


def _text(answer: Answer) -> str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Fault):
        return "[1] fits best, because " if answer is Fault.DROP else _RAW.get(answer, "")
    data = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else dict(answer)
    return json.dumps(data, ensure_ascii=False)


def _raise(fault: Fault) -> None:
    if fault is Fault.TIMEOUT:
        raise ProviderTimeoutError("scripted: no answer in time")
    if fault is Fault.REFUSED:
        raise ProviderRefusedError("scripted: the key is refused")
    if fault is Fault.RATE_LIMITED:
        raise ProviderRateLimitedError("scripted: too many requests", retry_after=1.0)
    if fault in {Fault.UNAVAILABLE, Fault.DROP}:
        raise ProviderUnavailableError("scripted: the server failed")
