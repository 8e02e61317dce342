"""What small talk is about: a greeting, thanks, a goodbye, or anything else."""

from __future__ import annotations

import re

TOPICS = {
    "thanks": re.compile(r"\b(thanks?|thank you|thx|cheers|appreciate)\b|谢谢|多谢|感谢|谢啦|辛苦", re.IGNORECASE),
    "bye": re.compile(r"\b(bye|goodbye|see you|good night|that's all|that is all)\b|再见|拜拜|回头见|晚安|先这样", re.IGNORECASE),
    "hello": re.compile(r"^\W*(hi|hello|hey|good (morning|afternoon|evening))\b|你好|您好|在吗|早上好|晚上好|哈[喽啰]", re.IGNORECASE),
}


def small_talk(message: str) -> str:
    """Return `thanks`, `bye`, `hello`, `empty` or `chat`."""
    if not any(mark.isalnum() for mark in message):
        return "empty"
    return next((topic for topic, pattern in TOPICS.items() if pattern.search(message)), "chat")
