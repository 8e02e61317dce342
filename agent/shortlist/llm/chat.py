"""`ChatModel`: any chat model LangChain knows, as the `Model` that the tools and the turn ask."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from shortlist.llm.answers import read_answer
from shortlist.llm.client import Client
from shortlist.llm.faults import (
    ModelCallError,
    ProviderAnswerError,
    ProviderRequestError,
    as_fault,
)
from shortlist.llm.modes import ModeMemory, Traits, invoke, written
from shortlist.llm.retry import attempts
from shortlist.llm.usage import Usage, approximate, approximate_prompt, reported, reported_by_error
from shortlist.settings import Settings, load_settings
from shortlist_prompts import Prompts, Rendered
from shortlist_tools.model import Budget, ModelAnswer, ModelCall

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import RunnableConfig

T = TypeVar("T", bound=BaseModel)
_log = logging.getLogger("shortlist")
_LESSONS = 5
_OVERLONG = 12
"""Characters a token of `max_tokens` may have before a stream counts as endless."""


def open_model(
    spec: str | None = None, settings: Settings | None = None, traits: Traits | None = None
) -> ChatModel | None:
    """Return the model that `spec` names, or None for `offline`.

    Args:
        spec: `offline` or `provider:name`; that of the settings by default.
        settings: The operator's choices; read from the environment by default.
        traits: Where to remember what the model can do; in memory by default.

    Raises:
        SettingsError: If `spec` is neither.
    """
    settings = settings or load_settings()
    spec = spec or settings.model
    if spec == "offline":
        return None
    load_settings(**{**settings.model_dump(), "model": spec})
    return ChatModel(spec, settings, traits=traits)


class ChatModel:
    """Asks a provider's chat model for versioned prompts; implements `shortlist_tools.model.Model`.

    Every call that is made, well or not, is booked in the turn's budget; only passing faults are tried again, at most
    `settings.model_attempts` times and never beyond the budget.

    Args:
        spec: `provider:name`, as `init_chat_model` takes it.
        settings: Address, key, timeouts, sampling, prompt label.
        prompts: The prompts; the packaged ones by default.
        traits: Where to remember what the model can do.
        label: Which versions of the prompts are used; that of the settings by default.
    """

    def __init__(
        self,
        spec: str,
        settings: Settings,
        prompts: Prompts | None = None,
        traits: Traits | None = None,
        label: str | None = None,
    ) -> None:
        self._spec = spec
        self._settings = settings
        self._prompts = prompts or Prompts.load()
        self._label = label or settings.prompt_label
        self._client = Client(spec, settings)
        self._memory = ModeMemory(
            _row_name(spec, settings.base_url), {} if traits is None else traits, settings.structured
        )
        self._secret = settings.api_key.get_secret_value() if settings.api_key else ""

    @property
    def name(self) -> str:
        """What the operator called it, such as `openai:gpt-4.1-mini`."""
        return self._spec

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: type[T], budget: Budget) -> ModelAnswer[T]:
        """Return the model's answer to `prompt` as a `schema`.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ModelCallError: If no usable answer came; a subclass of `ProviderError` with a `kind`.
            PromptError: If the prompt does not exist or the inputs are not its own.
        """
        rendered = self._prompts.get(prompt, self._label).render(inputs)
        for _ in range(_LESSONS):
            mode = self._memory.mode
            try:
                async for attempt in attempts(self._settings.model_attempts, budget):
                    with attempt:
                        answer = await self._asked(rendered, schema, budget)
                        self._memory.confirm(mode)
                        return answer
            except ProviderRequestError as fault:
                if not self._memory.learn(fault, mode):
                    raise
        raise ProviderRequestError("the model provider rejects every form of the request; set SHORTLIST_STRUCTURED")

    async def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        """Yield the text of the answer to `prompt` as it is written.

        A fault before the first piece is tried again when it is passing; later ones are raised at once, with what was
        written already out. An answer that ends at its limit of tokens raises `ProviderAnswerError` (`truncated`) at
        its end, so that the caller knows the last sentence is not whole.

        Raises:
            BudgetExhaustedError: If the budget does not allow the call.
            ModelCallError: If the provider fails, also in mid-stream.
            PromptError: If the prompt does not exist or the inputs are not its own.
        """
        rendered = self._prompts.get(prompt, self._label).render(inputs)
        pieces: AsyncGenerator[str, None] | None = None
        first = ""
        for _ in range(_LESSONS):
            try:
                async for attempt in attempts(self._settings.model_attempts, budget):
                    with attempt:
                        pieces = self._streamed(rendered, budget)
                        first = await anext(pieces)
                break
            except ProviderRequestError as fault:
                if not self._memory.learn(fault, None):
                    raise
        if pieces is None:
            return
        try:
            yield first
            async for piece in pieces:
                yield piece
        finally:
            await pieces.aclose()

    async def aclose(self) -> None:
        """Close the connections of the running event loop; without it they close when the loop shuts down."""
        await self._client.aclose()

    async def _asked(self, rendered: Rendered, schema: type[T], budget: Budget) -> ModelAnswer[T]:
        books = _Books(rendered, self._spec, budget)
        try:
            message = await self._answered(rendered, schema, books)
            books.usage = reported(message.usage_metadata) or Usage(books.expected, approximate(message.text))
            value = read_answer(written(message), schema, truncated=_finish(message.response_metadata) == "length")
            return ModelAnswer(value, books.close("ok"))
        except ModelCallError as fault:
            fault.call = books.close(_outcome(fault))
            raise
        finally:
            books.close("cancelled")

    async def _answered(self, rendered: Rendered, schema: type[T], books: _Books) -> AIMessage:
        try:
            model = await self._client.chat_model(rendered.max_tokens, self._memory.without)
            async with asyncio.timeout(self._patience(books.budget)):
                return await invoke(model, _messages(rendered), schema, self._memory.mode, _traced(rendered))
        except Exception as error:  # noqa: BLE001 - every exception of a client library becomes a fault
            books.usage = reported_by_error(error)
            raise _fault(error, self._secret) from None

    async def _streamed(self, rendered: Rendered, budget: Budget) -> AsyncGenerator[str, None]:
        books = _Books(rendered, self._spec, budget)
        chunks = None
        said, reason = 0, ""
        try:
            model = await self._client.chat_model(rendered.max_tokens, self._memory.without)
            chunks = model.astream(_messages(rendered), _traced(rendered))
            async for chunk in _paced(chunks, lambda: self._patience(budget)):
                books.hear(chunk)
                reason = _finish(chunk.response_metadata) or reason
                said += len(chunk.text)
                if chunk.text:
                    yield chunk.text
                if said > _OVERLONG * rendered.max_tokens:
                    reason = "length"
                    break
            _check_end(said, reason)
            books.close("ok")
        except Exception as error:  # noqa: BLE001 - every exception of a client library becomes a fault
            fault = _fault(error, self._secret)
            call = books.close(_outcome(fault))
            if isinstance(fault, ModelCallError):
                fault.call = call
            raise fault from None
        finally:
            books.close("cancelled")
            if chunks is not None:
                await chunks.aclose()  # type: ignore[attr-defined]

    def _patience(self, budget: Budget) -> float:
        return min(self._settings.model_timeout, budget.seconds_left)


def _row_name(spec: str, base_url: str | None) -> str:
    """Return the name of the model's row of traits: with its address, but never with a password in it."""
    if not base_url:
        return spec
    scheme, _, rest = base_url.partition("://")
    return f"{spec}@{scheme}://{rest.rpartition('@')[2]}"


class _Books:
    """Takes one call from the budget and books it there exactly once."""

    def __init__(self, rendered: Rendered, model: str, budget: Budget) -> None:
        self.expected = approximate_prompt(rendered.messages)
        budget.take_call(self.expected)
        self.usage: Usage | None = None
        self._heard = 0
        self._rendered, self._model, self.budget = rendered, model, budget
        self._start = time.monotonic()
        self._call: ModelCall | None = None

    def hear(self, chunk: AIMessage) -> None:
        """Note what one piece of a stream says and reports."""
        self._heard += approximate(chunk.text)
        self.usage = reported(chunk.usage_metadata) or self.usage

    def close(self, outcome: str) -> ModelCall:
        """Book the call with `outcome`, unless it is booked already; return it."""
        if self._call is None:
            usage = self.usage or Usage(self.expected, self._heard)
            seconds = time.monotonic() - self._start
            self._call = ModelCall(
                self._rendered.ref, self._model, usage.prompt, usage.completion, usage.cached, seconds, outcome
            )
            self.budget.book(self._call)
            _log.debug("%s by %s: %s, %s", self._rendered.ref, self._model, outcome, usage)
        return self._call


async def _paced(chunks: AsyncIterator[Any], patience: Callable[[], float]) -> AsyncGenerator[Any, None]:
    """Yield `chunks`, waiting for each no longer than `patience` says."""
    while True:
        try:
            yield await asyncio.wait_for(anext(chunks), patience())
        except StopAsyncIteration:
            return


def _check_end(said: int, reason: str) -> None:
    if reason == "content_filter":
        raise ProviderAnswerError("the model declined to answer", "declined")
    if reason == "length":
        raise ProviderAnswerError("the answer was cut off at its limit of tokens", "truncated")
    if not said:
        raise ProviderAnswerError("the answer is empty", "empty")


def _finish(metadata: Mapping[str, Any]) -> str:
    reason = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")
    return "length" if reason in {"length", "max_tokens", "MAX_TOKENS"} else reason


def _fault(error: Exception, secret: str) -> Exception:
    from shortlist_prompts import ShortlistError

    return error if isinstance(error, ShortlistError) else as_fault(error, secret)


def _outcome(fault: Exception) -> str:
    return fault.problem if isinstance(fault, ProviderAnswerError) else getattr(fault, "kind", type(fault).__name__)


def _traced(rendered: Rendered) -> RunnableConfig:
    """Return what LangChain's tracers are told of the call: the prompt's id as its name, and the whole reference."""
    return {"run_name": rendered.ref.partition("@")[0], "metadata": {"prompt": rendered.ref}}


def _messages(rendered: Rendered) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(text) if role == "system" else HumanMessage(text) for role, text in rendered.messages]
