"""What people rate next: collaborative models on MovieLens, each user's last five ratings held out."""

from shortlist_evals.movielens.suite import render, run

__all__ = ["render", "run"]
