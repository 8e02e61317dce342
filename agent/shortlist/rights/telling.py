"""What is known of a person, told in conversation: its sentences, what they rest on, how to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from shortlist_tools.catalog import Requirement, Schema, Snapshot
from shortlist_tools.drafting import describe
from shortlist_tools.profile import Consents, ProfileError, Profiles
from shortlist_tools.profile.rights.consent import KINDS_OF
from shortlist_tools.store import Store
from shortlist_tools.text import join_words

ENDS = ("lowest", "highest")
MOST_SENTENCES = 2
"""Sentences on how somebody chooses and what he or she needs, beside the likes."""
MOST_EXPLAINED, MOST_EVIDENCE = 2, 3


def said(name: str, language: str, **given: object) -> str:
    """Return the sentence `name` of words.yaml in `language`, filled with `given`."""
    found = _words()[name]
    return str(found.get(language) or found["en"]).format(**given)


def known_lines(profiles: Profiles, user: str | None, snapshot: Snapshot, language: str) -> list[str]:
    """Return what is known of `user` in sentences, and how to change it; empty where nothing is kept."""
    from shortlist_tools.profile.page import introduction, page_of

    if user is None:
        return []
    profile, rights = profiles.profile(user), profiles.rights
    consents = rights.consents(user)
    if not any(True for _ in profile.facts()):
        return _kept(profiles.get(user), consents, language)
    page = page_of(profile, snapshot, consents, rights.level(user), language=language)
    rows: Mapping[str, list[str]] = {part.key: [row.text for row in part.rows] for part in page.sections}
    lines = list(introduction(profile, snapshot.schema, consents, language, brief=True))
    own = profile.behaviour
    marked = [fact for fact in (own.price, own.loyalty) if fact is not None and fact.value != "medium"]
    told = [fact.sentence[language] for fact in (*profile.needs, *own.factors, *marked)]
    told = [text[:1].upper() + text[1:] for text in told]
    lines += [text for text in (*told, *rows.get("semantic", ())) if text not in lines][:MOST_SENTENCES]
    lines += [_ended(text, language) for text in rows.get("stated", [])]
    return [*lines, said("tell.rights", language)]


def quoted(remarks: Sequence[str], language: str) -> str:
    """Return remarks as they are told: each between quotation marks."""
    return join_words([f"“{one}”" for one in remarks], language)


def here_lines(
    ledger: Sequence[Requirement], schema: Schema, kept: Sequence[str], remarks: Sequence[str], language: str
) -> list[str]:
    """Return `kept`, what is known of somebody, and what this conversation told and asked for; empty if nothing is."""
    asked = [row for row in ledger if row.status == "active" and row.origin == "stated" and row.op not in ENDS]
    what = list(dict.fromkeys(describe(row, schema, language) for row in asked))
    lines = [said("here.too" if kept else "here", language, what=join_words(what, language))] if what else []
    # What the ledger or the profile tells already is not told twice.
    hard = [row.quote.casefold() for row in asked if row.hard and row.quote]
    also = [one for one in remarks if not any(quote in one.casefold() for quote in hard)]
    also = [one for one in also if not any(one in line for line in kept)]
    lines += [said("here.remarks", language, what=quoted(also, language))] if also else []
    return [*kept[:-1], *lines, *kept[-1:]]


def _kept(stored: Mapping[str, Any], consents: Consents, language: str) -> list[str]:
    """Return what is kept of a person of whom nothing is concluded, and why nothing is; empty where nothing is kept."""
    counts = {name: sum(stored["events"].get(kind, 0) for kind in kinds) for name, kinds in KINDS_OF.items()}
    counts["facts"] = len(stored["facts"])
    parts = [f"{said(f'yours.{name}', language)} ({count})" for name, count in counts.items() if count]
    if not parts:
        return []
    why = "kept.few" if consents.may("personalise") else "kept.unused"
    what = said("kept.here", language, what=join_words(parts, language))
    return [what, said(why, language), said("tell.rights", language)]


def explained(words: str, profiles: Profiles, user: str, snapshot: Snapshot, store: Store, language: str) -> list[str]:
    """Return what the facts that `words` name rest on, those told first where `words` are empty; empty if none are."""
    from shortlist_tools.profile.page import evidence_for, find_facts, page_of

    profile, rights = profiles.profile(user), profiles.rights
    rights.note(user, "read")
    evidence = evidence_for(store, profile)
    page = page_of(profile, snapshot, rights.consents(user), rights.level(user), evidence=evidence, language=language)
    rows = [row for part in page.sections for row in part.rows if row.ref and row.evidence]
    if words:
        try:
            meant = [fact.id for fact in find_facts(profile, words, snapshot.schema)]
        except ProfileError:
            return []
        rows = [row for row in rows if any(name.startswith(row.ref) for name in meant)]
    return [
        said("explain", language, what=row.text, why=join_words(list(row.evidence[:MOST_EVIDENCE]), language))
        for row in rows[:MOST_EXPLAINED]
    ]


def _ended(text: str, language: str) -> str:
    return text + ("。" if language == "zh" else ".")


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return found
