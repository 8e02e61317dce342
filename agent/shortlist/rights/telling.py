"""What is known of a person, told in conversation: sentences of the profile page, and how to change it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Profiles

MOST_SENTENCES = 4
"""Sentences beside the introduction."""


def said(name: str, language: str, **given: object) -> str:
    """Return the sentence `name` of words.yaml in `language`, filled with `given`."""
    found = _words()[name]
    return str(found.get(language) or found["en"]).format(**given)


def known_lines(profiles: Profiles, user: str | None, snapshot: Snapshot, language: str) -> list[str]:
    """Return what is known of `user` in sentences, and how to change it; empty where nothing deep is known."""
    from shortlist_tools.profile.page import introduction, page_of

    if user is None:
        return []
    profile, rights = profiles.profile(user), profiles.rights
    if not any(True for _ in profile.facts()):
        return []
    consents = rights.consents(user)
    page = page_of(profile, snapshot, consents, rights.level(user), language=language)
    rows: Mapping[str, list[str]] = {part.key: [row.text for row in part.rows] for part in page.sections}
    lines = list(introduction(profile, snapshot.schema, consents, language))
    told = [text for key in ("shopping", "needs", "drift", "semantic") for text in rows.get(key, [])]
    lines += [text for text in told if text not in lines][:MOST_SENTENCES]
    lines += [_ended(text, language) for text in rows.get("stated", [])]
    return [*lines, said("tell.rights", language)]


def _ended(text: str, language: str) -> str:
    return text + ("。" if language == "zh" else ".")


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return found
