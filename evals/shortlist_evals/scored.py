"""Scores of cases, and their summary: means with intervals by agent, class and language, and pass^k over trials."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shortlist_evals.metrics import Interval, mean_interval


@dataclass(frozen=True)
class Scored:
    """What one agent scored in one trial of one case.

    Attributes:
        case: Id of the case.
        kind: Its class, such as `refine` or `hidden`.
        language: `en` or `zh`.
        values: Scores by metric; a metric that says nothing about this case is absent.
        trial: Number of the trial, from 0.
    """

    case: str
    kind: str
    language: str
    values: Mapping[str, float]
    trial: int = 0


def summary(
    agents: Mapping[str, Sequence[Scored]], passed: str | None = None, ks: Sequence[int] = (1, 2, 4)
) -> dict[str, Any]:
    """Return the common part of a suite's result.

    Trials of a case are averaged before cases are: the case is the unit that intervals are drawn over.

    Args:
        agents: Rows by agent.
        passed: The metric that is 1 where a trial succeeded; pass^k is counted over it.
        ks: The ks of pass^k; those above the number of trials are left out.

    Returns:
        `n` (cases), `trials`, `agents` (`[mean, low, high]` by agent and metric), `classes` and `languages` (the same
        by agent and class or language, each with its `n`), `cases` (means by agent, case and metric, for paired
        comparisons), `kinds` (class by case) and, with `passed`, `reliability` (`[mean, low, high]` by agent and k).
    """
    cases = {row.case for rows in agents.values() for row in rows}
    trials = {row.trial for rows in agents.values() for row in rows}
    found: dict[str, Any] = {
        "n": len(cases),
        "trials": len(trials),
        "agents": {name: _means(rows) for name, rows in agents.items()},
        "classes": {name: _parts(rows, [row.kind for row in rows]) for name, rows in agents.items()},
        "languages": {name: _parts(rows, [row.language for row in rows]) for name, rows in agents.items()},
        "cases": {name: _by_case(rows) for name, rows in agents.items()},
        "kinds": dict(sorted((row.case, row.kind) for rows in agents.values() for row in rows)),
    }
    if passed is not None:
        found["reliability"] = {
            name: {str(k): rounded(pass_hat(_outcomes(rows, passed), k)) for k in ks if k <= len(trials)}
            for name, rows in agents.items()
        }
    return found


def pass_hat(outcomes: Mapping[str, Sequence[bool]], k: int) -> Interval:
    """Return pass^k: the chance that k trials of a case, drawn without replacement, all succeed, averaged over cases.

    A case with n trials and c successes counts C(c, k) / C(n, k) (Yao et al., 2024). Cases with fewer than k trials are
    left out; none left: all zero.
    """
    counted = [
        math.comb(sum(trials), k) / math.comb(len(trials), k) for trials in outcomes.values() if len(trials) >= k
    ]
    return mean_interval(counted)


def rounded(interval: Interval) -> list[float]:
    """Return `[mean, low, high]` to four decimals, as results keep it."""
    return [round(value, 4) for value in interval]


def _outcomes(rows: Iterable[Scored], metric: str) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[row.case].append(row.values[metric] >= 1.0)
    return found


def _by_case(rows: Iterable[Scored]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for metric, value in row.values.items():
            found[row.case][metric].append(float(value))
    return {
        case: {metric: round(sum(values) / len(values), 4) for metric, values in sorted(metrics.items())}
        for case, metrics in sorted(found.items())
    }


def _means(rows: Sequence[Scored]) -> dict[str, list[float]]:
    columns: dict[str, list[float]] = defaultdict(list)
    for metrics in _by_case(rows).values():
        for metric, value in metrics.items():
            columns[metric].append(value)
    return {metric: rounded(mean_interval(values)) for metric, values in sorted(columns.items())}


def _parts(rows: Sequence[Scored], labels: Sequence[str]) -> dict[str, Any]:
    parts: dict[str, list[Scored]] = defaultdict(list)
    for row, label in zip(rows, labels, strict=True):
        parts[label].append(row)
    return {label: {"n": len({row.case for row in part}), **_means(part)} for label, part in sorted(parts.items())}
