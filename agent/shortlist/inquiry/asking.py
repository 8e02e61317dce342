"""Reads how a message speaks of what was shown: asking of it, taking it, or holding it against another."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from shortlist_prompts.word_files import load_words

Form = Literal[
    "points", "whole", "how_to", "holds_against", "named", "variants", "others_too", "alike", "free", "costs", "more",
    "general", "nearest", "back_first", "back_last",
]  # fmt: skip
LONG = 90
"""A longer message says more than it asks."""
_COUNTED = re.compile(
    r"\b(?:the|your|that|this)\s+(first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th)\b"
    r"(?!\s+(?:time|day|week|month|year|thing|place|two|three|few))"
    r"|第([一二三四五六七八1-8])(?=[个款双副台件盏瓶本篇门]|的|和|呢|跟|比|[,，。?？]|$)"
)
_ENDS = re.compile(r"[.!?。！？;；,，]+(?=\s|$|[\u4e00-\u9fff])")
_NUMBERS = {
    **{word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), start=1)},
    **{word: at for at, word in enumerate(("1st", "2nd", "3rd", "4th", "5th", "6th"), start=1)},
    **{word: at for at, word in enumerate("一二三四五六七八", start=1)},
    **{str(at): at for at in range(1, 9)},
}


def says(form: Form, message: str) -> bool:
    """Return whether `message` has words of `form`."""
    return _joined(form).search(_plain(message)) is not None


def asks_of_shown(message: str) -> bool:
    """Return whether `message` asks something of items on the table, and does not ask for items."""
    text = _plain(message)
    if len(text) > LONG or not _joined("asks").search(text):
        return False
    return not _joined("seeks").search(text)


def takes_one(message: str) -> bool:
    """Return whether `message` says nothing but that one of the items is taken: "the first one then", 就这个."""
    return points_at_one(message) and _joined("took").search(_plain(message)) is not None


def takes_first(message: str) -> bool:
    """Return whether `message` takes an item and goes on with something else: "I'll take it. What about sunscreen?"."""
    first, *rest = [part for part in _ENDS.split(message) if part.strip()] or [""]
    return bool(rest) and takes_one(first)


def points_at_one(message: str) -> bool:
    """Return whether `message` says nothing but which item it is: "the second one", 第二个."""
    return _joined("takes").search(_plain(message)) is not None


def counted(message: str) -> frozenset[int]:
    """Return the places of the items that `message` counts: "the third", 第三个."""
    return frozenset(_NUMBERS[match[1] or match[2]] for match in _COUNTED.finditer(_plain(message)))


def _plain(message: str) -> str:
    return message.casefold().replace("’", "'").strip()


@cache
def _joined(name: str) -> re.Pattern[str]:
    found: dict[str, list[str]] = load_words(files(__package__).joinpath("questions.yaml").read_text("utf-8"))
    # A group that repeats what it caught keeps its number only where it is alone.
    return re.compile("|".join(_alone(one, place) for place, one in enumerate(found[name])))


def _alone(pattern: str, place: int) -> str:
    return "(?:" + pattern.replace("(.)", f"(?P<same{place}>.)").replace(r"\1", f"(?P=same{place})") + ")"


def without_form(form: Form, message: str) -> str:
    """Return `message` without the words of `form`."""
    return _joined(form).sub(" ", _plain(message)).strip()
