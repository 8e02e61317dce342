"""From candidates to an order: additive signals, so that an item's reasons are the terms of its score."""

from shortlist_tools.ranking.rank import Ranked, Term, Weights, rank
from shortlist_tools.ranking.signals import standing

__all__ = ["Ranked", "Term", "Weights", "rank", "standing"]
