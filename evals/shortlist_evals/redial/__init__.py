"""Movie dialogues between people: does search with what was said so far find what was recommended next?"""

from shortlist_evals.redial.suite import render, run

__all__ = ["render", "run"]
