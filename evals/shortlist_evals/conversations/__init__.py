"""Scripted conversations with a real model: recorded once, replayed offline, and held to what was promised."""

from shortlist_evals.conversations.commands import record, replay, stale
from shortlist_evals.conversations.holding import Held, ProviderAbsentError, aside_of, cassette_of, cassettes_dir, hold
from shortlist_evals.conversations.replaying import Verdict, judge
from shortlist_evals.conversations.script import Script, ScriptError, read_script, scripts
from shortlist_evals.conversations.stage import Stage, staged
from shortlist_evals.conversations.suite import measure, render, run

__all__ = [
    "Held",
    "ProviderAbsentError",
    "Script",
    "ScriptError",
    "Stage",
    "Verdict",
    "aside_of",
    "cassette_of",
    "cassettes_dir",
    "hold",
    "judge",
    "measure",
    "read_script",
    "record",
    "render",
    "replay",
    "run",
    "scripts",
    "staged",
    "stale",
]
