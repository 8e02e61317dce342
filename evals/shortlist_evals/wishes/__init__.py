"""Implicit wishes ("something for a rainy weekend with my parents"): how often the first slate answers them."""

from shortlist_evals.wishes.suite import render, run

__all__ = ["render", "run"]
