"""What a call cost, from what the provider reports or, where it reports nothing, from a count of characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_PER_MESSAGE = 4


@dataclass(frozen=True)
class Usage:
    """Tokens of one call; `cached` is the part of `prompt` that the server had ready."""

    prompt: int
    completion: int
    cached: int = 0


def reported(metadata: Mapping[str, Any] | None) -> Usage | None:
    """Return the usage in LangChain's `usage_metadata`, or None where the provider reported none."""
    if not metadata or not metadata.get("input_tokens"):
        return None
    cached = (metadata.get("input_token_details") or {}).get("cache_read") or 0
    return Usage(int(metadata["input_tokens"]), int(metadata.get("output_tokens") or 0), int(cached))


def reported_by_error(error: Exception) -> Usage | None:
    """Return the usage of the completion that the OpenAI client attaches to some errors, or None."""
    usage = getattr(getattr(error, "completion", None), "usage", None)
    if usage is None:
        return None
    return Usage(int(usage.prompt_tokens or 0), int(usage.completion_tokens or 0))


def approximate(text: str) -> int:
    """Return about how many tokens `text` takes: a quarter of its ASCII characters and 0.8 of the others."""
    plain = sum(char.isascii() for char in text)
    return round(plain / 4 + (len(text) - plain) * 0.8)


def approximate_prompt(messages: Iterable[tuple[str, str]]) -> int:
    """Return about how many tokens the `(role, text)` pairs of a prompt take."""
    return sum(approximate(text) + _PER_MESSAGE for _, text in messages)
