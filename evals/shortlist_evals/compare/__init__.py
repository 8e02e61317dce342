"""Comparing two runs, or two agents of one: paired by case, with intervals, and said in a plain sentence."""

from shortlist_evals.compare.comparing import Comparison, Difference, IncomparableError, Side, compare, ours, side
from shortlist_evals.compare.directions import direction
from shortlist_evals.compare.pairs import pairs
from shortlist_evals.compare.words import figure, headline, render, sentence, spread, verdict

__all__ = [
    "Comparison",
    "Difference",
    "IncomparableError",
    "Side",
    "compare",
    "direction",
    "figure",
    "headline",
    "ours",
    "pairs",
    "render",
    "sentence",
    "side",
    "spread",
    "verdict",
]
