"""The paired comparison of two sides: each metric's difference over the cases that both have, whole and by class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shortlist_evals.compare.directions import direction
from shortlist_evals.metrics import Interval, paired_interval
from shortlist_evals.results import comparable
from shortlist_prompts.errors import CallerError

Values = Mapping[str, Mapping[str, float]]
"""Scores by case and metric."""


class IncomparableError(CallerError):
    """Two runs, or two agents, do not compare; says why and what would."""


@dataclass(frozen=True)
class Side:
    """One agent of one result.

    Attributes:
        name: What the result is called.
        agent: The agent.
        result: The result it is in.
    """

    name: str
    agent: str
    result: Mapping[str, Any]

    @property
    def label(self) -> str:
        """Return `result:agent`."""
        return f"{self.name}:{self.agent}"

    @property
    def cases(self) -> Values:
        """Return its scores by case and metric."""
        found: Values = self.result["scores"]["cases"][self.agent]
        return found


@dataclass(frozen=True)
class Difference:
    """How two sides differ in one metric.

    Attributes:
        metric: The metric.
        n: Cases that both sides have a score for.
        before: Mean of the first side over these.
        after: Mean of the second.
        interval: Mean of second minus first, case by case, with its 95 % bootstrap interval.
        changed: Cases whose score differs.
    """

    metric: str
    n: int
    before: float
    after: float
    interval: Interval
    changed: int

    @property
    def real(self) -> bool:
        """Return whether zero lies outside the interval: these cases can tell the two apart."""
        return self.interval.low > 0 or self.interval.high < 0

    @property
    def gain(self) -> int:
        """Return 1 for a real gain, -1 for a real loss, 0 for neither, by the direction of the metric."""
        sign = (self.interval.low > 0) - (self.interval.high < 0)
        return sign * direction(self.metric)


@dataclass(frozen=True)
class Comparison:
    """Two sides, and how they differ.

    Attributes:
        before: The first side.
        after: The second.
        whole: Differences over all common cases, by metric.
        classes: The same by class.
        alone: How many cases only one side has.
        notes: What else differs between the two runs, such as options.
    """

    before: Side
    after: Side
    whole: Mapping[str, Difference]
    classes: Mapping[str, Mapping[str, Difference]]
    alone: int = 0
    notes: tuple[str, ...] = ()


def side(name: str, agent: str, result: Mapping[str, Any]) -> Side:
    """Return `agent` of `result` as a side.

    Raises:
        IncomparableError: If it keeps no scores by case, or has no such agent.
    """
    there = agents(name, result)
    if agent not in there:
        raise IncomparableError(f"{name} has no agent {agent!r}; it has: {', '.join(there)}")
    return Side(name, agent, result)


def agents(name: str, result: Mapping[str, Any]) -> list[str]:
    """Return the agents whose scores by case `result` keeps.

    Raises:
        IncomparableError: If it keeps none.
    """
    cases = result["scores"].get("cases")
    if not isinstance(cases, Mapping) or not any(cases.values()):
        raise IncomparableError(f"{name} keeps no scores by case, so nothing can be paired: run its suite again")
    return sorted(cases)


def ours(names: Iterable[str]) -> list[str]:
    """Return which of these agents are Shortlist and not what it is compared with: all of them where none is.

    It is called `offline`, by the model it talks with (`provider:name`), or by its part: `reader`, `hybrid` search,
    `ours` among models.
    """
    every = sorted(names)
    return [name for name in every if name in ("hybrid", "offline", "ours", "reader") or ":" in name] or every


def compare(before: Side, after: Side, metrics: Sequence[str] | None = None, *, by_class: bool = True) -> Comparison:
    """Return how `after` differs from `before`, case by case.

    Args:
        before: The first side.
        after: The second.
        metrics: Only these; all that both have by default.
        by_class: Whether to compare class by class as well.

    Raises:
        IncomparableError: If suites, cases, catalogs or scorers differ, or no case is common.
    """
    reasons = comparable(before.result, after.result)
    if reasons:
        raise IncomparableError(
            f"{before.name} and {after.name} do not compare: {'; '.join(reasons)}. "
            f"Run both again over what stands now: python -m shortlist_evals run {after.result['suite']}"
        )
    common = sorted(set(before.cases) & set(after.cases))
    if not common:
        raise IncomparableError(
            f"{before.label} and {after.label} do not compare: they have no case in common "
            f"({len(before.cases)} and {len(after.cases)} cases); were they run over other splits?"
        )
    kinds = after.result["scores"].get("kinds", {})
    names = sorted({kinds[case] for case in common if case in kinds}) if by_class else []
    return Comparison(
        before=before,
        after=after,
        whole=_differences(before, after, common, metrics),
        classes={
            name: _differences(before, after, [case for case in common if kinds.get(case) == name], metrics)
            for name in names
        },
        alone=len(set(before.cases) ^ set(after.cases)),
        notes=tuple(_notes(before.result, after.result)),
    )


def _differences(
    before: Side, after: Side, cases: Sequence[str], metrics: Sequence[str] | None
) -> dict[str, Difference]:
    found = {}
    shared = {metric for case in cases for metric in set(before.cases[case]) & set(after.cases[case])}
    for metric in sorted(shared if metrics is None else shared & set(metrics)):
        pairs = [
            (before.cases[case][metric], after.cases[case][metric])
            for case in cases
            if metric in before.cases[case] and metric in after.cases[case]
        ]
        found[metric] = _difference(metric, pairs)
    return found


def _difference(metric: str, pairs: Sequence[tuple[float, float]]) -> Difference:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    changed = sum(one != other for one, other in pairs)
    interval = paired_interval(second, first) if changed else Interval(0.0, 0.0, 0.0)
    return Difference(metric, len(pairs), sum(first) / len(pairs), sum(second) / len(pairs), interval, changed)


def _notes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    one, other = dict(before.get("options", {})), dict(after.get("options", {}))
    one["trials"], other["trials"] = (str(result["scores"].get("trials", 1)) for result in (before, after))
    return [
        f"{name} differs: {one.get(name, 'not given')}, {other.get(name, 'not given')}"
        for name in sorted(set(one) | set(other))
        if one.get(name) != other.get(name) and name not in ("jobs", "base_url")
    ]
