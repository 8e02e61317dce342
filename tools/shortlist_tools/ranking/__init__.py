"""From candidates to an order: additive signals, so that an item's reasons are the terms of its score."""

from shortlist_tools.ranking.rank import Moved, Ranked, Term, rank
from shortlist_tools.ranking.signals import SIGNALS, standing
from shortlist_tools.ranking.weights import Person, Weights

__all__ = ["SIGNALS", "Moved", "Person", "Ranked", "Term", "Weights", "rank", "standing"]
