"""Yes or no: the answer to a confirmation, an age included."""

from __future__ import annotations

import re

from shortlist_tools.text import find_numbers

YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|sure|ok(ay)?|of course|i am\b(?! not)|i'm (over|of age|an adult)|correct|right|absolutely"
    r"|是的?|对|好的?|可以|当然|没问题|嗯+|我?(已经|已)?成年了?|(已经)?满了)",
    re.IGNORECASE,
)
NO = re.compile(
    r"^\W*(no|nope|nah|not|i'm not|i am not|不是|不行|不了|否|不)|没有?(成年|满|到)|未成年|未满|还没", re.IGNORECASE
)
AGE = re.compile(r"\b(i'm|i am|aged?|years?|over|under)\b|岁|满|今年", re.IGNORECASE)


def yes_or_no(message: str, age: float | None = None) -> bool | None:
    """Return what `message` answers to a question of yes or no, or None where it answers something else.

    Args:
        message: The user's words.
        age: The least age in years, where that is what was asked: "I'm 16" is then a no.
    """
    if NO.search(message):
        return False
    numbers = find_numbers(message) if age is not None and AGE.search(message) else []
    if numbers and age is not None:
        return numbers[0].low >= age
    return True if YES.match(message) else None
