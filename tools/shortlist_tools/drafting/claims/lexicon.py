"""The words of prose that claim, deny or hedge: `lexicon.yaml`, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from shortlist_prompts.word_files import load_words


@cache
def load() -> dict[str, Any]:
    """Return the whole lexicon as plain data."""
    text = files("shortlist_tools.drafting.claims").joinpath("lexicon.yaml").read_text("utf-8")
    data: dict[str, Any] = load_words(text)
    return data


@cache
def pattern(group: str) -> re.Pattern[str]:
    """Return one pattern for all words of `group`, in both languages."""
    words = load()[group]
    return re.compile("|".join(f"(?:{word})" for word in (*_bounded(words["en"]), *words["zh"])))


def _bounded(words: list[str]) -> list[str]:
    return [rf"(?<![a-z])(?:{word})(?![a-z])" if not word.endswith((r"\b", "$", " )")) else word for word in words]
