"""Adjectives that say high or low of whatever field is named beside them: "high capacity", 评分高."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import Sense, general_words
from shortlist_tools.catalog import Field

from .comparison import Way, field_beside, how_meant, is_remark, turned, wish

_ASKS_HOW = re.compile(r"^[多几]|.?多[少久长大重高贵钱]")

_COMPARATIVES = frozenset(
    [
        "more",
        "higher",
        "longer",
        "larger",
        "bigger",
        "greater",
        "stronger",
        "less",
        "lower",
        "shorter",
        "smaller",
        "better",
        "worse",
        "increased",
        "reduced",
        "更高",
    ]
)

_SUPERLATIVES = frozenset(
    [
        "highest",
        "longest",
        "largest",
        "biggest",
        "greatest",
        "maximum",
        "max",
        "lowest",
        "shortest",
        "smallest",
        "minimum",
        "least",
        "fewest",
        "best",
        "worst",
        "most",
    ]
)

_BEST = re.compile(
    r"\b(?:best|top|finest)\s+(?:(?:\d{1,2}|two|three|four|five|six|ten)\s+)?$"
    r"|(?<!得)最(?:好|棒|佳)的(?:[\d两二三四五六七八九十][个款种件双副台盏瓶本])?$"
)


def read_adjectives(context: Context) -> list[Draft]:
    """Return the wishes of adjectives that say high or low of the field named beside them."""
    scene = context.scene
    drafts = []
    for found in general_words().generic.scan(scene.folded):
        if (
            _ASKS_HOW.match(scene.folded[max(0, found.start - 1) : found.end + 1])
            or context.is_dead(found.start)
            or scene.has_around("absorb", found.start, found.end)
        ):
            continue
        if any(
            m.start < found.end
            and found.start < m.end
            and not (m.having("more", "less") and says_of_another(context, m, m.having("more", "less")))
            for m in scene.live()
            if m.having("value", "flag", "more", "less")
        ):
            continue
        if any(f.start < found.end and found.start < f.end for f in context.figures):
            continue
        mention = field_beside(context, found.start, found.end)
        if mention is None:
            continue
        numeric = [s for s in mention.having("field") if context.field(s.field).kind in ("number", "money", "date")]
        names = context.coverage.best([s.field for s in numeric], context.kinds())
        if not names:
            continue
        field = context.field(names[0])
        way = _way_of(field, found.payload)
        if way is None:
            continue
        negated = any(
            not scene.folded[m.end : found.start].strip() or m.end <= found.start <= m.end + 4
            for m in scene.marked("not", end=found.start)
            if m.end > mention.start - 8
        )
        word = Mention(found.start, found.end, (), negated=negated)
        degree = (
            "comp"
            if scene.folded[found.start : found.end] in _COMPARATIVES
            else "sup"
            if scene.folded[found.start : found.end] in _SUPERLATIVES
            else "base"
        )
        form, way, start, end, _ = how_meant(context, word, degree, way)
        if form == "plain" and is_remark(context, found.start, found.end):
            continue
        if negated and form == "plain":
            way = turned(way, turn=True)
        draft = wish(context, field, way, form, min(start, mention.start), max(end, mention.end))
        if draft is not None:
            drafts.append(replace(draft, scope=mention.scope))
    return drafts


def read_best(context: Context) -> list[Draft]:
    """Return the wish for a high rating of "the best headphones": nothing says best at what."""
    rating, kind = context.schema.role("rating"), context.lexicon.kind
    for mention in context.scene.live() if rating else ():
        lead = _BEST.search(context.scene.folded[: mention.start])
        if (
            lead
            and rating
            and not mention.negated
            and any(s.field == kind and s.part == "value" for s in mention.senses)
        ):
            return [Draft(rating.name, "highest", None, lead.start(), mention.start, hard=False)]
    return []


def _way_of(field: Field, classes: frozenset[str]) -> Way | None:
    if "up" in classes:
        return "more"
    if "down" in classes:
        return "less"
    if field.better is None:
        return None
    good: Way = "more" if field.better == "higher" else "less"
    return good if "good" in classes else turned(good, turn=True)


def says_of_another(context: Context, mention: Mention, senses: tuple[Sense, ...]) -> bool:
    """Say whether a general adjective speaks of another field named before it: 续航越长 is no long duration."""
    if general_words().generic.get(context.scene.folded[mention.start : mention.end]) is None:
        return False
    beside = field_beside(context, mention.start, mention.end)
    if beside is None or beside.start > mention.start:
        return False
    return {s.field for s in beside.having("field")}.isdisjoint(s.field for s in senses)
