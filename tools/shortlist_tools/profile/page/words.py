"""The words of the profile page in English and Chinese, from words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shortlist_prompts.word_files import load_words


def word(name: str, language: str, **given: object) -> str:
    """Return the text `name` in `language` (English where there is no other), filled with `given`."""
    found = _words()[name]
    return str(found.get(language) or found["en"]).format(**given)


def has_word(sort: str, name: str) -> bool:
    """Return whether the page has a word for `name` of a sort."""
    return f"{sort}.{name}" in _words()


def known(sort: str, name: str, language: str) -> str:
    """Return what to call `name` of a sort the page has words for, such as a fact of our own; else in plain words."""
    return word(f"{sort}.{name}", language) if has_word(sort, name) else name.replace("_", " ")


def percent(share: float) -> str:
    """Return a share of 0 to 1 in percent, small ones as less than one."""
    return "<1%" if 0 < share < 0.01 else f"{100 * share:.0f}%"


def sureness(confidence: float, origin: str, language: str) -> str:
    """Return how sure a fact is, in words."""
    if origin == "stated":
        return word("sure.said", language)
    name = "very" if confidence >= 0.95 else "fairly" if confidence >= 0.8 else "guess" if confidence >= 0.6 else "weak"
    return word(f"sure.{name}", language)


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = load_words(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return found
