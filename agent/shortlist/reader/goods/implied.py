"""The kind of item a message means without naming it: of what it starts from, by a field, or what broke."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft
from shortlist.reader.stance import wants_alike


def kind_of_reference(context: Context, references: list[tuple[int, int, str]], drafts: list[Draft]) -> list[Draft]:
    """Return the kind of the item a request starts from: "the second one but in black" wants things like it."""
    kind = context.lexicon.kind
    told = {one.item_id for one in context.feedback} if wants_alike(context) else set()
    held = any(row.field == kind for row in context.ledger)
    if kind is None or not (drafts or (told and not held)) or any(d.field == kind for d in drafts):
        return []
    text = context.scene.folded
    for start, end, name in references:
        item = context.known.get(name)
        value = item.values.get(kind) if item else None
        if value is not None and name in told and not held:
            return [Draft(kind, "==", value, start, end)]
        if (
            value is not None
            and not _THAN.search(text[:start])
            and (_LIKE.search(text[:start]) or _BUT.match(text[end:]) or _PRAISED.match(text[end:]))
        ):
            return [Draft(kind, "==", value, start, end)]
    return []


def implied_kind(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the one kind of item that has a field asked for, where the kind talked about has no such thing."""
    kind = context.lexicon.kind
    if kind is None or any(d.field == kind for d in drafts):
        return []
    held = [row for row in context.ledger if row.field == kind and row.op == "=="]
    for draft in drafts if held else ():
        having = context.coverage.kinds_having(draft.field)
        if draft.scope is None and len(having) == 1 and having[0] != held[0].value:
            return [Draft(kind, "==", having[0], draft.start, draft.end)]
    return []


def replaced_kind(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the kind of what broke or was lost, where a wish goes on from there without naming a kind."""
    kind, text = context.lexicon.kind, context.scene.folded
    lost = _LOST.search(text)
    if kind is None or lost is None or any(d.field == kind for d in drafts) or not _WANTS.search(text):
        return []
    for mention in context.scene.mentions:
        value = next((s.value for s in mention.having("value") if s.field == kind), None)
        if value is not None and mention.dead and not mention.negated and not text[mention.end :].startswith("'s"):
            return [Draft(kind, "==", value, mention.start, mention.end)]
    return []


_LOST = re.compile(
    r"\b(?:broke(?:n)?|died|dead|lost|stolen|wore out|worn out|gave up|gave out|fell apart|stopped working|kaput|"
    r"doesn't work|don't work)\b|坏|丢|破|碎|断|报废|老化|不行了|用不了|不能用"
)
_WANTS = re.compile(
    r"\b(?:need|want|looking|find|recommend|suggest|replace|replacement|new|get|buy)\b|想|要|买(?![的了过])|换|推荐|求|找"
)
_THAN = re.compile(r"(?:\bthan\s*|比)$")
_LIKE = re.compile(r"(?:(?<!\bi )(?<!\bwe )(?<!really )(?<!'d )\blike\s*|\bsimilar to\s*|\bsame as\s*|像|类似|跟|和)$")
_BUT = re.compile(
    r"^\s*,?\s*(?:but|except|only|just|in|with|without|那样|一样|这样|那种|但|不过|只是|可是|就是|换|要|,要|的?话|"
    r"的[^,。]{1,6}[版款])"
)


_PRAISED = re.compile(
    r"^\s*(?:one |pair )?(?:(?:is|'s|looks?|seems?|would be|was|sounds?|feels?)\b[^.!?,;]{0,30}|可以|不错|"
    r"挺[好不]?[^,。]{0,3}|还行|很好|还可以|[^,。]{0,2}喜欢)"
    r"[了吧啊呀,，;\s.]*(?:but|just|only|except|though|can i|could i|can you|could you|do you have|get me|give me|"
    r"have you got|is there|"
    r"but i|i just|i'd|但|不过|就是|只是|可是|我?想要|我?要|能不能|有没有|可不可以|换)"
)
