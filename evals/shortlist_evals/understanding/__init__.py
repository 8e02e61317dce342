"""Content understanding: how well opinions are read, against labelled sentences, labelled reviews and stars."""

from shortlist_evals.understanding.suite import render, run

__all__ = ["render", "run"]
