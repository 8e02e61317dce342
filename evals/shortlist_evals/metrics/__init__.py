"""Metrics of ranked lists, and intervals around their means."""

from shortlist_evals.metrics.bootstrap import Interval, mean_interval, paired_interval
from shortlist_evals.metrics.hit import hit
from shortlist_evals.metrics.mrr import reciprocal_rank
from shortlist_evals.metrics.ndcg import judged_ndcg, ndcg, unjudged
from shortlist_evals.metrics.recall import recall
from shortlist_evals.metrics.regret import regret

__all__ = [
    "Interval",
    "hit",
    "judged_ndcg",
    "mean_interval",
    "ndcg",
    "paired_interval",
    "recall",
    "reciprocal_rank",
    "regret",
    "unjudged",
]
