"""Scorers of whole conversations: one small file each, from what was heard and labelled to values by metric."""

from shortlist_evals.scorers.heard import Heard, Turn
from shortlist_evals.scorers.labels import Entry, Labels
from shortlist_evals.scorers.price import Price
from shortlist_evals.scorers.registry import SCORERS, Scorer, ScorerError, scorers, scores, versions

__all__ = [
    "SCORERS",
    "Entry",
    "Heard",
    "Labels",
    "Price",
    "Scorer",
    "ScorerError",
    "Turn",
    "scorers",
    "scores",
    "versions",
]
