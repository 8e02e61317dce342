"""How a word of degree is meant: as a wish, as a critique of what was shown, or as the most or least of all."""

from __future__ import annotations

import re
from typing import Literal

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import general_words
from shortlist_tools.catalog import SLATE, Field, Item

Way = Literal["more", "less"]

Form = Literal["plain", "critique", "sup"]

_BIT_AFTER = re.compile(r"^(?:得)?(?:一点点?|一些|点儿?|些|一丢丢)")

_COMPLAINT_AFTER = re.compile(r"^了(?:点|些|一点|一些)?(?=$|[^\u4e00-\u9fff]|的)|^了点|^了些")

_OF_AFTER = re.compile(r"^(?:的|得)?(?=$|[^\u4e00-\u9fff]|的|和|又|且)")

_OF_FIELD = re.compile(r"[\s的]*(?:(?:on|in) (?:the |its )?)?")

_GAP = re.compile(
    r"^(?:的|要|得|尽量|可以|能|最好|不要|别|不|是|有|is|are|should be|must be|to be|that's|with|the|a|an|\s)*$"
)

_THAN_ZH = re.compile(r"比(?!较|例|如|赛)[^,。!?;，！？；]{1,16}$")

_STILL = re.compile(
    r"(?:还是|还|仍然?|依然|依旧)(?:有点|有些|挺|蛮|好|很|那么|这么)?$"
    r"|\b(?:still|kinda|a bit|a little)\s+(?:so |very |rather )?$"
)
_SAYS_NO_MORE = re.compile(r"^[了啊呀哦啦诶呢吧]*\W*$")
"""What was found fault with before is as it was: 还是贵, "still expensive"."""

_REMARK_AFTER = re.compile(r"^(?:[吗么呢啊呀嘛哦诶啦]|了?一?点?[,，]?(?:啊|呀|呢))")

_REMARK_BEFORE = re.compile(r"(?:还挺|好)$")


def how_meant(context: Context, mention: Mention, degree: str, way: Way) -> tuple[Form, Way, int, int, bool]:
    """Return how a word of degree is meant, which way, where its words stand, and whether other words support it."""
    scene = context.scene
    text, start, end = scene.folded, mention.start, mention.end
    whole = next((m for m in scene.marked("insufficient") if m.start < start and end <= m.end), None)
    if whole is not None and degree == "base":
        return "critique", turned(way, turn=True), whole.start, whole.end, True
    near = [m for m in scene.markers if m.end <= start and not text[m.end : start].strip()]
    classes: frozenset[str] = near[-1].classes if near else frozenset()
    if near:
        start = near[-1].start
    after = text[mention.end :]
    if degree == "sup" or "most" in classes or "least" in classes:
        return "sup", turned(way, turn="least" in classes), start, end, True
    if degree == "comp" or classes & {"more"} or _THAN_ZH.search(text[:start]):
        return "critique", way, start, end, True
    if "less" in classes:
        return "critique", turned(way, turn=True), start, end, True
    if "enough" in classes:
        return "critique", way, start, end, True
    if bit := _BIT_AFTER.match(after):
        complaint = "too" in classes
        return "critique", turned(way, turn=complaint), start, end + bit.end(), True
    still = bool(context.shown) and _STILL.search(text[: mention.start]) and _SAYS_NO_MORE.match(after)
    if still or "too" in classes or _COMPLAINT_AFTER.match(after):
        return "critique", turned(way, turn=True), start, end, True
    supported = (
        "very" in classes
        or (mention.negated and (mention.end - mention.start > 1 or bool(_OF_AFTER.match(after))))
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


def turned(way: Way, *, turn: bool) -> Way:
    """Return the way, or the other one where it takes a `turn`."""
    return ("less" if way == "more" else "more") if turn else way


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


def _names_kind(context: Context, mention: Mention) -> bool:
    """Say whether a kind of item is named after the adjective, so that it asks anew instead of comparing."""
    kind = context.lexicon.kind
    return any(
        m.start >= mention.end and s.field == kind and s.part == "value" for m in context.scene.live() for s in m.senses
    )


def wish(context: Context, field: Field, way: Way, form: Form, start: int, end: int) -> Draft | None:
    """Return a bound against the items shown for a critique, else a soft wish for more or less of the field."""
    if form == "critique":
        values = [value for item in compared(context, start) if (value := item.values.get(field.name)) is not None]
        if values and _scope_at(context, start) == SLATE:
            values = [sum(values)]
        if way == "less" and field.low is not None and field.kind in ("number", "money"):
            values = [value for value in values if value > field.low]  # nothing is less than the least there is
        if values and field.kind in ("number", "money", "date"):
            return Draft(
                field.name, ">" if way == "more" else "<", max(values) if way == "more" else min(values), start, end
            )
    if field.kind not in ("number", "money", "date"):
        return None
    return Draft(field.name, "highest" if way == "more" else "lowest", None, start, end, hard=False)


def compared(context: Context, at: int) -> list[Item]:
    """Return the shown items a critique at a position compares with: those its clause points at, else any, else all.

    What is said of one kind or part of a set compares with the items of that.
    """
    if context.part:
        return list(context.part)
    number = context.scene.clause_at(at)
    near = {name for start, _, name in context.references if context.scene.clause_at(start) == number}
    chosen = near or {name for _, _, name in context.references}
    scope = _scope_at(context, at)
    kind, of_kind = context.lexicon.kind or "", scope.removeprefix("kind:")
    same = [item for item in context.shown if scope and str(item.values.get(kind)) == of_kind]
    pointed = [item for item in context.shown if item.id in chosen] or list(context.shown)
    talked = context.talked()
    return same or pointed or ([talked] if talked else [])


def _scope_at(context: Context, at: int) -> str:
    """Return what part of a set the word of degree at a position, or the next one, speaks of."""
    return next((m.scope for m in context.scene.mentions if m.end > at and _compares(m)), None) or ""


def _compares(mention: Mention) -> bool:
    """Say whether a mention is a word of degree, or names the field of a part of a set: "spend less on the lamp"."""
    return bool(mention.having("more", "less") or (mention.scope and mention.having("field")))


def is_remark(context: Context, start: int, end: int) -> bool:
    """Say whether a Chinese adjective is exclaimed or asked about, not wished for: 评分高吗, 时间还挺久呢."""
    text = context.scene.folded
    if text[start].isascii():
        return False
    return bool(_REMARK_AFTER.match(text[end:]) or _REMARK_BEFORE.search(text[:start]))


def field_beside(context: Context, start: int, end: int) -> Mention | None:
    r"""Return the field\'s name that an adjective stands beside, before it or after it, or None."""
    scene = context.scene
    for mention in context.field_mentions():
        if mention.start >= end and _OF_FIELD.fullmatch(scene.folded[end : mention.start]):
            return mention
        if mention.end <= start and start - mention.end <= 12:
            gap = scene.folded[mention.end : start]
            marked = "".join(
                gap[i] for i in range(len(gap)) if not any(m.start <= mention.end + i < m.end for m in scene.markers)
            )
            if _GAP.match(marked) and scene.clause_at(mention.start) == scene.clause_at(start):
                return mention
    return None
