"""Words that say what a visit is for and how somebody writes, from cues.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from shortlist_prompts.word_files import load_words


def needs_named(text: str) -> list[str]:
    """Return the needs that `text` names, such as `gift`."""
    return [name for name in _cues()["needs"] if _pattern("needs", name).search(text)]


def for_others() -> frozenset[str]:
    """Return the needs of which what is looked at is not the person's own taste."""
    return frozenset(_cues()["others"])


def says(cue: str, text: str) -> bool:
    """Whether `text` has a word of the list `cue`."""
    return _pattern(cue).search(text) is not None


@cache
def _cues() -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_words(files(__package__).joinpath("cues.yaml").read_text("utf-8"))
    return found


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    words: Any = _cues()
    for name in path:
        words = words[name]
    return re.compile(f"{_any(words['en'], whole=True)}|{_any(words['zh'])}", re.IGNORECASE)


def _any(words: Iterable[str], whole: bool = False) -> str:
    listed = "|".join(re.escape(word) for word in words)
    return rf"\b(?:{listed})\b" if whole else f"(?:{listed})"
