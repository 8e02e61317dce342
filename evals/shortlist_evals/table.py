"""The score table of `evals/README.md`: written from the committed results, and checked against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist_evals.compare import direction, figure, ours
from shortlist_evals.metrics import Interval
from shortlist_evals.places import project_root
from shortlist_evals.results import find_result, result_names
from shortlist_evals.suites import SUITES
from shortlist_prompts.errors import CallerError

BEGIN = "<!-- scores: written by `python -m shortlist_evals table --write` -->"
END = "<!-- end of scores -->"
_MOST = 4
"""Metrics that are shown of a suite that names none."""


class TableError(CallerError):
    """The score table is not that of the committed results, or has no place; says what to run."""


@dataclass(frozen=True)
class Score:
    """One figure of a result.

    Attributes:
        result: Name of the result.
        suite: Its suite.
        agent: The agent or system.
        metric: The metric.
        n: Number of cases.
        interval: The mean with its interval; both bounds are the mean where a figure has none.
    """

    result: str
    suite: str
    agent: str
    metric: str
    n: int
    interval: Interval

    @property
    def text(self) -> str:
        """Return the figure with its interval, if it has one."""
        mean, low, high = self.interval
        bare = figure(mean)
        return bare if low == high == mean else f"{bare} [{figure(low)}, {figure(high)}]"


def results(names: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Return results by name, all that are kept of a suite by default.

    Raises:
        ResultError: If one of `names` is none, or a file holds no result.
    """
    found = {Path(name).stem if name.endswith(".json") else name: find_result(name) for name in names or result_names()}
    return {name: result for name, result in found.items() if names or result["suite"] in SUITES}


def scores_of(name: str, result: Mapping[str, Any]) -> list[Score]:
    """Return the figures that tell most of a result, agent by agent, Shortlist first."""
    scores, suite = result["scores"], str(result["suite"])
    whole = int(scores.get("n") or result.get("n") or 0)
    found = []
    for agent in in_order(agents := _agents(scores)):
        for metric in headline(suite, agents):
            if metric in agents[agent]:
                n = len(scores.get("cases", {}).get(agent, ())) or whole
                found.append(Score(name, suite, agent, metric, n, Interval(*agents[agent][metric])))
    return found


def in_order(agents: Mapping[str, Any]) -> list[str]:
    """Return names of agents: Shortlist first, then what it is compared with."""
    first = ours(agents)
    return [*first, *sorted(name for name in agents if name not in first)]


def headline(suite: str, agents: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the metrics that tell most of a suite: those it names, else the first that have a direction."""
    there = sorted({metric for values in agents.values() for metric in values})
    named = [metric for metric in (SUITES[suite].headline if suite in SUITES else ()) if metric in there]
    return named or [metric for metric in there if direction(metric) > 0][:_MOST]


def _agents(scores: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return intervals by agent and metric, also of results that have no agents but systems, or one figure."""
    if "agents" in scores:
        return {
            agent: {metric: value for metric, value in values.items() if _is_interval(value)}
            for agent, values in scores["agents"].items()
        }
    if "interval" in scores:
        return {"reader": {"f1": [scores["f1"], *scores["interval"]]}}
    if "violations" in scores:
        return {"offline": {"violations": [scores["violations"]] * 3}}
    systems: Mapping[str, Any] = next(
        (part["systems"] for part in scores.values() if isinstance(part, Mapping) and "systems" in part), {}
    )
    return {name: {metric: v for metric, v in values.items() if _is_interval(v)} for name, values in systems.items()}


def _is_interval(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 3


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the score table in Markdown: a row a result and agent."""
    lines = ["| result | cases | agent | scores | of |", "|---|---|---|---|---|"]
    for name, result in sorted(found.items()):
        by_agent: dict[str, list[Score]] = {}
        for score in scores_of(name, result):
            by_agent.setdefault(score.agent, []).append(score)
        for agent, scores in by_agent.items():
            said = " · ".join(f"{score.metric} {score.text}" for score in scores)
            lines.append(f"| `{name}` | {scores[0].n} | {agent} | {said} | {result.get('date', '')} |")
    return "\n".join(lines)


def page() -> Path:
    """Return the page that holds the table."""
    return project_root() / "evals" / "README.md"


def written(text: str, content: str) -> str:
    """Return `text` with `content` between the markers.

    Raises:
        TableError: If the markers are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise TableError(f"{page()}: put these two lines where the table belongs: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{content}\n{END}{after}"


def write() -> Path:
    """Write the table into the page, and return where."""
    path = page()
    path.write_text(written(path.read_text("utf-8"), table(results())), "utf-8")
    return path


def check() -> None:
    """Compare the table of the page with the committed results.

    Raises:
        TableError: If they differ; names the first line and the command that mends it.
    """
    path = page()
    have = path.read_text("utf-8")
    want = written(have, table(results()))
    if have != want:
        pairs = zip(have.splitlines(), [*want.splitlines(), ""], strict=False)
        line, stands = next(((n, old) for n, (old, new) in enumerate(pairs, start=1) if old != new), (0, ""))
        raise TableError(
            f"{path}, line {line}: the score table is not that of evals/results (there stands {stands[:60]!r}); "
            "run: python -m shortlist_evals table --write"
        )
