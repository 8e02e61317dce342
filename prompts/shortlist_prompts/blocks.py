"""Data blocks: how words of users, catalogs and profiles enter a prompt without becoming part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Source = Literal["user", "catalog", "profile", "code"]
"""Who wrote an input. Everything but `code` is data: it is fenced, and never an instruction."""

_OPENERS = "<＜﹤〈⟨❮〈‹«"
_GAP = r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*"
_MARKER = re.compile(rf"[{_OPENERS}](?={_GAP}(?:[/／!！|｜?]|[^\W\d]))")
_CHAT_TOKEN = re.compile(r"\[(?=/?(?:INST|SYS|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS)\b)", re.IGNORECASE)
_SAFE = {"\n", "\t"}


@dataclass(frozen=True)
class Block:
    """Data between two markers that it cannot write itself; empty data renders as nothing and is false.

    Attributes:
        name: Name of the input, which is the name of its markers.
        text: The data, already neutralised.
    """

    name: str
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return f"<{self.name}>\n{self.text}\n</{self.name}>" if self.text else ""


def neutralise(text: str) -> str:
    """Return `text` without control characters and with everything that looks like a marker made harmless.

    An opening bracket (also a full-width or mathematical one) that a slash, a letter or a bar follows, invisible
    characters aside, becomes `‹`, a bracket that no marker and no chat template uses; so do the brackets of
    `[INST]`-like chat tokens. Comparisons such as `price < 100` stay as they are.
    """
    kept = "".join(char for char in text if char in _SAFE or unicodedata.category(char) not in {"Cc", "Cs"})
    return _CHAT_TOKEN.sub("(", _MARKER.sub("‹", kept))


def block(name: str, value: str | Iterable[str]) -> Block:
    """Return `value` as the data block `name`; the lines of an iterable are kept to one line each."""
    if isinstance(value, str):
        return Block(name, neutralise(value).strip())
    return Block(name, "\n".join(" ".join(neutralise(line).split()) for line in value))
