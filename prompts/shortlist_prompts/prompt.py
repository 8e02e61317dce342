"""A prompt that is ready to be rendered, and what rendering gives."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from jinja2 import Template, UndefinedError

from shortlist_prompts.blocks import block
from shortlist_prompts.errors import PromptError
from shortlist_prompts.files import ENVIRONMENT, Input, PromptFile

_WORD = re.compile(r"[A-Za-z0-9][\w.-]{0,39}", re.ASCII)


@dataclass(frozen=True)
class Rendered:
    """Messages to send, and what they were made from.

    Attributes:
        messages: `(role, text)` pairs: the fixed system part first, then the user part.
        ref: `id@version#hash`, with the first eight digits of the hash.
        output: `text`, or the name of a schema.
        max_tokens: Most tokens the answer may take.
    """

    messages: tuple[tuple[Literal["system", "user"], str], ...]
    ref: str
    output: str
    max_tokens: int


@dataclass(frozen=True)
class Prompt:
    """One version of one prompt."""

    file: PromptFile

    @property
    def id(self) -> str:
        """Name of the prompt, such as `plan`."""
        return self.file.front.id

    @property
    def version(self) -> str:
        """Semantic version, such as `1.0.0`."""
        return self.file.front.version

    @property
    def hash(self) -> str:
        """First eight hexadecimal digits of the SHA-256 of the normalised file."""
        return self.file.digest[:8]

    @property
    def ref(self) -> str:
        """`id@version#hash`, as traces, cassettes and results name it."""
        return f"{self.id}@{self.version}#{self.hash}"

    @property
    def inputs(self) -> Mapping[str, Input]:
        """Declared inputs by name."""
        return self.file.front.inputs

    @property
    def output(self) -> str:
        """`text`, or the name of the schema the answer must have."""
        return self.file.front.output

    @cached_property
    def _template(self) -> Template:
        return ENVIRONMENT.from_string(self.file.user)

    def render(self, inputs: Mapping[str, Any]) -> Rendered:
        """Return the messages for `inputs`.

        Args:
            inputs: A value for every declared input, and nothing else.

        Raises:
            PromptError: Names every missing and every unknown input, or the one whose type is wrong.
        """
        missing = sorted(set(self.inputs) - set(inputs))
        unused = sorted(set(inputs) - set(self.inputs))
        if missing or unused:
            raise PromptError(f"{self.id}@{self.version}: {_mismatch(missing, unused, sorted(self.inputs))}")
        values = {name: self._value(name, inputs[name]) for name in self.inputs}
        try:
            text = self._template.render(values)
        except UndefinedError as error:
            raise PromptError(f"{self.id}@{self.version}: {error.message}") from error
        user = re.sub(r"\n{3,}", "\n\n", text).strip()
        return Rendered(
            (("system", self.file.system), ("user", user)), self.ref, self.output, self.file.front.max_tokens
        )

    def _value(self, name: str, value: Any) -> object:
        declared = self.inputs[name]
        where = f"{self.id}@{self.version}: input {name!r}"
        if declared.type == "lines":
            if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(v, str) for v in value):
                raise PromptError(f"{where} takes a sequence of strings, got {type(value).__name__}")
            return "\n".join(value) if declared.source == "code" else block(name, value)
        if not isinstance(value, str):
            raise PromptError(f"{where} takes a string, got {type(value).__name__}")
        if declared.type == "text":
            return value.strip() if declared.source == "code" else block(name, value)
        if declared.among and value not in declared.among:
            raise PromptError(f"{where} takes one of {', '.join(declared.among)}, got {value!r}")
        if not declared.among and not _WORD.fullmatch(value):
            raise PromptError(f"{where} takes a short word of letters, digits, '-', '_' and '.', got {value!r}")
        return value


def _mismatch(missing: Sequence[str], unused: Sequence[str], declared: Sequence[str]) -> str:
    parts = []
    if missing:
        parts.append(f"missing inputs: {', '.join(missing)}")
    for name in unused:
        near = difflib.get_close_matches(name, declared, n=1)
        parts.append(f"unknown input: {name}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    return "; ".join(parts) + f"; it takes {', '.join(declared)}"
