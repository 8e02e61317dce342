"""Weights that are learned: from logged slates, for everybody."""

from shortlist_tools.ranking.fusion.model import FusionModel, asked_first
from shortlist_tools.ranking.fusion.training import Log, looks, table, train

__all__ = ["FusionModel", "Log", "asked_first", "looks", "table", "train"]
