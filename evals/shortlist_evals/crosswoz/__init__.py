"""Chinese dialogues with annotated requirements, the human wizard's replies standing as what was said and shown."""

from shortlist_evals.crosswoz.suite import render, run

__all__ = ["render", "run"]
