"""Finds the transcripts of a case among those of the last runs."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from shortlist_evals.suites import SUITES, suite
from shortlist_evals.transcripts import Transcript, read_transcripts, transcripts_path
from shortlist_prompts.errors import CallerError


class CaseMissingError(CallerError):
    """No transcript of a case is kept; says which are like it, or how to make some."""


def suites_with_transcripts() -> list[str]:
    """Return the suites whose last run here left transcripts."""
    return [name for name in SUITES if transcripts_path(name).exists()]


def find(case: str, suites: Sequence[str] = (), agent: str | None = None, trial: int | None = None) -> list[Transcript]:
    """Return the transcripts of `case`, in the order of suites, agents and trials.

    Args:
        case: Its id.
        suites: Only of these suites.
        agent: Only with this agent.
        trial: Only this trial.

    Raises:
        SuiteError: If there is no such suite.
        CaseMissingError: If none is kept.
    """
    for name in suites:
        suite(name)
    looked = [name for name in suites_with_transcripts() if not suites or name in suites]
    if not looked:
        made = " ".join(suites) or "wishes"
        raise CaseMissingError(
            f"no conversations of {' or '.join(suites) or 'any suite'} are kept here; "
            f"`python -m shortlist_evals run {made}` makes some"
        )
    every = [one for name in looked for one in read_transcripts(name)]
    found = [one for one in every if one.case == case]
    if not found:
        like = get_close_matches(case, sorted({one.case for one in every}), n=5, cutoff=0.4)
        hint = (
            f"like it are: {', '.join(like)}" if like else f"there is, for instance, {every[0].case}" if every else ""
        )
        raise CaseMissingError(f"no case {case!r} in the last runs of {', '.join(looked)}; {hint}".rstrip("; "))
    kept = [one for one in found if agent in (None, one.agent) and trial in (None, one.trial)]
    if not kept:
        agents, trials = sorted({one.agent for one in found}), sorted({one.trial for one in found})
        raise CaseMissingError(
            f"case {case!r} was run with {', '.join(agents)}, trials {', '.join(map(str, trials))}; "
            f"not with {agent or 'any'}, trial {trial if trial is not None else 'any'}"
        )
    return sorted(kept, key=lambda one: (one.suite, one.agent, one.trial))
