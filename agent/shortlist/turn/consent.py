"""Yes or no: the answer to a confirmation."""

from __future__ import annotations

import re

YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|sure|ok(ay)?|of course|i am|i'm (over|of age|an adult|\d\d)|correct|right|absolutely"
    r"|是的?|对|好的?|可以|当然|没问题|嗯+|成年了?|已成年|已经成年|满了|我?(已经)?(成年|满\s*1[89]|满十八))",
    re.IGNORECASE,
)
NO = re.compile(r"^\W*(no|nope|nah|not|i'm not|i am not|不是|没有|没成年|还没|未成年|不行|不了|否|不)", re.IGNORECASE)


def yes_or_no(message: str) -> bool | None:
    """Return what `message` answers to a question of yes or no, or None where it answers something else."""
    if NO.match(message):
        return False
    return True if YES.match(message) else None
