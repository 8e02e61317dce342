"""The gate: what suites score now against their committed results; a real loss fails, noise does not."""

from shortlist_evals.gate.checks import Check, planned
from shortlist_evals.gate.judging import Outcome, judge, run_check
from shortlist_evals.gate.words import lines, render

__all__ = ["Check", "Outcome", "judge", "lines", "planned", "render", "run_check"]
