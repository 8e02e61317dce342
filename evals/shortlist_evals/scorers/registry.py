"""Which scorers there are, by name and version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shortlist_evals.scorers.asking import asking
from shortlist_evals.scorers.calls import calls
from shortlist_evals.scorers.claims import claims
from shortlist_evals.scorers.contributed import contributed
from shortlist_evals.scorers.cost import cost
from shortlist_evals.scorers.gains import gains
from shortlist_evals.scorers.heard import Heard
from shortlist_evals.scorers.hits import hits
from shortlist_evals.scorers.known import known
from shortlist_evals.scorers.language import language
from shortlist_evals.scorers.latency import latency
from shortlist_evals.scorers.ledger import ledger
from shortlist_evals.scorers.length import length
from shortlist_evals.scorers.loss import loss
from shortlist_evals.scorers.policies import policies
from shortlist_evals.scorers.questions import questions
from shortlist_evals.scorers.reciprocal import reciprocal
from shortlist_evals.scorers.satisfaction import satisfaction
from shortlist_evals.scorers.tokens import tokens
from shortlist_prompts.errors import CallerError


class ScorerError(CallerError):
    """There is no scorer of that name; says which there are."""


@dataclass(frozen=True)
class Scorer:
    """A scorer: from a conversation to values by metric, none where it does not apply.

    Attributes:
        name: Its name.
        score: The function.
        version: Goes up when it counts otherwise: results of different versions do not compare.
        of_items: Whether it needs nothing but the items shown, and so says something of the baselines too.
    """

    name: str
    score: Callable[[Heard], Mapping[str, float]]
    version: int = 1
    of_items: bool = False


SCORERS: Mapping[str, Scorer] = MappingProxyType(
    {
        scorer.name: scorer
        for scorer in (
            Scorer("asked_before_guess", asking),
            Scorer("calls", calls),
            Scorer("claim_support", claims),
            Scorer("contribution", contributed),
            Scorer("cost", cost),
            Scorer("hit", hits, of_items=True),
            Scorer("language_match", language),
            Scorer("latency", latency),
            Scorer("ledger", ledger),
            Scorer("mrr", reciprocal, of_items=True),
            Scorer("ndcg", gains, of_items=True),
            Scorer("policy_violations", policies),
            Scorer("question_usefulness", questions),
            Scorer("regret", loss, of_items=True),
            Scorer("reply_length", length),
            Scorer("requirement_satisfaction", satisfaction, of_items=True),
            Scorer("tokens", tokens),
            Scorer("unknown_items", known),
        )
    }
)


def scorers(names: Iterable[str] = ()) -> list[Scorer]:
    """Return the scorers called `names`, all of them by default, in the order of their names.

    Raises:
        ScorerError: If there is none of a name; names those there are.
    """
    wanted = set(names)
    if unknown := sorted(wanted - set(SCORERS)):
        raise ScorerError(f"no scorer is called {', '.join(unknown)}; there are: {', '.join(SCORERS)}")
    return [scorer for name, scorer in SCORERS.items() if not wanted or name in wanted]


def scores(heard: Heard, names: Iterable[str] = ()) -> dict[str, float]:
    """Return the values of the scorers called `names`, all of them by default; what does not apply is absent.

    Raises:
        ScorerError: If there is none of a name.
    """
    return {metric: value for scorer in scorers(names) for metric, value in scorer.score(heard).items()}


def versions(names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return `name/version` of the scorers called `names`, all of them by default."""
    return tuple(f"{scorer.name}/{scorer.version}" for scorer in scorers(names))
