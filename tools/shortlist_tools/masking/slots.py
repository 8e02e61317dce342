"""How much the words around a place in a sentence say that a person's name stands there."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from shortlist_prompts.word_files import load_words
from shortlist_tools.masking.words import word_set
from shortlist_tools.masking.works import WORKS, WORKS_AFTER

_NEAR = 64
_TAIL = r"[\s:,=\"'(*-]{0,4}$"
_CHINESE_TAIL = r"(?:叫|是|写|为)?[\s:\"]*$"
SURE = 3.0
"""The weight from which words around a name announce it, so that talk of works or things does not unsay it."""
TOLD = 2.0
_A_THING, _A_WORK, _A_TITLE, _A_MODEL, _A_SHOP = 2.0, 3.0, 4.0, 1.0, 0.5
_NOT_BEFORE = re.compile(
    r"(?:\b(?:a|an|the|any|some|new|newest|latest|old|vintage|this|that|these|those|like|by|than|vs|versus|"
    r"of|wear|wearing|play|watch|watching|read|reading|listen(?:ing)? to|about|starring|featuring|feat|directed by|"
    r"more|other|all|original|authentic|real|fake|cheaper|near|in|at|around|stock|carry|sell|brand|try|use|using|"
    r"between|prefer|own|on)|[A-Za-z][a-z]+(?<!it)(?<!hat)(?<!here)(?<!he)(?<!who)(?<!ame)[’']s)\s+[\"']?$"
)
_ASKED = re.compile(
    r"\b(?:can|could|will|would|should|may|let|have|does|did|do|has|had|when|if|because)\s$", re.IGNORECASE
)
_MODEL = re.compile(r"\s?(?:\d|[IVX]{2,}\b|[A-Z]+\d)")
_SHOP = re.compile(r"'s(?!\w)")
_TITLE = re.compile(r"(?:'s)?(?:\s[\w'&:-]{1,14}){0,6}\s?\((?:19|20)\d\d\)")
YEAR = re.compile(r"\((?:19|20)\d\d\)")
_NOUN = re.compile(r"(?:'s)?[\s-](?![a-z]+(?:ing|ly)\b)([a-z]+)")


def before(text: str, start: int) -> float:
    """Return how much the words before `start` say that a person's name begins there: 0 to 4."""
    window = text[max(0, start - _NEAR) : start]
    return max(_weigh("before", window), _weigh("before_in_chinese", window))


def after(text: str, end: int) -> float:
    """Return how much the words after `end` say that a person's name ends there: 0 to 2."""
    return max(_weigh("after", text, end), _weigh("after_in_chinese", text, end))


def against(text: str, start: int, end: int, told: float, follows: float) -> float:
    """Return how much speaks for a thing or a work of that name: an article, a noun after it, a year, talk of films.

    Args:
        text: The text.
        start: Where the name begins.
        end: Where it ends.
        told: What `before` says.
        follows: What `after` says.
    """
    if _TITLE.match(text, end):
        return _A_TITLE
    if told >= SURE:
        return 0.0
    lead, rest = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    value = 0.0
    if WORKS_AFTER.match(rest):
        value += _A_TITLE
    if told < TOLD and _NOT_BEFORE.search(lead):
        value += _A_THING
    if _MODEL.match(rest) and follows < 1:
        value += _A_MODEL
    if follows >= TOLD:
        return value
    if _SHOP.match(rest):
        value += _A_SHOP
    noun = None if _ASKED.search(lead) or _SHOP.match(rest) else _NOUN.match(rest)
    if noun and follows < 1 and told < TOLD and noun[1] not in word_set("names.yaml", "after_bare"):
        value += _A_THING
    clause = re.split(r"[.!?;\n]", lead)[-1] + " " + re.split(r"[.!?;\n]", rest)[0]
    if told < TOLD and (WORKS.search(clause) or YEAR.search(lead) or YEAR.search(rest)):
        value += _A_WORK
    return value


def _weigh(side: str, text: str, at: int | None = None) -> float:
    for weight, pattern in _slots()[side]:
        if pattern.search(text) if at is None else pattern.match(text, at):
            return weight
    return 0.0


@cache
def _slots() -> dict[str, list[tuple[float, re.Pattern[str]]]]:
    read: dict[str, list[dict[str, Any]]] = load_words(
        resources.files("shortlist_tools.masking").joinpath("people.yaml").read_text("utf-8")
    )
    made = {}
    for side, rows in read.items():
        made[side] = [(float(row["weight"]), _pattern(side, row["words"])) for row in rows]
    return made


def _pattern(side: str, words: str) -> re.Pattern[str]:
    if side.endswith("chinese"):
        return re.compile(f"(?:{words}){_CHINESE_TAIL}" if side.startswith("before") else rf"\s?(?:{words})")
    pieces = "|".join(piece.strip() for piece in words.split(" | "))
    if side == "before":
        return re.compile(rf"(?<![A-Za-zÀ-ÿ'])(?:{pieces}){_TAIL}", re.IGNORECASE)
    return re.compile(f"(?:{pieces})", re.IGNORECASE)
