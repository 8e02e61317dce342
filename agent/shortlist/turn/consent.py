"""Yes or no: the answer to a confirmation, an age included."""

from __future__ import annotations

import re

from shortlist_tools.text import find_numbers, find_quantities

YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|of course|absolutely|i am (of age|an adult|over)|i'm (over|of age|an adult)"
    r"|是的?(?!否)|当然|我?(已经|已)?成年了?|(已经)?满了)",
    re.IGNORECASE,
)
ASSENT = re.compile(r"^\W*(sure|right|correct|i am|对|没问题|嗯+)\W*(thanks?|please|谢谢)?\W*$", re.IGNORECASE)
"""Words that agree to a question only where nothing follows them: "sure, something cheaper then" answers nothing."""
WEAK = re.compile(r"^\W*(ok(ay)?|fine|好的?|可以)\W*(thanks?|please|谢谢)?\W*$", re.IGNORECASE)
"""Words that go on as much as they agree: enough for anything but somebody's age."""
NO = re.compile(
    r"^\W*(no|nope|nah|not|i'm not|i am not|不是|不行|不了|否|不)|没有?(成年|满|到)|未成年|未满|还没", re.IGNORECASE
)
AGE = re.compile(r"\b(i'm|i am|im|aged?|years?|over|under|turn(ed|ing)?|we're|we are)\b|岁|满|今年", re.IGNORECASE)
OWN_AGE = re.compile(
    r"^(?:[\W嗯哦啊好]|我们?(?:俩|两个)?|都|已经|早就|快|刚|是|yes|yeah|yep|sure|well|just|about|over)*\s*$",
    re.IGNORECASE,
)
"""What may stand before a bare figure that is an age: "我二十九了", "yes, 34"."""
AFTER_AGE = re.compile(r"^[多好几]*\s*(?:岁|了|啦|呀|啊|的人|already|now|$|[.,!?，。！？、])", re.IGNORECASE)
DECADE = re.compile(
    r"\bin (?:my|our) (?:(?:early|mid|late)[- ])?(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b", re.IGNORECASE
)
DECADES = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")


def yes_or_no(message: str, age: float | None = None) -> bool | None:
    """Return what `message` answers to a question of yes or no, or None where it answers something else.

    Args:
        message: The user's words.
        age: The least age in years, where that is what was asked: "I'm 16" is then a no.
    """
    if NO.search(message):
        return False
    said = said_age(message) if age is not None else None
    if said is not None and age is not None:
        return said[0] >= age
    agreed = YES.match(message) or ASSENT.match(message) or (age is None and WEAK.match(message))
    return True if agreed else None


def said_age(message: str) -> tuple[float, str] | None:
    """Return the age that an answer to the question for it gives, at least, and its words; None where it gives none."""
    if decade := DECADE.search(message):
        return 20.0 + 10.0 * DECADES.index(decade.group(1).lower()), decade.group()
    measured = [one for one in find_quantities(message) if one.dimension not in (None, "age", "time", "count")]
    numbers = [one for one in find_numbers(message) if not any(q.start <= one.start < q.end for q in measured)]
    if not numbers:
        return None
    first = numbers[0]
    bare = OWN_AGE.match(message[: first.start]) and AFTER_AGE.match(message[first.end :])
    return (first.low, first.text) if bare or AGE.search(message) else None
