"""Recorded calls of single prompts: every version scored for ever, whatever becomes of the agent around it."""

from shortlist_evals.prompts.asking import record
from shortlist_evals.prompts.calls import Call, Recorded, calls_dir, paths, read_call, unlike, versions
from shortlist_evals.prompts.harvesting import harvest
from shortlist_evals.prompts.scoring import score
from shortlist_evals.prompts.suite import NoCallsError, UnknownVersionError, render, run

__all__ = [
    "Call",
    "NoCallsError",
    "Recorded",
    "UnknownVersionError",
    "calls_dir",
    "harvest",
    "paths",
    "read_call",
    "record",
    "render",
    "run",
    "score",
    "unlike",
    "versions",
]
