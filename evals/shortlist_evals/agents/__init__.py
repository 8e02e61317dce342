"""Agents that suites talk to: Shortlist, with or without a model, and those it is compared with."""

from shortlist_evals.agents.base import Agent, Answer, Chat, Person
from shortlist_evals.agents.baselines import Baseline, Ranking, baselines, by_meaning, by_popularity, by_words
from shortlist_evals.agents.ours import Ours, answer_of

__all__ = [
    "Agent",
    "Answer",
    "Baseline",
    "Chat",
    "Ours",
    "Person",
    "Ranking",
    "answer_of",
    "baselines",
    "by_meaning",
    "by_popularity",
    "by_words",
]
