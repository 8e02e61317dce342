"""The regular expressions of forms.yaml, compiled when first used."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from shortlist_prompts.word_files import load_words


@cache
def form(name: str) -> re.Pattern[str]:
    """Return the pattern of the entry `name`."""
    return re.compile(_alternatives(name))


def _alternatives(name: str) -> str:
    # `(?P<verb>` names a group and is no reference: a reference stands outside of one.
    parts = [re.sub(r"(?<!\?P)<([a-z_]+)>", lambda found: _alternatives(found[1]), one) for one in _entries()[name]]
    return f"(?:{'|'.join(parts)})"


@cache
def _entries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = load_words(files(__package__).joinpath("forms.yaml").read_text("utf-8"))
    return found
