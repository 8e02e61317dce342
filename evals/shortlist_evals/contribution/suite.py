"""The contribution suite: model calls and tokens a turn, and how much of plan, ledger and prose is the model's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shortlist_evals.contribution.turns import StoredTurn, plain_value, read_turns
from shortlist_evals.places import project_root
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import clean

BOUNDS = {
    "calls_mean": 2.2,
    "calls_most": 4,
    "prompt_tokens_mean": 1_500,
    "invented_that_filter": 0,
    "stated_missing": 0,
}
"""What was promised of turns with a model."""


def run(*, replies: Path | None = None) -> dict[str, Any]:
    """Measure the stored replies at `replies`, by default those of the recorded conversations.

    Raises:
        RepliesError: If there are none.
    """
    return measure(read_turns(replies or project_root() / "evals" / "cassettes"))


def measure(turns: Sequence[StoredTurn]) -> dict[str, Any]:
    """Return what `turns` cost and what the model added.

    Returns:
        `n` (turns), `with_model` (turns that called one), then over those: `calls_mean`, `calls_most`,
        `prompt_tokens_mean` (cached ones counted), `completion_tokens_mean`, `seconds_mean`, `plans_as_written`,
        `plans_repaired` and `plans_built_in` (shares), `entries_only_model` and `entries` (ledger rows added),
        `sentences_kept` (share of the model's sentences), `invented_that_filter`, `stated_missing` (numbers, over all
        turns), `examples` of these two, and `passed`.
    """
    asked = [turn for turn in turns if turn.reply.usage.calls]
    planned = [turn for turn in asked if any(call.prompt.startswith("plan@") for call in turn.reply.usage.calls)]
    invented = [(turn, row) for turn in turns for row in invented_rows(turn)]
    missing = [(turn, what) for turn in turns for what in missing_rows(turn)]
    usages = [turn.reply.usage for turn in asked]
    kept, replaced = (sum(getattr(one, name) for one in usages) for name in ("sentences_kept", "sentences_replaced"))
    result: dict[str, Any] = {
        "n": len(turns),
        "conversations": len({turn.conversation for turn in turns}),
        "with_model": len(asked),
        "calls_mean": _mean([len(one.calls) for one in usages]),
        "calls_most": max((len(one.calls) for one in usages), default=0),
        "prompt_tokens_mean": _mean([one.prompt_tokens for one in usages]),
        "completion_tokens_mean": _mean([one.completion_tokens for one in usages]),
        "seconds_mean": _mean([one.seconds for one in usages]),
        "plans": len(planned),
        "plans_as_written": _mean([turn.reply.usage.plan_as_written for turn in planned]),
        "plans_repaired": _mean([turn.reply.usage.plan_source == "repaired" for turn in planned]),
        "plans_built_in": _mean([turn.reply.usage.plan_source == "built-in" for turn in planned]),
        "entries": sum(edit.action == "add" for turn in asked for edit in turn.reply.plan.edits),
        "entries_only_model": sum(one.entries_from_model for one in usages),
        "sentences": kept + replaced,
        "sentences_kept": round(kept / (kept + replaced), 4) if kept + replaced else None,
        "invented_that_filter": len(invented),
        "stated_missing": len(missing),
        "examples": [f"{turn.message[:80]!r}: {row.field} {row.op} {row.value}" for turn, row in invented[:5]]
        + [f"{turn.message[:80]!r}: {what} is not in the ledger" for turn, what in missing[:5]],
    }
    result["passed"] = all((result[name] or 0) <= bound for name, bound in BOUNDS.items())
    return result


def invented_rows(turn: StoredTurn) -> list[Requirement]:
    """Return the rows this turn added that filter although the user did not say them."""
    return [
        row
        for row in turn.reply.ledger
        if row.hard and row.turn == turn.reply.turn and row.origin not in ("policy", "host")
        and (row.origin != "stated" or not row.quote.strip() or _squeezed(row.quote) not in _squeezed(turn.message))
    ]  # fmt: skip


def missing_rows(turn: StoredTurn) -> list[str]:
    """Return the requirements that were stated in this turn and are not in its ledger.

    Those that the case labels, where it does; else those of the plan, which holds everything that the reader read.
    """
    have = {(row.field, row.op, str(plain_value(row.value))) for row in turn.reply.ledger}
    if turn.stated is not None:
        wanted = [(one["field"], one["op"], str(plain_value(one.get("value")))) for one in turn.stated]
    else:
        rows = [edit.requirement for edit in turn.reply.plan.edits if edit.action == "add" and edit.requirement]
        wanted = [(row.field, row.op, str(plain_value(row.value))) for row in rows if row.origin == "stated"]
    return [" ".join(one) for one in wanted if one not in have]


def _squeezed(text: str) -> str:
    return "".join(clean(text).lower().split())


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def render(result: dict[str, Any]) -> Any:
    """Return the figures as a table, with what was promised beside each."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"{result['n']} turns of {result['conversations']} conversations, {result['with_model']} with a model"
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("at most", justify="right")
    for name, value in result.items():
        if name in ("n", "conversations", "with_model", "examples", "passed"):
            continue
        said = "none" if value is None else f"{value:,g}"
        bound = BOUNDS.get(name)
        met = bound is None or (value or 0) <= bound
        table.add_row(
            name.replace("_", " "), said if met else f"[red]{said}[/red]", "" if bound is None else f"{bound:,g}"
        )
    return Group(table, *(Text(line) for line in result["examples"]))
