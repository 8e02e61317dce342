"""Generated shoppers whose tastes are known: how much their profiles tell of them, and whether it is true."""

from shortlist_evals.profiles.suite import render, run

__all__ = ["render", "run"]
