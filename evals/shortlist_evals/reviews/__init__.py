"""Goods found by what only their reviews say: words, meaning and both, with the reviews and without them."""

from shortlist_evals.reviews.suite import render, run

__all__ = ["render", "run"]
