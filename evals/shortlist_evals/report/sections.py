"""What the report says of each suite: figures, plots and differences, ready for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from shortlist_evals.compare import Comparison, IncomparableError, compare, direction, ours, sentence, side
from shortlist_evals.compare import headline as told
from shortlist_evals.metrics import Interval
from shortlist_evals.report.plots import SERIES, WIDE, Series, curves, dots
from shortlist_evals.suites import SUITES
from shortlist_evals.table import Score, headline, in_order, scores_of

COSTS = ("calls", "tokens", "cost", "seconds", "first_sentence", "turns", "questions")
"""What conversations cost, in the order of the report."""
_CLASSES = 2
"""How many metrics are plotted class by class."""


@dataclass(frozen=True)
class Plot:
    """A plot with its title, a line of explanation, and the agents it shows as `(name, place)`."""

    title: str
    svg: str
    note: str = ""
    legend: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Section:
    """One result in the report.

    Attributes:
        name: Its name.
        suite: Its suite.
        measures: What the suite measures.
        about: Facts of the run as `(name, value)`.
        plots: Its plots.
        columns: Metrics of the table.
        rows: Agent and figures by metric.
        findings: Sentences about the differences between its agents.
    """

    name: str
    suite: str
    measures: str
    about: tuple[tuple[str, str], ...]
    plots: tuple[Plot, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[str, ...] = ()


def overview(found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, list[Score]]]:
    """Return the figures that tell most, by result and agent."""
    rows: dict[str, dict[str, list[Score]]] = {}
    for name, result in found.items():
        for score in scores_of(name, result):
            rows.setdefault(name, {}).setdefault(score.agent, []).append(score)
    return rows


def glance(found: Mapping[str, Mapping[str, Any]]) -> list[Plot]:
    """Return the plot of each result's first share, Shortlist's beside the best of what it is compared with."""
    mine: dict[str, Interval] = {}
    others: dict[str, Interval] = {}
    for name, agents in overview(found).items():
        metric = next((one.metric for one in next(iter(agents.values())) if _share(one.interval)), None)
        points = {agent: one.interval for agent, ones in agents.items() for one in ones if one.metric == metric}
        if metric is None or direction(metric) < 1:
            continue
        row = f"{name}, {metric}"
        first = next(iter(points))
        mine[row] = points.pop(first)
        if points:
            others[row] = max(points.values(), key=lambda interval: interval.mean)
    if not mine:
        return []
    series = [Series("Shortlist", mine, 0)] + ([Series("the best of the other agents", others, 1)] if others else [])
    note = "the first figure of each suite; suites measure different things"
    return [_plot("At a glance", dots(list(mine), series, "glance", width=WIDE + 1), series, note)]


def section(name: str, result: Mapping[str, Any]) -> Section:
    """Return what the report says of one result."""
    scores, suite = result["scores"], str(result["suite"])
    agents = scores.get("agents", {}) if isinstance(scores.get("agents"), Mapping) else {}
    order = in_order(agents)
    metrics = sorted(
        {metric for values in agents.values() for metric in values}, key=lambda one: (-direction(one), one)
    )
    rows = [(agent, tuple(_cell(agents[agent].get(metric)) for metric in metrics)) for agent in order]
    return Section(
        name=name,
        suite=suite,
        measures=SUITES[suite].measures if suite in SUITES else "",
        about=_about(result),
        plots=tuple(_plots(name, suite, scores, order)),
        columns=tuple(metrics),
        rows=tuple(rows),
        findings=tuple(_findings(name, result, order)),
    )


def _about(result: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    scores, machine = result["scores"], result.get("machine", {})
    options = ", ".join(f"{name} {value}" for name, value in result.get("options", {}).items())
    trials = scores.get("trials", 1)
    hashes = ", ".join(f"{name} {str(value)[:8]}" for name, value in result["hashes"].items() if value)
    return (
        ("cases", f"{len(scores['kinds']) if _by_case(scores) else result.get('n') or '?'}"),
        *((("trials", str(trials)),) if trials != 1 else ()),
        ("run", str(result.get("date", ""))),
        *((("options", options),) if options else ()),
        ("on", f"{machine.get('cores', '?')} cores, Python {machine.get('python', '?')}"),
        ("hashes", hashes),
    )


def _by_case(scores: Mapping[str, Any]) -> bool:
    return bool(scores.get("cases")) and isinstance(scores.get("kinds"), Mapping)


def _cell(value: Any) -> str:
    if not isinstance(value, list | tuple) or len(value) != 3:
        return "" if value is None else str(value)
    mean, low, high = value
    digits = 3 if abs(mean) < 10 else 1 if abs(mean) < 1000 else 0
    bounds = "" if low == high == mean else f" [{low:.{digits}f}, {high:.{digits}f}]"
    return f"{mean:.{digits}f}{bounds}"


def _plots(name: str, suite: str, scores: Mapping[str, Any], order: Sequence[str]) -> list[Plot]:
    """Return the plots that the figures of a result allow."""
    figures = scores_of(name, {"suite": suite, "scores": scores})
    if not figures:
        return []
    names = list(dict.fromkeys(one.agent for one in figures))
    metrics = list(dict.fromkeys(one.metric for one in figures))
    by_agent = {agent: {one.metric: one.interval for one in figures if one.agent == agent} for agent in names}
    found = []
    shares = [metric for metric in metrics if _is_share(by_agent, metric)]
    if shares:
        series = _series(names, {agent: {m: v for m, v in by_agent[agent].items() if m in shares} for agent in names})
        found.append(_plot("Score by agent", dots(shares, series, f"{name}-agents"), series))
    found += _class_plots(name, scores, order, shares)
    if scores.get("reliability"):
        points = {agent: {k: Interval(*v) for k, v in ks.items()} for agent, ks in scores["reliability"].items()}
        if any(len(ks) > 1 for ks in points.values()):
            series = _series([agent for agent in order if agent in points], points)
            note = "the chance that k trials of a case all succeed"
            found.append(_plot("Reliability", curves(series, f"{name}-passk"), series, note))
    return found + _cost_plots(name, scores, order)


def _class_plots(name: str, scores: Mapping[str, Any], order: Sequence[str], metrics: Sequence[str]) -> list[Plot]:
    """Return a plot a metric of scores by class; baselines are left to the table of agents where there are many."""
    classes = scores.get("classes", {})
    if not classes or not set(order) & set(classes):
        return []
    chosen = [agent for agent in order if agent in classes][:3]
    labels = sorted({label for agent in chosen for label in classes[agent]})
    if len(labels) < 2:
        return []
    found = []
    for metric in [one for one in metrics if any(one in part for a in chosen for part in classes[a].values())][
        :_CLASSES
    ]:
        points = {
            agent: {label: Interval(*part[metric]) for label, part in classes[agent].items() if metric in part}
            for agent in chosen
        }
        series = _series(chosen, points)
        found.append(_plot(f"{metric} by class", dots(labels, series, f"{name}-class-{_slug(metric)}"), series))
    return found


def _cost_plots(name: str, scores: Mapping[str, Any], order: Sequence[str]) -> list[Plot]:
    """Return a plot a cost that occurs: agent by agent, or class by class where there is one agent."""
    agents, classes = scores.get("agents", {}), scores.get("classes", {})
    found = []
    for metric in COSTS:
        values = {agent: Interval(*agents[agent][metric]) for agent in order if metric in agents.get(agent, {})}
        if len(values) == 1 and len(classes.get(order[0], {})) > 1:
            parts = classes[order[0]]
            values = {label: Interval(*part[metric]) for label, part in parts.items() if metric in part}
        if any(value.mean for value in values.values()):
            svg = dots(list(values), [Series("", values)], f"{name}-cost-{_slug(metric)}", share=False)
            found.append(Plot(metric.replace("_", " "), svg, _COST_NOTES.get(metric, "")))
    return found


_COST_NOTES = {
    "calls": "model calls; none without a model",
    "seconds": "on the machine of the run: compare agents, not machines",
    "first_sentence": "seconds until the first verified sentence stood",
}


def _is_share(by_agent: Mapping[str, Mapping[str, Interval]], metric: str) -> bool:
    values = [values[metric] for values in by_agent.values() if metric in values]
    return all(map(_share, values))


def _share(interval: Interval) -> bool:
    return interval.low >= 0 and interval.high <= 1


def _series(names: Sequence[str], points: Mapping[str, Mapping[str, Interval]]) -> list[Series]:
    return [Series(name, points[name], min(place, SERIES - 1)) for place, name in enumerate(names)]


def _plot(title: str, svg: str, series: Sequence[Series], note: str = "") -> Plot:
    return Plot(title, svg, note, tuple((one.name, one.place) for one in series))


def _slug(text: str) -> str:
    return "".join(mark if mark.isalnum() else "-" for mark in text)


def _findings(name: str, result: Mapping[str, Any], order: Sequence[str]) -> list[str]:
    """Return how Shortlist differs from each other agent of the same run, in sentences."""
    if not _by_case(result["scores"]):
        return []
    paired = [agent for agent in order if agent in result["scores"]["cases"]]
    first = next(iter(ours(paired)), "")
    found = []
    for other in [agent for agent in paired if agent != first]:
        metrics = headline(str(result["suite"]), result["scores"]["agents"])
        found.append(sentence(compare(side(name, other, result), side(name, first, result), metrics, by_class=False)))
    return found


@dataclass(frozen=True)
class Versus:
    """How two results differ: a sentence, a plot of the differences that are shares, and every figure."""

    title: str
    sentence: str
    plots: tuple[Plot, ...]
    comparison: Comparison


def differences(found: Mapping[str, Mapping[str, Any]]) -> tuple[list[Versus], list[str]]:
    """Return every two of these results that compare, agent by agent, and why others of one suite do not."""
    versus, notes = [], []
    for (one, before), (other, after) in combinations(found.items(), 2):
        if before["suite"] != after["suite"] or not (_by_case(before["scores"]) and _by_case(after["scores"])):
            continue
        for agent in ours(set(before["scores"]["cases"]) & set(after["scores"]["cases"])):
            try:
                versus.append(_versus(compare(side(one, agent, before), side(other, agent, after))))
            except IncomparableError as error:
                notes.append(str(error))
    return versus, notes


def _versus(comparison: Comparison) -> Versus:
    before, after = comparison.before.label, comparison.after.label
    name = _slug(f"{before}-{after}")
    plots = []
    whole = {metric: one.interval for metric, one in comparison.whole.items() if abs(one.before) <= 1 >= abs(one.after)}
    if whole:
        svg = dots(list(whole), [Series("", whole)], f"diff-{name}", zero=True, share=False)
        plots.append(Plot("Difference by metric", svg, "right of the line: more in the second run"))
    for metric in told(comparison)[:1]:
        points = {label: part[metric].interval for label, part in comparison.classes.items() if metric in part}
        if len(points) > 1:
            svg = dots(list(points), [Series("", points)], f"diff-{name}-{_slug(metric)}", zero=True, share=False)
            plots.append(Plot(f"Difference of {metric} by class", svg, "right of the line: more in the second run"))
    return Versus(f"{after} against {before}", sentence(comparison), tuple(plots), comparison)
