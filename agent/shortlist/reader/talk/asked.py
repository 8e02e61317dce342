"""Which fields a question about an item asks for: by their names, by "how heavy" and 多重, by roles of the schema."""

from __future__ import annotations

import itertools
import re

from shortlist.reader.figures import PEOPLE, asked_neighbours
from shortlist.reader.message import Context
from shortlist_tools.catalog import Role

_ASKED_ROLES: dict[Role, tuple[str, ...]] = {
    "price": (
        "how much",
        "多少钱",
        "多钱",
        "几多钱",
        "贵多少",
        "便宜多少",
        "差多少钱",
        "差价",
        "要不要钱",
        "要钱吗",
        "收费吗",
        "收不收费",
        "多贵",
        "how expensive",
        "什么价",
        "怎么卖",
    ),
    "released": (
        "come out",
        "came out",
        "when was",
        "when were",
        "how new",
        "什么时候出",
        "哪年出",
        "什么时候上",
        "哪年上",
    ),
    "rating": ("how good", "评价怎么样", "口碑怎么样"),
    "brand": (
        "who makes",
        "who made",
        "what make",
        "what brand",
        "which brand",
        "哪个牌子",
        "什么牌子",
        "哪家的",
        "什么品牌",
        "哪个品牌",
    ),
}
_WHERE_MADE = re.compile(
    r"where(?:'s| is| are| was| were| does| do) .{1,20}?(?:made|produced|manufactured|from)\b|"
    r"哪里?(?:产|生产|出产)的?|产自哪"
)
_HOW_MANY_PEOPLE = (
    "how many people", "how many players", "how many can", "how many of us", "more people", "more players",
    "fewer people", "几个人", "几人", "多少人", "更多人",
)  # fmt: skip
_WHAT_AGE = ("what age", "which age", "how old", "how young", "几岁", "多大年纪", "多大的孩子")


_AND = re.compile(r"(?:,\s*)?\b(?:and|as well as|plus)\b|[,，、;；?？]|以及|还有|和")
"""What stands between things that are asked for at once."""
_HOW_MUCH_OF = re.compile(r"\bhow much (?:does|do|did|will|would|can)\b")


def asked_fields(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Return the fields a question about an item asks for, in the order of the words; each of several that it joins."""
    text = context.scene.folded[start : end + 1]
    cuts = [start, *(start + joint.start() for joint in _AND.finditer(text)), end]
    found = [_asked_in(context, left, right) for left, right in itertools.pairwise(cuts) if left < right]
    return tuple(dict.fromkeys(name for names in found for name in names)) or _asked_in(context, start, end)


def _asked_in(context: Context, start: int, end: int) -> tuple[str, ...]:
    scene = context.scene
    inside = [m for m in scene.mentions if start <= m.start < end and m.senses]
    senses = [m.senses[0] for m in inside if not any(t.start <= m.start and m.end <= t.end for t in context.titles)]
    named = [s.field for s in senses if s.field != context.lexicon.kind and s.part in ("field", "value", "flag")]
    named += asked_neighbours(context, start, end)
    graded = [s.field for s in senses if s.part in ("more", "less")]
    degrees = [f for phrase, f in _how(context, start, end) if phrase in scene.folded[start : end + 1]]
    aged = any(start <= f.start < end and f.quantity.dimension == "age" for f in context.figures)
    named += [f.name for f in context.schema.fields if aged and f.unit == "year_old"]
    if not named:
        named = [context.coverage.instead(field, context.kinds()) for field in (degrees or graded)]
    elif degrees and context.field(degrees[0]).kind == "money":
        # "How much does it weigh" asks for no price.
        measured = _HOW_MUCH_OF.search(scene.folded[start:end]) and context.field(named[0]).kind == "number"
        named += [] if measured else degrees
    elif degrees and _WHERE_MADE.search(scene.folded[start:end]):
        named = degrees
    return tuple(dict.fromkeys(named))


def _how(context: Context, start: int, end: int) -> list[tuple[str, str]]:
    """Return "how heavy" and 多重 with the fields they ask for."""
    found = []
    text = context.scene.folded[: end + 1]
    for role, phrases in _ASKED_ROLES.items():
        field = context.schema.role(role)
        found += [(phrase, field.name) for phrase in phrases if field]
    if where := _WHERE_MADE.search(text):
        found += [(where.group(), s.field) for s in context.lexicon.phrases.get("made in") or () if s.part == "field"]
    people = [f.name for f in context.schema.fields if f.unit in PEOPLE]
    found += [(phrase, name) for phrase in _HOW_MANY_PEOPLE if "多少人民币" not in text for name in people]
    ages = [f.name for f in context.schema.fields if f.unit == "year_old"]
    found += [(phrase, name) for phrase in _WHAT_AGE for name in ages]
    for lead in ("how ", "多"):
        at = text.find(lead, start)
        if not 0 <= at < len(text) - len(lead):
            continue
        for one in context.lexicon.phrases.at(text, at + len(lead)):
            names = [s.field for s in one.payload if s.part in ("more", "less")]
            found += [(lead + text[one.start : one.end], name) for name in names[:1]]
    return found
