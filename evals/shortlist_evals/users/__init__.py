"""Scripted users: deterministic people with typed goals, a patience, and many ways to say a thing."""

from shortlist_evals.users.goals import Goal, GoalError, Predicate, Reveal, broken
from shortlist_evals.users.scripted import ScriptedUser, Utterance
from shortlist_evals.users.wording import PhraseError, Pools, Voice, read_pools

__all__ = [
    "Goal",
    "GoalError",
    "PhraseError",
    "Pools",
    "Predicate",
    "Reveal",
    "ScriptedUser",
    "Utterance",
    "Voice",
    "broken",
    "read_pools",
]
