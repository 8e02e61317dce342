"""The forms of a name, and whether a text has one of them."""

from __future__ import annotations

import re

from .forms import plural, singular


def said_in(text: str | dict[str, str]) -> list[str]:
    """Return a text in each language it is given in."""
    return list(text.values()) if isinstance(text, dict) else [text]


def has_form(text: str, form: str) -> bool:
    """Say whether a folded text has a form, as whole words where it is English."""
    if not form.isascii():
        return form in text
    return form in text and re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", text) is not None


def forms_of(name: str) -> set[str]:
    """Return a folded name in the singular and the plural; a Chinese one as it is."""
    if not name.isascii():
        return {name}
    head, space, last = name.rpartition(" ")
    one = singular(last) or last
    return {head + space + one, head + space + plural(one), name}
