"""From words of degree to wishes and critiques: "cheapest", "not too heavy", "too long", 再便宜一点."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import Sense

from .adjectives import read_adjectives, read_best, says_of_another
from .comparison import Way, how_meant, is_remark, wish

_NOUN_BEFORE = re.compile(r"(?:^|\s)(?:a|an|the|this|that|your|my|some)\s$")
_NOUN_AFTER = re.compile(r"^(?:\s+(?:for|that|which|to|with|in|on|under|is|and|or)\b|\s*$|\s*[.,!?])")
_LIMITS = re.compile(r"(?:的)?(?:也|都|就|只|是|要|请|价格|价位)*")
_TIMES = frozenset({"later", "earlier", "sooner"})
_THEN = re.compile(r"\s*(?:[:,;.!]|$|\b(?:on|i|we|you|today|this|add|show|maybe|and|then|please|in (?:the|a|this))\b)")
_OF_A_THING = re.compile(
    r"(?:\b(?:something|anything|one|ones|released|published|made|is|are|any|even|much|bit|little|slightly|years?|"
    r"from))\s*$"
)
_SO = re.compile(r"(?:so|that|this|as|quite so|这么|那么|这样)\s*$")


def read_degrees(context: Context) -> list[Draft]:
    """Return the wishes and critiques that words of degree make."""
    drafts: list[Draft] = []
    for mention in list(context.scene.live()):
        senses = mention.having("more", "less")
        if not senses or _bounds_a_figure(context, mention):
            continue
        if says_of_another(context, mention, senses):
            continue
        sense = _sense(context, senses)
        if sense is not None and (draft := _draft(context, mention, sense)) is not None:
            drafts.append(
                replace(draft, hard=draft.hard and not mention.soft, scope=mention.scope, group=mention.group)
            )
    drafts += read_adjectives(context) + read_best(context)
    distinct: dict[tuple[str, str | None], Draft] = {}
    for draft in drafts:
        distinct.setdefault((draft.field, draft.scope), draft)
    return list(distinct.values())


def without_bounded(context: Context, wishes: list[Draft], bounds: list[Draft]) -> list[Draft]:
    """Return `wishes` without the vague ones that a figure of the same message makes precise ("cheap, under $50")."""
    bounded = {draft.field for draft in bounds}
    text = context.scene.folded

    def superlative(draft: Draft) -> bool:
        named = any(draft.start <= m.start < draft.end for m in context.field_mentions())
        return not named and bool(re.search(r"最|est\b|most\b|least\b", text[draft.start : draft.end]))

    return [w for w in wishes if w.field not in bounded or (w.op in ("lowest", "highest") and superlative(w))]


def _bounds_a_figure(context: Context, mention: Mention) -> bool:
    text = context.scene.folded
    return any(
        (f.start < mention.end and mention.start < f.end)
        or (mention.end <= f.start and f.quantity.op != "==" and _LIMITS.fullmatch(text[mention.end : f.start]))
        for f in context.figures
    )


def _sense(context: Context, senses: tuple[Sense, ...]) -> Sense | None:
    if len({s.field for s in senses}) == 1:
        return senses[0]
    names = context.coverage.best(dict.fromkeys(s.field for s in senses), context.kinds())
    named = [s.field for m in context.field_mentions() for s in m.senses if s.field in names]
    first = (named or names)[:1]
    return next((s for s in senses if s.field in first), None)


def _draft(context: Context, mention: Mention, sense: Sense) -> Draft | None:
    scene = context.scene
    way: Way = "more" if sense.part == "more" else "less"
    form, way, start, end, supported = how_meant(context, mention, sense.degree, way)
    if (
        _tells_when(context, mention)
        or (sense.weak and not supported)
        or (form == "plain" and is_remark(context, start, end))
    ):
        return None
    if sense.degree == "base" and form == "plain" and not mention.negated and _is_noun(context, mention):
        return None
    field = context.field(sense.field)
    if context.coverage.of(field.name, context.kinds()) == 0.0:
        if not scene.has("lasting"):
            return None
        field = context.field(context.coverage.instead(field.name, context.kinds()))
    if mention.negated and re.match(r"\s+enough\b", scene.folded[mention.end :]):
        return wish(context, field, way, "critique", start, end)
    if mention.negated and form != "sup":
        way = "less" if way == "more" else "more"
        form = (
            "critique"
            if form == "plain" and _SO.search(scene.folded[: mention.start])
            else "plain"
            if form == "plain" or scene.has("too", start=start, end=mention.start)
            else form
        )
        if scene.has("too", start=start, end=mention.start):
            way = "more" if sense.part == "less" else "less"
    return wish(context, field, way, form, start, end)


def _tells_when(context: Context, mention: Mention) -> bool:
    """Say whether "later" tells when somebody does something ("later: a lantern", "I'll add it later")."""
    text = context.scene.folded
    if text[mention.start : mention.end] not in _TIMES:
        return False
    then = _THEN.match(text, mention.end)
    of_a_thing = _OF_A_THING.search(text[: mention.start]) and not (then and then.group().strip() in (":", ","))
    return bool(then and not of_a_thing)


def _is_noun(context: Context, mention: Mention) -> bool:
    text = context.scene.folded
    if not text[mention.start].isascii() or " " in text[mention.start : mention.end]:
        return False
    return bool(_NOUN_BEFORE.search(text[: mention.start]) and _NOUN_AFTER.match(text[mention.end :]))
