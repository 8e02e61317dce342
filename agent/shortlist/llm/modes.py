"""How an answer is held to its schema, found out once for a model and remembered."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import BaseModel

from shortlist.llm.faults import ProviderRequestError
from shortlist.settings import StructuredMode
from shortlist_prompts import json_schema

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import RunnableConfig

Mode = Literal["json_schema", "tools", "text"]
Traits = MutableMapping[str, Mapping[str, Any]]
"""What is known of each model, by `spec@base_url`; JSON-able, and kept by whoever owns the store."""

_LADDER: tuple[Mode, ...] = ("json_schema", "tools", "text")
_SIGNS: dict[Mode, tuple[str, ...]] = {
    "json_schema": ("response_format", "json_schema", "structured", "grammar", "schema"),
    "tools": ("tool", "function"),
    "text": (),
}
_PARAMETERS = ("temperature", "seed", "max_completion_tokens", "stream_options")
_log = logging.getLogger("shortlist")


class ModeMemory:
    """What one model can do: reads and writes its row of the traits.

    Args:
        key: Name of the row.
        traits: Where rows are kept.
        setting: A mode the operator chose, or `auto`.
    """

    def __init__(self, key: str, traits: Traits, setting: StructuredMode) -> None:
        self._key, self._traits, self._setting = key, traits, setting

    @property
    def mode(self) -> Mode:
        """The mode to use for the next call."""
        known = self._row().get("structured")
        if self._setting != "auto":
            return self._setting
        return cast(Mode, known) if known in _LADDER else _LADDER[0]

    @property
    def without(self) -> tuple[str, ...]:
        """Parameters that this model's server does not take."""
        return tuple(name for name in self._row().get("without", ()) if name in _PARAMETERS)

    def confirm(self, mode: Mode) -> None:
        """Remember that a call in `mode` went well."""
        row = self._row()
        if row.get("structured") != mode or not row.get("confirmed"):
            self._traits[self._key] = {**row, "structured": mode, "confirmed": True}

    def learn(self, fault: ProviderRequestError, mode: Mode | None) -> bool:
        """Draw the lesson of a rejected request; returns whether another try would differ.

        A parameter the server names is left out from now on. A rejection that names the mode, or that names nothing
        and comes before any success, steps down to the next mode.
        """
        said, row = fault.said.lower(), dict(self._row())
        for name in _PARAMETERS:
            if name in said and name not in self.without:
                self._traits[self._key] = {**row, "without": [*self.without, name]}
                _log.info("model %s does not take %s; left out from now on", self._key, name)
                return True
        if mode is None or mode == "text" or self._setting != "auto":
            return False
        named = any(sign in said for sign in _SIGNS[mode])
        if not named and (row.get("confirmed") or "context" in said):
            return False
        following = _LADDER[_LADDER.index(mode) + 1]
        self._traits[self._key] = {**row, "structured": following, "confirmed": False}
        _log.info("model %s does not take %s; trying %s from now on", self._key, mode, following)
        return True

    def _row(self) -> Mapping[str, Any]:
        return self._traits.get(self._key) or {}


async def invoke(
    model: BaseChatModel, messages: list[BaseMessage], schema: type[BaseModel], mode: Mode, config: RunnableConfig
) -> AIMessage:
    """Return the model's message to `messages`, asked for in `mode`.

    The message is read by `read_answer`, not by LangChain's parsers: those look for JSON in a time that grows with the
    square of the answer's length (20,000 characters of prose: five seconds).
    """
    if mode == "text":
        return await model.ainvoke(messages, config)
    shape = {"title": schema.__name__, "description": schema.__name__, **json_schema(schema)}
    if mode == "tools":
        tool = {"type": "function", "function": {"name": schema.__name__, "parameters": json_schema(schema)}}
        with _lacking("tools"):
            caller = model.bind_tools([tool], tool_choice=schema.__name__)
        return await caller.ainvoke(messages, config)
    if any(cls.__name__ == "BaseChatOpenAI" for cls in type(model).__mro__):
        form = {"name": schema.__name__, "schema": json_schema(schema), "strict": True}
        return await model.bind(response_format={"type": "json_schema", "json_schema": form}).ainvoke(messages, config)
    with _lacking("json_schema"):
        runnable = model.with_structured_output(shape, method="json_schema", include_raw=True)
    return cast("AIMessage", cast("dict[str, Any]", await runnable.ainvoke(messages, config))["raw"])


@contextmanager
def _lacking(mode: Mode) -> Iterator[None]:
    """Say of a LangChain class that cannot be asked in `mode` what a server without it would say."""
    try:
        yield
    except (NotImplementedError, ValueError, TypeError) as error:
        raise ProviderRequestError(f"this kind of model takes no {mode} ({type(error).__name__})", mode) from None


def written(message: AIMessage) -> str:
    """Return what `message` says: the arguments of its first tool call, or else its text."""
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    if message.invalid_tool_calls:
        return message.invalid_tool_calls[0].get("args") or ""
    return message.text
