"""Reads from a message how near to what was shown, or how varied, slates are to be from now on."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from shortlist_prompts.word_files import load_words

LEVELS: dict[str, float | None] = {"plain": None, "surprising": 1.0, "different": 0.75, "alike": 0.0}
"""What each form asks for, on the scale of the setting `surprise`; None takes back what was asked for."""


class Wish(BaseModel):
    """What somebody said of variety.

    Attributes:
        level: From 0, more like what was shown, to 1, surprising; None is as without any wish.
        words: The words that say so, in lower case.
    """

    model_config = ConfigDict(frozen=True)

    level: float | None
    words: str

    def without(self, query: str) -> str:
        """Return the words of `query` that are not part of what was said of variety."""
        return " ".join(word for word in query.split() if word.casefold() not in self.words)


def read_variety(message: str) -> Wish | None:
    """Return what `message` says of variety, None where it says nothing; questions of difference are about items."""
    text = message.casefold().replace("’", "'")
    for name, level in LEVELS.items():
        if found := _form(name).search(text):
            return Wish(level=level, words=found[0])
    return None


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _entries()[name]))


@cache
def _entries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = load_words(files(__package__).joinpath("forms.yaml").read_text("utf-8"))
    return found
