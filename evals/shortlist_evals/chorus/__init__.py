"""Graded search: how well words, meaning and both order products, in English and in Chinese."""

from shortlist_evals.chorus.catalogs import cache_dir, open_searcher
from shortlist_evals.chorus.suite import recall, render, run

__all__ = ["cache_dir", "open_searcher", "recall", "render", "run"]
