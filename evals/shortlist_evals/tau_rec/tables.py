"""The scores of tau_rec as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = {"reward": "reward", "satisfied": "goals", "policies": "policies", "first_right": "right at first",
           "questions": "asked", "picks": "picks", "turns": "turns"}  # fmt: skip

WITH_INTERVAL = ("reward", "first_right")
"""Columns that have room for their interval."""


def tables(result: Mapping[str, Any]) -> Any:
    """Return the scores of every agent, pass^k, and the strata and languages of the one that is measured."""
    from rich.console import Group
    from rich.text import Text

    ours = result["ours"]
    parts = {**result["classes"][ours], **result["languages"][ours]}
    return Group(
        _scores(f"tau_rec, n = {result['n']}, trials = {result['trials']} (95 % intervals)", result["agents"]),
        _reliability(result["reliability"]),
        _scores(f"{ours} by stratum and language", parts),
        Text(str(result["caveat"])),
    )


def _scores(title: str, parts: Mapping[str, Mapping[str, Any]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table("", *(["n"] if any("n" in one for one in parts.values()) else []), *COLUMNS.values(),
                  title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))  # fmt: skip
    for name, one in parts.items():
        counts = [str(one["n"])] if "n" in one else []
        table.add_row(name, *counts, *(_figure(column, one.get(column)) for column in COLUMNS))
    return table


def _reliability(reliability: Mapping[str, Mapping[str, Sequence[float]]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    ks = list(next(iter(reliability.values())))
    table = Table("", *(f"pass^{k}" for k in ks), title="reliability", title_justify="left", box=SIMPLE_HEAD)
    for name, by_k in reliability.items():
        table.add_row(name, *(_figure("reward", by_k.get(k)) for k in ks))
    return table


def _figure(column: str, values: Sequence[float] | None) -> str:
    if values is None:
        return ""
    mean, low, high = values
    return f"{mean:.2f} [{low:.2f}, {high:.2f}]" if column in WITH_INTERVAL else f"{mean:.2f}"
