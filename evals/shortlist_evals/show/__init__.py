"""One conversation of a run as people read it: in the terminal, and as the report's viewer takes it."""

from shortlist_evals.show.finding import CaseMissingError, find, suites_with_transcripts
from shortlist_evals.show.terminal import render
from shortlist_evals.show.views import TurnView, view

__all__ = ["CaseMissingError", "TurnView", "find", "render", "suites_with_transcripts", "view"]
