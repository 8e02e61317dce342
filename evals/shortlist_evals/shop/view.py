"""The scores of the shop suite as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = {"passed": "passed", "satisfied": "satisfied", "ledger_recall": "ledger recall",
           "ledger_precision": "precision", "hit@3": "hit@3", "ndcg@3": "nDCG@3"}  # fmt: skip


def render(result: Mapping[str, Any]) -> Any:
    """Return what agents score, what the measured one scores by class and language, and all its other scores."""
    from rich.console import Group
    from rich.text import Text

    ours = result["ours"]
    title = f"shop, n = {result['n']} (95 % intervals)"
    rest = [f"{metric} {values[0]:.4g}" for metric, values in result["agents"][ours].items() if metric not in COLUMNS]
    return Group(
        _table(title, result["agents"]),
        _table(f"{ours} by class", result["classes"][ours]),
        _table(f"{ours} by language", result["languages"][ours]),
        Text(f"{ours}: {', '.join(rest)}"),
        Text("A case has passed when every expectation and every promise holds in every turn."),
    )


def _table(title: str, parts: Mapping[str, Mapping[str, Any]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    counted = ["n"] if any("n" in one for one in parts.values()) else []
    columns = {metric: name for metric, name in COLUMNS.items() if any(metric in one for one in parts.values())}
    table = Table("", *counted, *columns.values(), title=title, title_justify="left", box=SIMPLE_HEAD)
    for part, one in parts.items():
        figures = [_figure(one.get(metric), wide=metric == "passed") for metric in columns]
        table.add_row(part, *(str(one[name]) for name in counted), *figures)
    return table


def _figure(values: Sequence[float] | None, *, wide: bool) -> str:
    if values is None:
        return ""
    mean, low, high = values
    return f"{mean:.2f} [{low:.2f}, {high:.2f}]" if wide else f"{mean:.2f}"
