"""The masking suite: how much of the personal data in free text is masked, and how little else."""

from shortlist_evals.masking.cases import Case, Label, load_cases
from shortlist_evals.masking.scoring import Tally, score
from shortlist_evals.masking.suite import render, run

__all__ = ["Case", "Label", "Tally", "load_cases", "render", "run", "score"]
