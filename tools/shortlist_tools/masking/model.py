"""A model that never sees personal data: what people wrote is masked on its way in, what it answers unmasked."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

from pydantic import BaseModel

from shortlist_prompts import PromptError, Prompts
from shortlist_tools.masking.mask import Book
from shortlist_tools.model import Budget, Model, ModelAnswer

T = TypeVar("T", bound=BaseModel)
_PEOPLE = frozenset({"user", "profile"})
_OPEN = re.compile(r"(?:\[[A-Za-z]{0,8}(?:_\d{0,6})?|(?<![A-Za-z0-9_])[A-Za-z]{1,8}(?:_\d{0,6})?)$")
"""The end of a piece of a stream that a mark may begin in."""


class MaskedModel:
    """Asks another model with one book of marks; implements `shortlist_tools.model.Model`.

    What a prompt declares to come from a user or a profile is searched for personal data; in everything else only what
    the book knows already is masked. A prompt without personal data is passed on as it is, to the byte.

    Args:
        inner: The model that is asked.
        book: The marks, which grow as texts are masked.
    """

    def __init__(self, inner: Model, book: Book) -> None:
        self._inner = inner
        self._book = book

    @property
    def name(self) -> str:
        """What the operator called the model."""
        return self._inner.name

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: type[T], budget: Budget) -> ModelAnswer[T]:
        """Return the model's answer, unmasked; raises what the model raises."""
        answer = await self._inner.ask(prompt, self._masked(prompt, inputs), schema, budget)
        written = answer.value.model_dump()
        restored = _changed(written, self._book.unmask)
        return answer if restored == written else ModelAnswer(schema.model_validate(restored), answer.call)

    async def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        """Yield the text of the answer, unmasked, also where a mark comes in pieces; raises what the model raises."""
        held = ""
        async with aclosing(self._inner.stream(prompt, self._masked(prompt, inputs), budget)) as pieces:
            async for piece in pieces:
                if not self._book:
                    yield piece
                    continue
                held += piece
                begun = _OPEN.search(held)
                ready = held[: begun.start()] if begun else held
                held = held[len(ready) :]
                if ready:
                    yield self._book.unmask(ready)
        if held:
            yield self._book.unmask(held)

    def _masked(self, prompt: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return `inputs` without personal data; the sources are those of the version in production."""
        try:
            declared = Prompts.load().get(prompt).inputs
        except PromptError:
            declared = {}
        found = {}
        for name, value in inputs.items():
            source = declared[name].source if name in declared else "user"
            if source == "code":
                found[name] = value
            else:
                found[name] = _changed(value, self._book.mask if source in _PEOPLE else self._book.hide)
        return found


def _changed(value: Any, change: Any) -> Any:
    """Return `value` with `change` done to every text in it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_changed(one, change) for one in value)
    return value
