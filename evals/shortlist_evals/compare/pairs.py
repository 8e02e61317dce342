"""From what was written on the command line to the sides that are compared."""

from __future__ import annotations

from pathlib import Path

from shortlist_evals.compare.comparing import IncomparableError, Side, agents, side
from shortlist_evals.results import find_result


def pairs(first: str, second: str) -> list[tuple[Side, Side]]:
    """Return the pairs to compare for two of `RESULT`, `RESULT:AGENT` or paths of results.

    Where an agent is named on one side only, the other takes the same; where none is, every agent that both have is
    compared with itself, or the only agent of one with the only agent of the other.

    Raises:
        ResultError: If a result cannot be read.
        IncomparableError: If it keeps no scores by case, or there is nothing to pair.
    """
    (one, mine), (other, theirs) = _split(first), _split(second)
    before, after = find_result(one), find_result(other)
    if mine or theirs:
        return [(side(_name(one), mine or theirs, before), side(_name(other), theirs or mine, after))]
    ours, others = agents(_name(one), before), agents(_name(other), after)
    if one == other:
        raise IncomparableError(f"{one} is compared with itself; name two of its agents: {', '.join(ours)}")
    names = [(name, name) for name in ours if name in others]
    if not names and len(ours) == len(others) == 1:
        names = [(ours[0], others[0])]
    if not names:
        raise IncomparableError(
            f"{one} and {other} have no agent in common; name two, such as {one}:{ours[0]} {other}:{others[0]}"
        )
    return [(side(_name(one), name, before), side(_name(other), its, after)) for name, its in names]


def _split(written: str) -> tuple[str, str]:
    """Return result and agent; an agent may hold colons itself, and a path that exists is taken whole."""
    if Path(written).is_file():
        return written, ""
    name, _, agent = written.partition(":")
    return name, agent


def _name(written: str) -> str:
    return Path(written).stem if written.endswith(".json") else written
