"""Yes or no: the answer to a confirmation, an age included."""

from __future__ import annotations

import re

from shortlist_tools.text import find_numbers

YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|of course|absolutely|i am (of age|an adult|over)|i'm (over|of age|an adult)"
    r"|是的?(?!否)|当然|我?(已经|已)?成年了?|(已经)?满了)",
    re.IGNORECASE,
)
ASSENT = re.compile(
    r"^\W*(sure|ok(ay)?|right|correct|i am|fine|好的?|可以|对|没问题|嗯+)\W*(thanks?|please|谢谢)?\W*$", re.IGNORECASE
)
"""Words that agree to a question only where nothing follows them: "ok, something cheaper then" answers nothing."""
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
    return True if YES.match(message) or ASSENT.match(message) else None
