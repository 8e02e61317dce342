"""Question usefulness: how many of the candidates the answer to a question removes."""

from __future__ import annotations

from itertools import pairwise

from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.satisfying import clauses, unmet
from shortlist_evals.scorers.heard import Heard
from shortlist_tools.catalog import Requirement


def questions(heard: Heard) -> dict[str, float]:
    """Return `questions` asked, and `question_usefulness`: the mean share of candidates that an answer removes.

    Candidates are the items that meet everything in force when the question is asked. Its answer is what the next
    message adds about the fields asked about, hard rows only:

        usefulness = 1 - candidates that meet the answer too / candidates

    A question that the next message leaves unanswered, or is the last thing said, is not counted; an answer that
    removes nothing counts 0. Needs an agent with a ledger. Nothing answered: no `question_usefulness`.
    """
    shares = []
    for place, (asked, answered) in enumerate(pairwise(heard.moments)):
        fields = heard.turns[place].answer.asked
        known = {row.id for row in asked.reply.ledger}
        added = [row for row in answered.reply.ledger if row.id not in known and row.field in fields]
        if added and asked.fitting and heard.turns[place].session == heard.turns[place + 1].session:
            shares.append(_removed(asked, added))
    values = {"questions": float(sum(bool(turn.answer.asked) for turn in heard.turns))}
    return values | ({"question_usefulness": sum(shares) / len(shares)} if shares else {})


def _removed(asked: Moment, added: list[Requirement]) -> float:
    wanted = clauses(added)
    left = sum(not unmet(item, wanted, asked.world.schema) for item in asked.fitting)
    return 1 - left / len(asked.fitting)
