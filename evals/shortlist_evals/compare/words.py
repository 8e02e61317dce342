"""A comparison in words and tables, for people."""

from __future__ import annotations

from typing import Any

from shortlist_evals.compare.comparing import Comparison, Difference
from shortlist_evals.compare.directions import direction
from shortlist_evals.suites import SUITES

_CLASSES = 3
"""How many metrics are shown class by class."""


def figure(value: float, sign: str = "") -> str:
    """Return `value` with as many decimals as its size needs."""
    digits = 3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    return f"{value:{sign}.{digits}f}"


def spread(difference: Difference) -> str:
    """Return the mean difference with its interval."""
    mean, low, high = (figure(value, "+") for value in difference.interval)
    return f"{mean} [{low}, {high}]"


def verdict(difference: Difference) -> str:
    """Return what the difference is, in a few words."""
    if not difference.changed:
        return "the same in every case"
    if not difference.real:
        return "no difference that these cases can tell"
    return {1: "a real gain", -1: "a real loss", 0: "a real difference"}[difference.gain]


def sentence(comparison: Comparison) -> str:
    """Return whether the two sides really differ, as one plain sentence a finding."""
    after, before = comparison.after.label, comparison.before.label
    found = comparison.whole.values()
    better = [one for one in found if one.gain > 0]
    worse = [one for one in found if one.gain < 0]
    judged = [one for one in found if direction(one.metric)]
    if not any(one.changed for one in judged):
        return f"{after} and {before} score the same in every case."
    if not better and not worse:
        return f"Between {after} and {before} these cases can tell no difference; what the means show may be chance."
    said = [
        f"{after} is really {word} than {before} in {', '.join(f'{one.metric} ({spread(one)})' for one in ones)}."
        for word, ones in (("better", better), ("worse", worse))
        if ones
    ]
    rest = sum(1 for one in judged if not one.real)
    if rest:
        said.append(f"In {rest} other metric{'s' if rest > 1 else ''} these cases can tell no difference.")
    return " ".join(said)


def headline(comparison: Comparison) -> list[str]:
    """Return the metrics that tell most: those the suite names, else the first that have a direction."""
    suite = SUITES.get(str(comparison.after.result["suite"]))
    named = [metric for metric in (suite.headline if suite else ()) if metric in comparison.whole]
    return (named or [metric for metric in comparison.whole if direction(metric)])[:_CLASSES]


def render(comparison: Comparison) -> Any:
    """Return the comparison as tables, over all cases and by class, and the sentence."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"{comparison.after.label} against {comparison.before.label} (difference with 95 % interval)"
    table = Table("metric", title=title, title_justify="left")
    for name in ("cases", "before", "after", "difference"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    for metric, one in comparison.whole.items():
        style = {1: "green", -1: "red", 0: ""}[one.gain]
        cells = (metric, str(one.n), figure(one.before), figure(one.after), spread(one), verdict(one))
        table.add_row(*cells, style=style)
    parts: list[Any] = [table]
    if len(comparison.classes) > 1:
        parts.append(_classes(comparison))
    lines = [sentence(comparison)]
    if comparison.alone:
        lines.append(f"{comparison.alone} cases that only one side has are left out.")
    return Group(*parts, *(Text(line) for line in (*lines, *comparison.notes)))


def _classes(comparison: Comparison) -> Any:
    from rich.table import Table

    metrics = headline(comparison)
    table = Table("class", title="by class", title_justify="left")
    table.add_column("cases", justify="right")
    for metric in metrics:
        table.add_column(metric, justify="right")
    for name, found in comparison.classes.items():
        cells = [spread(found[metric]) if metric in found else "" for metric in metrics]
        table.add_row(name, str(max((one.n for one in found.values()), default=0)), *cells)
    return table
