"""The lists of words that names are told by, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources

from shortlist_prompts.word_files import load_words


@cache
def word_list(file: str, name: str) -> tuple[str, ...]:
    """Return the list `name` of `file`, in its order."""
    listed = _file(file)[name]
    return tuple(listed.split() if isinstance(listed, str) else listed)


@cache
def word_set(file: str, name: str) -> frozenset[str]:
    """Return the list `name` of `file` as a set."""
    return frozenset(word_list(file, name))


@cache
def characters(file: str, name: str) -> frozenset[str]:
    """Return the characters of the list `name` of `file`."""
    return frozenset("".join(word_list(file, name)))


@cache
def _file(file: str) -> dict[str, str | list[str]]:
    read: dict[str, str | list[str]] = load_words(
        resources.files("shortlist_tools.masking").joinpath(file).read_text("utf-8")
    )
    return read
