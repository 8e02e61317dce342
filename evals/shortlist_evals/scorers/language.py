"""Language match: whether answers are in the language that was asked in."""

from __future__ import annotations

from shortlist_evals.invariants.prose import language as language_faults
from shortlist_evals.scorers.heard import Heard


def language(heard: Heard) -> dict[str, float]:
    """Return `language_match`: answers in the labelled language / answers with words and a labelled language.

    Titles, quotes of the user, and values that a language has no word for may stand in another. No such answer: no
    value.
    """
    judged = [moment for moment in heard.moments if moment.said.language and moment.reply.message.strip()]
    right = sum(not list(language_faults(moment)) for moment in judged)
    return {"language_match": right / len(judged)} if judged else {}
