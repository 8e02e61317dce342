"""Graded search: how well words, meaning and both order products, in English and in Chinese."""

from shortlist_evals.chorus.catalogs import open_searcher
from shortlist_evals.chorus.suite import recall, render, run

__all__ = ["open_searcher", "recall", "render", "run"]
