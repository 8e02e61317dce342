"""The reader suite: how well requirements are read from the user's words."""

from shortlist_evals.reader.cases import Case, load_cases
from shortlist_evals.reader.scoring import Tally, key_of, score
from shortlist_evals.reader.suite import render, run

__all__ = ["Case", "Tally", "key_of", "load_cases", "render", "run", "score"]
