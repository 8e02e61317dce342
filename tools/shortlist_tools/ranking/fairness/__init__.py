"""Fairness: what groups of items are shown, how well groups of people are served, and a bound that is kept."""

from shortlist_tools.ranking.fairness.exposure import Target, attention, exposure, fairer, gaps, members
from shortlist_tools.ranking.fairness.report import Exposed, Served, exposures, served

__all__ = ["Exposed", "Served", "Target", "attention", "exposure", "exposures", "fairer", "gaps", "members", "served"]
