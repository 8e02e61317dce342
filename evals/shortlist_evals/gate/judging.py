"""Runs one check and says whether anything was really lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shortlist_evals.compare import Comparison, IncomparableError, compare, ours, side
from shortlist_evals.gate.checks import Check
from shortlist_evals.results import envelope, read_result
from shortlist_evals.suites import suite
from shortlist_prompts.errors import ShortlistError

State = Literal["held", "lost", "failed", "skipped", "no baseline"]


@dataclass(frozen=True)
class Outcome:
    """What became of a check.

    Attributes:
        check: The check.
        state: `held`; `lost` (a real loss), `failed` (the suite's own demands) and `no baseline` fail the gate;
            `skipped` does not.
        reasons: Why, each in a sentence.
        comparisons: Agent by agent, against the baseline.
        result: What was measured, as a result is kept.
        seconds: What the run took.
    """

    check: Check
    state: State
    reasons: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    result: Mapping[str, Any] | None = None
    seconds: float = 0.0

    @property
    def fails(self) -> bool:
        """Return whether it fails the gate."""
        return self.state not in ("held", "skipped")


def run_check(check: Check, progress: Callable[[int, int], None] = lambda done, total: None) -> Outcome:
    """Run the suite of `check` and judge what it scores; a suite whose data is absent is skipped with the reason.

    A suite that cannot run for another reason, such as a broken case, has failed.
    """
    chosen = suite(check.suite)
    missing = chosen.missing()
    if missing is not None:
        return Outcome(check, "skipped", (missing,))
    options = {**check.options, **check.part}
    started = time.monotonic()
    try:
        scores = chosen.run({**options, "progress": progress})
    except ShortlistError as error:
        return Outcome(check, "failed", (str(error),), seconds=time.monotonic() - started)
    return judge(check, envelope(chosen, scores, options), read_result(check.baseline), time.monotonic() - started)


def judge(check: Check, result: Mapping[str, Any], baseline: Mapping[str, Any] | None, seconds: float = 0.0) -> Outcome:
    """Return whether `result` loses against `baseline`: the whole paired interval on the losing side of zero.

    A suite that keeps no scores by case is held to its own demands alone.
    """

    def found(state: State, *reasons: str, comparisons: tuple[Comparison, ...] = ()) -> Outcome:
        return Outcome(check, state, reasons, comparisons, result, seconds)

    scores = result["scores"]
    if not scores.get("passed", True):
        told = [str(one).splitlines()[0] for one in scores.get("failures", [])][:5]
        return found("failed", *(told or ["its own demands are not met"]))
    if not scores.get("cases"):
        return found("held", "keeps no scores by case: held to its own demands alone")
    accept = f"python -m shortlist_evals gate {check.suite} --accept"
    if baseline is None:
        return found("no baseline", f"no result {check.baseline!r} is committed; keep one with: {accept}")
    try:
        pairs = tuple(_against(check, result, baseline, agent) for agent in ours(scores["cases"]))
    except IncomparableError as error:
        return found("no baseline", str(error), f"keep what is scored now as the baseline with: {accept}")
    lost = [f"{pair.after.agent}: {one.metric} fell" for pair in pairs for one in pair.whole.values() if one.gain < 0]
    return found("lost" if lost else "held", *lost, comparisons=pairs)


def _against(check: Check, result: Mapping[str, Any], baseline: Mapping[str, Any], agent: str) -> Comparison:
    return compare(side(check.baseline, agent, baseline), side("now", agent, result), by_class=False)
