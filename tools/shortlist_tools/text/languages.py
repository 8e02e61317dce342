"""Which of the two languages somebody writes in."""

from __future__ import annotations

import re
from typing import Literal

from shortlist_tools.text.scripts import simplified

Language = Literal["en", "zh"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_GRAMMAR = re.compile(r"[的了吗呢吧我你您要有是不给和跟比在个想买送找能会还再别没]")
_LOOK_AT = 4_000


def detect_language(text: str) -> Language:
    """Return the language of `text`: `zh` when Chinese carries it, `en` otherwise, also for emoji and nothing at all.

    Chinese sentences often hold English names and English ones seldom hold Chinese words, so one Chinese character
    weighs as much as one English word, and one that carries grammar weighs three.
    """
    start = simplified(text[:_LOOK_AT])
    han = len(_HAN.findall(start))
    if han == 0:
        return "en"
    weight = han + 2 * len(_GRAMMAR.findall(start))
    return "zh" if weight >= len(_LATIN_WORD.findall(start)) else "en"
