"""How much the words of a question tell: rare ones of the catalog more than common ones."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import log

from shortlist.turn.quoting import question_words, words_of
from shortlist_tools.catalog import Snapshot

MOST = 500
"""So many items tell how common a word is."""


def weights_of_words(wonder: str, snapshot: Snapshot) -> dict[str, float]:
    """Return how much each word of a question tells, by its beginning.

    A pair of Chinese characters that no item has, beside one that some have, is no word but the joint of two.
    """
    common, size = _common(snapshot)
    asked = question_words(wonder)
    known = {word for word in asked if common[word]}
    found = {}
    for word in asked:
        joint = not word.isascii() and word not in known and any(word[0] in one or word[-1] in one for one in known)
        found[word] = 0.0 if joint else log(1.0 + size / (common[word] + 0.5))
    return found


@lru_cache(maxsize=2)
def _common(snapshot: Snapshot) -> tuple[Counter[str], int]:
    rows = range(min(len(snapshot), MOST))
    found = Counter(word for item in snapshot.items(rows) for word in words_of(item, snapshot.schema))
    return found, max(1, len(rows))
