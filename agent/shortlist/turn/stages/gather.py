"""Stage 3, gather: the plan's reads, side by side, under the turn's deadline; a failing tool is a note, not an end."""

from __future__ import annotations

import asyncio
from typing import Any

from shortlist.turn.state import Turn
from shortlist.turn_plan import ToolCall, TurnPlan
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.tool import ToolResult

LEAST_SECONDS = 5.0
"""What reads may always take, so that a slow model cannot starve them."""


async def gather(plan: TurnPlan, turn: Turn) -> dict[str, Any]:
    """Run the read tools of `plan` and return their values by tool name.

    Keys: `search` (hits with their rows, best first), `profile`, `faults` (kind and message by tool), and any other
    tool's value under its name.
    """
    seconds = max(LEAST_SECONDS, turn.budget.seconds_left)
    toolbox = turn.services.toolbox
    steps = [step for step in plan.steps if step.tool in toolbox and toolbox[step.tool].kind == "read"]
    results = await asyncio.gather(*(toolbox.call(step.tool, step.args, seconds) for step in steps))
    gathered: dict[str, Any] = {"faults": {}}
    for step, result in zip(steps, results, strict=True):
        _keep(step, result, gathered, turn)
    return gathered


def _keep(step: ToolCall, result: ToolResult, gathered: dict[str, Any], turn: Turn) -> None:
    if result.fault is not None:
        gathered["faults"][step.tool] = result.fault.model_dump(mode="json")
        turn.notes.append(f"tool {step.tool}: {result.fault.message}"[:300])
    elif step.tool == "search_catalog":
        rows = turn.services.snapshot.row_of
        hits = [{**hit, "row": rows[hit["id"]]} for hit in result.value["items"] if hit["id"] in rows]
        gathered["search"] = hits
    elif step.tool == "lookup_profile":
        gathered["profile"] = result.value
    else:
        gathered[step.tool] = result.value


def profile_of(gathered: dict[str, Any], user: str | None) -> ProfileSummary:
    """Return the profile that was looked up; an empty one for a guest or where the lookup failed."""
    found = gathered.get("profile")
    return ProfileSummary.model_validate(found) if found else ProfileSummary(user=user)
