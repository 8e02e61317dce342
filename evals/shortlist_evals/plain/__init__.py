"""The plain suite: a tool-calling agent without Shortlist's turn beside Shortlist, over the same tools and model."""

from shortlist_evals.plain.suite import render, run

__all__ = ["render", "run"]
