"""What speaks for an item: one array over the candidates for each signal."""

from shortlist_tools.ranking.signals.arrays import Rows, Scores, gathered, scaled, sums_over
from shortlist_tools.ranking.signals.holding import Holding
from shortlist_tools.ranking.signals.items import freshness, price_places, standing
from shortlist_tools.ranking.signals.measure import GIVEN, SIGNALS, Request, measure
from shortlist_tools.ranking.signals.persons import affinity, liked_values, novelty, price_fit
from shortlist_tools.ranking.signals.requests import request_match, slack, superlatives, wishes

__all__ = [
    "GIVEN",
    "SIGNALS",
    "Holding",
    "Request",
    "Rows",
    "Scores",
    "affinity",
    "freshness",
    "gathered",
    "liked_values",
    "measure",
    "novelty",
    "price_fit",
    "price_places",
    "request_match",
    "scaled",
    "slack",
    "standing",
    "sums_over",
    "superlatives",
    "wishes",
]
