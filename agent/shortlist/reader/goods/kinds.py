"""Where a message names kinds of items."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Mention
from shortlist.reader.stance import Target, value_sense

_FEATURE = re.compile(
    r"(?:有没有|带不带|[自附能]?带|有)(?P<zh>[^,。!?;的]{1,6})的(?=[吗么嘛呢]|$|[,。!?;])"
    r"|\b(?:ones?|any|anything|something|that|it|pair|model) (?:with|has|have|having|comes with) "
    r"(?:an? |some |the |its own |built[- ]in )*(?P<en>[a-z]+(?: [a-z]+)?)\b"
)
"""What is wanted of a thing that is sought already: 有没有带灯的, any with lights."""


def kind_mentions(context: Context) -> list[Mention]:
    """Return where the message names kinds of items that are wanted."""
    kind = context.lexicon.kind
    found = [m for m in context.scene.live() if m.having("value", "flag") and not m.negated]
    return [m for m in found if (sense := value_sense(context, m)) and sense.field == kind]


def mark_features(context: Context) -> None:
    """Rule out the names of kinds that only say what the thing sought is to have: 有没有RGB灯的, of headphones."""
    rows = [row for row in context.ledger if row.field == context.lexicon.kind and row.op in ("==", "in")]
    held = {value for row in rows for value in ([row.value] if isinstance(row.value, str) else row.value)}
    for match in _FEATURE.finditer(context.scene.folded) if held else ():
        start, end = match.span("zh" if match["zh"] else "en")
        for mention in kind_mentions(context):
            if start <= mention.start and mention.end <= end and kind_of(context, mention) not in held:
                mention.dead = start < mention.start or bool(match["en"]) or "带" in match.group()


def kind_of(context: Context, mention: Mention) -> str:
    """Return the kind that a mention names."""
    sense = value_sense(context, mention)
    return sense.value or "" if sense else ""


def is_kind(context: Context, target: Target) -> bool:
    """Say whether a target names a kind of item."""
    return isinstance(target, Mention) and any(
        s.field == context.lexicon.kind and s.part == "value" for s in target.senses
    )
