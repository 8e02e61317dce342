"""Reply length: how much there is to read."""

from __future__ import annotations

import re

from shortlist_evals.scorers.heard import Heard

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’.,-]\w+)*")


def length(heard: Heard) -> dict[str, float]:
    """Return `reply_words`: the mean number of words of the answers that have any.

    A word is a run of letters and digits ("noise-cancelling", "$1,299.50" are one each); a Chinese character counts as
    a word. No answer with words: no value.
    """
    counts = [len(_WORD.findall(turn.answer.message)) for turn in heard.turns]
    said = [count for count in counts if count]
    return {"reply_words": sum(said) / len(said)} if said else {}
