"""Sets of several kinds: one more beside those sought ("plus a lamp"), another item in the place of one (换个台灯)."""

from __future__ import annotations

import re

from .context import Context, Draft
from .polarity import targets_of
from .reading import Feedback
from .structure import is_kind, kind_mentions, kind_of

_BESIDE = re.compile(
    r"^\W*(?:(?:ok|okay|great|good|nice|perfect|then|now|yes|oh|好|好的|行|那|嗯)\W+)*"
    r"(?:and also|plus|also|in addition|on top of (?:that|it)|add)\b"
    r"|再(?:给我|帮我)?[加配搭]|外加|加上"
    r"|\b(?:too|as well|in addition|on top|to go with (?:it|them|that))\W*(?:please|then)?\W*$"
    r"|^\W*也(?:要|想要|来)|也(?:要|来)一"
)
_SWAP = re.compile(r"\b(?:another|(?:a )?different|swap|change|replace|not that|other)\b|换|别的|另一")
"""What is added to. "And a bottle of wine", 还要找个餐馆: that may be the next errand, with the last one done."""
_INSTEAD = re.compile(r"\binstead\b|\brather\b|换成|换个|改成|不要了")


def read_further(context: Context) -> list[Draft]:
    """Return the kinds that are wanted together from now on, where the message adds one to what is sought.

    What the message says beside goes with the new kind alone; what was said before stays with the earlier one.
    """
    kind, text = context.lexicon.kind, context.scene.folded
    rows = [row for row in context.ledger if row.field == kind and row.hard and row.op in ("==", "in")]
    if len(rows) != 1 or rows[0].group or not _BESIDE.search(text) or _INSTEAD.search(text):
        return []
    held = [str(one) for one in (rows[0].value if rows[0].op == "in" else [rows[0].value])]
    mentions = kind_mentions(context)
    named = {kind_of(context, mention) for mention in mentions}
    if len(named) != 1 or named <= set(held):
        return []
    value = named.pop()
    for mention in mentions:
        mention.dead = True
    for target in targets_of(context):
        if not is_kind(context, target):
            target.scope = f"kind:{value}"
    return [Draft(kind or "", "in", [*held, value], mentions[0].start, mentions[0].end, beside=True)]


def swap_in_set(context: Context) -> None:
    """Turn down the item of the set in whose place the message wants another of its kind; the set itself goes on."""
    kind = context.lexicon.kind
    held = {str(one) for row in context.ledger if row.field == kind and row.op == "in" for one in row.value}
    mentions = kind_mentions(context)
    named = {kind_of(context, mention) for mention in mentions}
    shown = [item for item in context.shown if str(item.values.get(kind or "")) in named]
    others = [item for item in context.shown if str(item.values.get(kind or "")) in held - named]
    if len(named) != 1 or not named < held or not shown or not others or not _SWAP.search(context.scene.folded):
        return
    for mention in mentions:
        mention.dead = True
    quote = context.scene.text[mentions[0].start : mentions[0].end]
    known = {one.item_id for one in context.feedback}
    context.feedback += [
        Feedback(kind="dismissed", item_id=item.id, quote=quote) for item in shown if item.id not in known
    ]
