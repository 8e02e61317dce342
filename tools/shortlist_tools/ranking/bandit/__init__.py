"""Exploration: what to show to learn more, how much of it, and what a new policy would earn."""

from shortlist_tools.ranking.bandit.evaluation import Estimate, snips
from shortlist_tools.ranking.bandit.exploring import Budget, choose, explore, features

__all__ = ["Budget", "Estimate", "choose", "explore", "features", "snips"]
