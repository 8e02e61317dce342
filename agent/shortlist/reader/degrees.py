"""From words of degree to wishes and critiques: "cheapest", "not too heavy", "too long", 再便宜一点."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from shortlist_tools.catalog import Field, Item

from .context import Context, Draft
from .lexicon import Sense
from .scene import Mention
from .words import general_words

Way = Literal["more", "less"]
Form = Literal["plain", "critique", "sup"]
_BIT_AFTER = re.compile(r"^(?:得)?(?:一点点?|一些|点儿?|些|一丢丢)")
_COMPLAINT_AFTER = re.compile(r"^了(?:点|些|一点|一些)?(?=$|[^\u4e00-\u9fff]|的)|^了点|^了些")
_OF_AFTER = re.compile(r"^(?:的|得)?(?=$|[^\u4e00-\u9fff]|的|和|又|且)")
_NOUN_BEFORE = re.compile(r"(?:^|\s)(?:a|an|the|this|that|your|my|some)\s$")
_NOUN_AFTER = re.compile(r"^(?:\s+(?:for|that|which|to|with|in|on|under|is|and|or)\b|\s*$|\s*[.,!?])")
_GAP = re.compile(
    r"^(?:的|要|得|尽量|可以|能|最好|不要|别|不|是|有|is|are|should be|must be|to be|that's|with|a|an|\s)*$"
)
_THAN_ZH = re.compile(r"比(?!较|例|如|赛)[^,。!?;，！？；]{1,16}$")
_ASKS_HOW = re.compile(r"^[多几]|.?多[少久长大重高贵]")
_SO = re.compile(r"(?:so|that|this|as|quite so|这么|那么|这样)\s*$")


def read_degrees(context: Context) -> list[Draft]:
    """Return the wishes and critiques that words of degree make."""
    drafts: list[Draft] = []
    for mention in list(context.scene.live()):
        senses = mention.having("more", "less")
        if not senses or _bounds_a_figure(context, mention):
            continue
        if _says_of_another(context, mention, senses):
            continue
        sense = _sense(context, senses)
        if sense is not None and (draft := _draft(context, mention, sense)) is not None:
            drafts.append(
                replace(draft, hard=draft.hard and not mention.soft, scope=mention.scope, group=mention.group)
            )
    drafts += _generic(context) + _best_of_kind(context)
    distinct: dict[str, Draft] = {}
    for draft in drafts:
        distinct.setdefault(draft.field, draft)
    return list(distinct.values())


def without_bounded(context: Context, wishes: list[Draft], bounds: list[Draft]) -> list[Draft]:
    """Return `wishes` without the vague ones that a figure of the same message makes precise ("cheap, under $50")."""
    bounded = {draft.field for draft in bounds}
    text = context.scene.folded

    def superlative(draft: Draft) -> bool:
        named = any(draft.start <= m.start < draft.end for m in context.field_mentions())
        return not named and bool(re.search(r"最|est\b|most\b|least\b", text[draft.start : draft.end]))

    return [w for w in wishes if w.field not in bounded or (w.op in ("lowest", "highest") and superlative(w))]


_REMARK_AFTER = re.compile(r"^(?:[吗么呢啊呀嘛哦诶啦]|了?一?点?[,，]?(?:啊|呀|呢))")
_REMARK_BEFORE = re.compile(r"(?:还挺|好)$")


def _is_remark(context: Context, start: int, end: int) -> bool:
    """Say whether a Chinese adjective is exclaimed or asked about, not wished for: 评分高吗, 时间还挺久呢."""
    text = context.scene.folded
    if text[start].isascii():
        return False
    return bool(_REMARK_AFTER.match(text[end:]) or _REMARK_BEFORE.search(text[:start]))


def _bounds_a_figure(context: Context, mention: Mention) -> bool:
    return any(f.start < mention.end and mention.start < f.end for f in context.figures)


def _says_of_another(context: Context, mention: Mention, senses: tuple[Sense, ...]) -> bool:
    """Say whether a general adjective speaks of another field named before it: 续航越长 is no long duration."""
    if general_words().generic.get(context.scene.folded[mention.start : mention.end]) is None:
        return False
    beside = _field_beside(context, mention.start, mention.end)
    if beside is None or beside.start > mention.start:
        return False
    return {s.field for s in beside.having("field")}.isdisjoint(s.field for s in senses)


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
    form, way, start, end, supported = _form(context, mention, sense.degree, way)
    if (sense.weak and not supported) or (form == "plain" and _is_remark(context, start, end)):
        return None
    if sense.degree == "base" and form == "plain" and _is_noun(context, mention):
        return None
    field = context.field(sense.field)
    if context.coverage.of(field.name, context.kinds()) == 0.0:
        return None
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


def _form(context: Context, mention: Mention, degree: str, way: Way) -> tuple[Form, Way, int, int, bool]:
    """Return how a word of degree is meant, which way, where its words stand, and whether other words support it."""
    scene = context.scene
    text, start, end = scene.folded, mention.start, mention.end
    near = [m for m in scene.markers if m.end <= start and not text[m.end : start].strip()]
    classes: frozenset[str] = near[-1].classes if near else frozenset()
    if near:
        start = near[-1].start
    after = text[mention.end :]
    if degree == "sup" or "most" in classes or "least" in classes:
        return "sup", _turned(way, turn="least" in classes), start, end, True
    if degree == "comp" or classes & {"more"} or _THAN_ZH.search(text[:start]):
        return "critique", way, start, end, True
    if "less" in classes:
        return "critique", _turned(way, turn=True), start, end, True
    if "enough" in classes:
        return "critique", way, start, end, True
    if bit := _BIT_AFTER.match(after):
        complaint = "too" in classes
        return "critique", _turned(way, turn=complaint), start, end + bit.end(), True
    if "too" in classes or _COMPLAINT_AFTER.match(after):
        return "critique", _turned(way, turn=True), start, end, True
    supported = (
        "very" in classes
        or mention.negated
        or _attributive(context, mention)
        or bool(_OF_AFTER.match(after) and not text[mention.start].isascii())
    )
    if (
        context.shown
        and not mention.negated
        and not text[mention.start].isascii()
        and after.startswith("的")
        and not _names_kind(context, mention)
    ):
        return "critique", way, start, end, supported
    return "plain", way, start, end, supported


def _names_kind(context: Context, mention: Mention) -> bool:
    """Say whether a kind of item is named after the adjective, so that it asks anew instead of comparing."""
    kind = context.lexicon.kind
    return any(
        m.start >= mention.end and s.field == kind and s.part == "value" for m in context.scene.live() for s in m.senses
    )


def _attributive(context: Context, mention: Mention) -> bool:
    """Say whether an adjective stands right before a kind of item: "a big backpack", 大背包."""
    text, kind = context.scene.folded, context.lexicon.kind
    if text[mention.start : mention.end] in general_words().never_base:
        return False
    own = {s.field for s in mention.senses}
    return any(
        m.start >= mention.end
        and not text[mention.end : m.start].strip()
        and any((s.field == kind and s.part == "value") or (s.field in own and s.part == "field") for s in m.senses)
        for m in context.scene.live()
    )


def _turned(way: Way, *, turn: bool) -> Way:
    return ("less" if way == "more" else "more") if turn else way


def _is_noun(context: Context, mention: Mention) -> bool:
    text = context.scene.folded
    if not text[mention.start].isascii() or " " in text[mention.start : mention.end]:
        return False
    return bool(_NOUN_BEFORE.search(text[: mention.start]) and _NOUN_AFTER.match(text[mention.end :]))


def wish(context: Context, field: Field, way: Way, form: Form, start: int, end: int) -> Draft | None:
    """Return a bound against the items shown for a critique, else a soft wish for more or less of the field."""
    if form == "critique":
        values = [value for item in compared(context, start) if (value := item.values.get(field.name)) is not None]
        if values and field.kind in ("number", "money", "date"):
            return Draft(
                field.name, ">" if way == "more" else "<", max(values) if way == "more" else min(values), start, end
            )
    if field.kind not in ("number", "money", "date"):
        return None
    return Draft(field.name, "highest" if way == "more" else "lowest", None, start, end, hard=False)


def compared(context: Context, at: int) -> list[Item]:
    """Return the shown items a critique at a position compares with: those its clause points at, else any, else all."""
    number = context.scene.clause_at(at)
    near = {name for start, _, name in context.references if context.scene.clause_at(start) == number}
    chosen = near or {name for _, _, name in context.references}
    return [item for item in context.shown if item.id in chosen] or list(context.shown)


def _generic(context: Context) -> list[Draft]:
    """Return the wishes of adjectives that say high or low of the field named beside them."""
    scene = context.scene
    drafts = []
    for found in general_words().generic.scan(scene.folded):
        if _ASKS_HOW.match(scene.folded[max(0, found.start - 1) : found.end + 1]) or context.is_dead(found.start):
            continue
        if any(
            m.start < found.end
            and found.start < m.end
            and not (m.having("more", "less") and _says_of_another(context, m, m.having("more", "less")))
            for m in scene.live()
            if m.having("value", "flag", "more", "less")
        ):
            continue
        if any(f.start < found.end and found.start < f.end for f in context.figures):
            continue
        mention = _field_beside(context, found.start, found.end)
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
        form, way, start, end, _ = _form(context, word, degree, way)
        if form == "plain" and _is_remark(context, found.start, found.end):
            continue
        if negated and form == "plain":
            way = _turned(way, turn=True)
        draft = wish(context, field, way, form, min(start, mention.start), max(end, mention.end))
        if draft is not None:
            drafts.append(draft)
    return drafts


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


_BEST = re.compile(r"\b(?:best|top|finest)\s+$|最(?:好|棒|佳)的$")


def _best_of_kind(context: Context) -> list[Draft]:
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
    return good if "good" in classes else _turned(good, turn=True)


def _field_beside(context: Context, start: int, end: int) -> Mention | None:
    scene = context.scene
    for mention in context.field_mentions():
        if mention.start >= end and not scene.folded[end : mention.start].strip(" 的"):
            return mention
        if mention.end <= start and start - mention.end <= 12:
            gap = scene.folded[mention.end : start]
            marked = "".join(
                gap[i] for i in range(len(gap)) if not any(m.start <= mention.end + i < m.end for m in scene.markers)
            )
            if _GAP.match(marked) and scene.clause_at(mention.start) == scene.clause_at(start):
                return mention
    return None
