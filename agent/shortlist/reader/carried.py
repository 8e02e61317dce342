"""What goes from one kind of item over to the next: "same budget" stays, what such items do not have goes."""

from __future__ import annotations

import re

from .context import Context, Draft
from .scene import Mention

_SAME = re.compile(r"\b(?:same|that same|identical)\s+$|(?:同样|一样|相同|原来|刚才|之前)的?$")
_UNCHANGED = re.compile(
    r"\s*(?:(?:still |again )?(?:is |stays |remains )(?:still )?(?:the same|unchanged|as before)|as before)\b|"
    r"(?:还是|也|都|仍然?|依然)?(?:一样|不变|同上|照旧|相同|跟刚才一样|和刚才一样)"
)


def restated(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the requirements in force on fields said to stay as they are: "lamps instead, same budget", 预算一样."""
    said = {draft.field for draft in drafts}
    found: list[Draft] = []
    for mention in context.scene.mentions:
        names = {sense.field for sense in mention.having("field")} - said
        if names and _stays(context, mention):
            found += [
                Draft(row.field, row.op, row.value, mention.start, mention.end, row.unit, row.hard, row.scope)
                for row in context.ledger
                if row.field in names and row.group is None and row.op not in ("lowest", "highest")
            ]
    return found


def _stays(context: Context, mention: Mention) -> bool:
    text = context.scene.folded
    return bool(_SAME.search(text[: mention.start]) or _UNCHANGED.match(text[mention.end :]))


def not_of_the_kind(context: Context, drafts: list[Draft]) -> list[str]:
    """Return the fields in force that no item of a newly named kind has: a city does not go with shoes."""
    kind = context.lexicon.kind
    kinds = [d.value for d in drafts if d.field == kind and d.op == "==" and d.hard and isinstance(d.value, str)]
    if not kinds or any(row.field == kind and row.value in kinds for row in context.ledger):
        return []
    said = {draft.field for draft in drafts}
    held = dict.fromkeys(row.field for row in context.ledger if row.field not in said and row.scope is None)
    return [name for name in held if context.coverage.of(name, kinds) == 0.0]
