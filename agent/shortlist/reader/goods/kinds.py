"""Where a message names kinds of items."""

from __future__ import annotations

from shortlist.reader.message import Context, Mention
from shortlist.reader.stance import Target, value_sense


def kind_mentions(context: Context) -> list[Mention]:
    """Return where the message names kinds of items that are wanted."""
    kind = context.lexicon.kind
    found = [m for m in context.scene.live() if m.having("value", "flag") and not m.negated]
    return [m for m in found if (sense := value_sense(context, m)) and sense.field == kind]


def kind_of(context: Context, mention: Mention) -> str:
    """Return the kind that a mention names."""
    sense = value_sense(context, mention)
    return sense.value or "" if sense else ""


def is_kind(context: Context, target: Target) -> bool:
    """Say whether a target names a kind of item."""
    return isinstance(target, Mention) and any(
        s.field == context.lexicon.kind and s.part == "value" for s in target.senses
    )
