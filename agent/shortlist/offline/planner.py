"""The built-in planner: a complete plan from what the reader read, without any model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shortlist.offline.small_talk import OFF_TOPIC, OPENING, REQUEST, says_more, small_talk
from shortlist.reader import Reading
from shortlist.turn_plan import Intent, PlannedEdit, ToolCall, TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import detect_language
from shortlist_tools.tool import Toolbox

CANDIDATES = 100
"""How many items a search brings for ranking."""
SEARCHING = frozenset({"find", "refine", "more", "reject", "reset"})
WISHES = ("lowest", "highest")
_NOTHING_MORE = re.compile(
    r"(?:\b(?:please|then|ok(?:ay)?|maybe|hmm+|well|so|and|the|one|that|show me|(?:let me )?see|(?:what|how) about)\b"
    r"|那一?[个款双件台本瓶]|[吧呢请那就好嗯的哦啊看]|[\W_])*",
    re.IGNORECASE,
)
"""What may stand beside the words that point at an item where a message says nothing else."""


def plan_from_reading(reading: Reading, message: str = "") -> TurnPlan:
    """Return the plan that `reading` calls for; its steps are added by `with_steps` once the ledger stands."""
    edits = tuple(
        PlannedEdit(
            action=edit.action,
            requirement=edit.requirement,
            field=edit.field,
            quote=edit.quote,
            replaces=edit.replaces,
            beside=edit.beside,
        )
        for edit in reading.edits
    )
    if reading.intent == "reset":
        edits = (PlannedEdit(action="withdraw"), *edits)
    told = {one.item_id for one in reading.feedback}
    pointing = _only_points(reading, message)
    return TurnPlan(
        intent=_intent(reading, message),
        query=reading.query,
        edits=edits,
        about=tuple(dict.fromkeys(one.item_id for one in reading.references if one.item_id not in told)),
        fields=reading.about,
        degree=reading.degree,
        count=reading.count,
        feedback=tuple((one.kind, one.item_id) for one in reading.feedback),
        ratings=reading.ratings,
        recall=reading.recall,
        currency=reading.currency,
        pointing=pointing,
        wonder="" if pointing else reading.wonder,
        good=reading.good,
        unheard=reading.unheard,
        told=reading.told,
    )


def _only_points(reading: Reading, message: str) -> bool:
    """Return whether a message consists of the words that point at one item."""
    if reading.intent != "about" or len(reading.references) != 1 or reading.edits or reading.about:
        return False
    before, _, after = message.partition(reading.references[0].quote)
    return bool(_NOTHING_MORE.fullmatch(f"{before} {after}"))


def _intent(reading: Reading, message: str) -> Intent:
    if reading.good:
        return reading.intent
    wishing = reading.intent in ("find", "refine")
    asking = OPENING.search(message) or REQUEST.search(message) or says_more(message)
    if wishing and not reading.edits and small_talk(message) != "chat" and not asking:
        return "chat"
    off = reading.intent in ("find", "refine", "chat", "reset") and not reading.edits and OFF_TOPIC.search(message)
    return "off_topic" if off else reading.intent


def with_steps(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    query: str,
    slate: Sequence[str],
    user: str | None,
    toolbox: Toolbox,
    message: str,
) -> TurnPlan:
    """Return `plan` with the read calls it needs: the profile, then a search, a filter or the items asked about."""
    steps = [ToolCall(tool="lookup_profile", args={"user_id": user})] if user else []
    if plan.intent in SEARCHING:
        wanted = [wanted_row(row) for row in ledger if row.hard and row.status == "active" and row.op not in WISHES]
        if _says_more(query, ledger):
            steps.append(
                ToolCall(tool="search_catalog", args={"query": query, "requirements": wanted, "n": CANDIDATES})
            )
        else:
            steps.append(ToolCall(tool="filter_catalog", args={"requirements": wanted, "n": 1}))
    elif plan.intent in ("about", "compare") and (ids := list(plan.about or slate)):
        tool = "compare_items" if plan.intent == "compare" and len(ids) > 1 else "get_items"
        steps.append(ToolCall(tool=tool, args={"ids": ids[:10]}))
    steps.extend(_called_for(toolbox, message, user))
    return plan.model_copy(update={"steps": tuple(steps)})


def _says_more(query: str, ledger: Sequence[Requirement]) -> bool:
    """Return whether words to search by say more than the requirements do, which filter already.

    A query that only repeats the words of requirements, or of what they took the place of, ranks alike items by chance.
    """
    said = {row.quote.lower() for row in ledger if row.hard and row.quote}
    return any(word not in said for word in query.lower().split())


def wanted_row(row: Requirement) -> dict[str, object]:
    """Return a ledger row as a tool's argument."""
    return row.model_dump(mode="json", include={"field", "op", "value", "unit", "group", "scope"})


def _called_for(toolbox: Toolbox, message: str, user: str | None) -> list[ToolCall]:
    """Return calls of registered read tools whose words stand in the message."""
    language = detect_language(message)
    lowered = message.lower()
    calls = []
    for tool in toolbox:
        words: Mapping[str, list[str]] = tool.words
        if tool.kind == "read" and any(word.lower() in lowered for word in words.get(language, [])):
            fields = tool.args.model_fields
            offered = {"message": message, "query": message, "user_id": user}
            args = {name: value for name, value in offered.items() if name in fields and value is not None}
            calls.append(ToolCall(tool=tool.name, args=args))
    return calls
