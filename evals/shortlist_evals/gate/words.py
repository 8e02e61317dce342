"""What the gate found, as a table and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shortlist_evals.compare import Comparison, figure, spread, verdict
from shortlist_evals.gate.judging import Outcome

_STYLES = {"held": "green", "skipped": "yellow"}


def render(outcomes: Sequence[Outcome]) -> Any:
    """Return what was compared: a row a metric that changed, and one for those that did not."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    title = "now against the committed results"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("suite", "agent", "metric"):
        table.add_column(name, no_wrap=True)
    for name in ("cases", "committed", "now", "difference"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict")
    for outcome in outcomes:
        for comparison in outcome.comparisons:
            _rows(table, outcome.check.baseline, comparison)
        if not outcome.comparisons:
            style = _STYLES.get(outcome.state, "red")
            table.add_row(outcome.check.baseline, "", "", "", "", "", "", outcome.state, style=style)
    return table


def _rows(table: Any, name: str, comparison: Comparison) -> None:
    agent = comparison.after.agent
    same = [one for one in comparison.whole.values() if not one.changed]
    if same:
        count = "1 metric" if len(same) == 1 else f"{len(same)} metrics"
        table.add_row(name, agent, count, str(max(one.n for one in same)), "", "", "", "the same in every case")
    for metric, one in comparison.whole.items():
        if one.changed:
            cells = (name, agent, metric, str(one.n), figure(one.before), figure(one.after), spread(one), verdict(one))
            table.add_row(*cells, style={1: "green", -1: "red", 0: ""}[one.gain])


def lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return why each check failed or was skipped, how to look closer, and a closing count."""
    found = []
    for one in outcomes:
        found += [f"{one.check.baseline}: {one.state}: {reason}" for reason in one.reasons]
        if one.state == "lost":
            again = " ".join(f"--{name} {value}" for name, value in one.check.options.items())
            found.append(
                f"   look closer: python -m shortlist_evals run {one.check.suite} {again} --name now, then "
                f"python -m shortlist_evals compare {one.check.baseline} now; if the loss is meant: "
                f"python -m shortlist_evals gate {one.check.suite} --accept"
            )
    failed = sum(one.fails for one in outcomes)
    skipped = sum(one.state == "skipped" for one in outcomes)
    held = len(outcomes) - failed - skipped
    seconds = sum(one.seconds for one in outcomes)
    return [*found, f"gate: {held} held, {failed} failed, {skipped} skipped, in {seconds:.0f} s"]
