"""What the gate runs: suites with their options, each against the committed result that it is held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shortlist_evals.suites import SUITES, suite


@dataclass(frozen=True)
class Check:
    """One run of the gate.

    Attributes:
        suite: The suite.
        baseline: The committed result it is held to.
        options: Options of the run that the baseline was made with, such as a split.
        part: Options that choose a part of it, small enough for every submission; cases are paired, so a part of the
            baseline's cases will do.
        quick: Whether it belongs to every submission: it needs no evaluation data, no model, and little time.
    """

    suite: str
    baseline: str
    options: Mapping[str, Any] = field(default_factory=dict)
    part: Mapping[str, Any] = field(default_factory=dict)
    quick: bool = False


QUICK = (
    Check("conversations", "conversations", quick=True),
    Check("invariants", "invariants", {"seed": 1, "n": 200}, {"n": 24, "split": "demo"}, quick=True),
    Check("personas", "personas", {}, {"n": 24, "jobs": 2}, quick=True),
    Check("reader", "reader-dev", {"split": "dev"}, quick=True),
    Check("reader", "reader-spent", {"split": "spent"}, quick=True),
    Check("shop", "shop", {}, {"n": 40, "jobs": 2}, quick=True),
    Check("wishes", "wishes", quick=True),
)
OTHERWISE = {"contribution": "counts what `conversations` counts"}
"""Suites that have no run of their own here, and why."""


def planned(names: Sequence[str] = (), *, everything: bool = False) -> list[Check]:
    """Return what the gate runs: the quick checks, or with `everything` every suite whole, in the order of names.

    Args:
        names: Only these suites, whether quick or not.
        everything: Also what needs the evaluation data or minutes.

    Raises:
        SuiteError: If there is no such suite.
    """
    for name in names:
        suite(name)
    rest = [Check(name, name) for name in SUITES if name not in {one.suite for one in QUICK} and name not in OTHERWISE]
    whole = [Check(one.suite, one.baseline, one.options, quick=True) for one in QUICK] if everything else list(QUICK)
    chosen = [one for one in (*whole, *rest) if one.suite in names or (not names and (one.quick or everything))]
    return sorted(chosen, key=lambda one: one.baseline)
