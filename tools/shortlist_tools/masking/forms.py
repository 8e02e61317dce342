"""Names in Latin letters that stand as in a form, in a signature or in small letters, where capitals do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortlist_tools.masking.words import word_set
from shortlist_tools.masking.works import WORKS

_LOWER = r"[a-zà-ÿ]{2,20}(?:[-'](?!s\b)[a-zà-ÿ]+)?"
_FORM = (
    r"(?:(?:full|first|last|given|family|middle|contact|card ?holder|recipient|passenger|guest|customer|account|"
    r"billing) ?)?"
    r"(?:sur)?names?|recipient|receiver|attn|attention|contact(?: person)?|consignee|cardholder|passenger|guest|sender|"
    r"addressee|payee|account holder|emergency contact|(?:ship|shipping|deliver|delivery|bill|billing|mail) to"
)
_CLOSE = (
    r"(?=\s*(?:$|[,;/|\n.!)\[]|\d|\+|(?:and|e-?mail|phone|tel|mobile|cell|address|addr|dob|born|ph|zip|"
    r"account|card)\b))"
)
_IN_FORM = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_FORM})\s*[:=]\s*|(?:^|(?<=[,;.\n:|]\s)|(?<=[,;\n:|])|(?<=details ))name\s+)"
    rf"(?P<it>{_LOWER}(?:\s{_LOWER}){{0,2}}?){_CLOSE}",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITALS = re.compile(
    rf"(?<![A-Za-z])(?i:{_FORM}|name on (?:the )?card|printed|engraved?|in the name of)(?:\s*(?i:is|"
    rf"reads)?\s*[:=]?\s*)[\"']?"
    r"(?P<it>[A-ZÀ-Þ]{2,20}(?:[-' ][A-ZÀ-Þ]{1,20}){0,3})(?![A-Za-z\d])"
)
_TITLED = re.compile(
    rf"(?<![A-Za-z])(?:mr|mrs|ms|mx|dr|prof|auntie|grandma|grandpa|granny|nana|sgt|rev|"
    rf"capt)\.?\s(?P<it>{_LOWER})(?![a-z])"
)
_WORD = re.compile(r"(?<![\w'])[a-zA-ZÀ-ÿ]+(?:[-'][a-zA-ZÀ-ÿ]+)?(?![\w])")
_INITIALS = re.compile(
    r"(?:(?<=[,;:|/\n(]\s)|(?<=^)|(?<=\bfor\s)|(?<=\bto\s)|(?<=\bby\s)|(?<=\bis\s)|(?<=\bfrom\s))"
    r"(?P<it>(?:[A-Z]\.\s?){1,3}[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)(?![A-Za-z])"
)


def find_formal_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield names after words of a form, in capitals or small letters, after titles, and first names with surnames."""
    for match in _IN_FORM.finditer(text):
        words = match["it"].lower().split()
        if not ({*words} & never()):
            yield match.span("it")
    for match in _CAPITALS.finditer(text):
        words = match["it"].lower().split()
        if words[0] in firsts() or words[-1] in surnames() or words[-1] in word_set("more.yaml", "syllables"):
            yield match.span("it")
    for match in _TITLED.finditer(text):
        if match["it"] not in never() | word_set("names.yaml", "famous_titled_en") | word_set(
            "names.yaml", "after_lower"
        ):
            yield match.span("it")
    for match in _INITIALS.finditer(text):
        surname = re.sub(r".*\.\s?", "", match["it"]).lower()
        if surname in surnames() and surname not in _AUTHORS:
            yield match.span("it")
    yield from _pairs(text)


_AUTHORS = frozenset(
    [
        "rowling",
        "tolkien",
        "martin",
        "lewis",
        "lawrence",
        "eliot",
        "wells",
        "salinger",
        "james",
        "cummings",
        "yeats",
        "milne",
        "orwell",
    ]
)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield each first name in small letters with a surname after it: "emma johnson"."""
    before: re.Match[str] | None = None
    for match in _WORD.finditer(text):
        if (
            before
            and match.group().islower()
            and before.group().islower()
            and text[before.end() : match.start()] == " "
        ):
            first, last = before.group(), match.group()
            known = first in firsts() and first not in word_set("names.yaml", "words_too") and len(first) > 2
            famous = f"{first} {last}" in word_set("names.yaml", "famous_en")
            thing = WORKS.search(text, match.end(), match.end() + 30) or WORKS.search(
                text, max(0, before.start() - 20), before.start()
            )
            if not thing and known and len(last) > 2 and last in surnames() and last not in never() and not famous:
                yield before.start(), match.end()
        before = match


@cache
def firsts() -> frozenset[str]:
    """Return the first names that are known."""
    return frozenset().union(
        *(word_set(file, "first_names") for file in ("names.yaml", "more.yaml", "people_names.yaml"))
    )


@cache
def surnames() -> frozenset[str]:
    """Return the surnames that are known."""
    return word_set("more.yaml", "surnames") | word_set("people_names.yaml", "surnames")


@cache
def never() -> frozenset[str]:
    """Return the words that are no name even with a capital."""
    return word_set("names.yaml", "never_names") | word_set("more.yaml", "no_names")
