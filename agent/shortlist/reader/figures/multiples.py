"""Bounds told as a part or a multiple of an item's own figure: "half the price", 便宜一半, "twice the battery"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist.reader.message import Context, Draft, Mention
from shortlist_tools.catalog import Item

_EN = re.compile(
    r"\b(?:(?P<half>half)|(?:a |one )?(?P<third>third)|(?:a |one )?(?P<quarter>quarter)|(?P<double>twice|double))"
    r"(?: of| as much| the| its| that| this| their| as)* "
)
_MONEY_EN = re.compile(r"(?:the )?money\b|off\b")
_HALF_PRICE = re.compile(
    r"半价|对折|五折|(?:减|砍|降|少|便宜|省)(?:掉|去|了|个|到)?(?:一半|50%)|一半(?:的)?(?:价|钱)"
    r"|\b(?:cut|slash) (?:it|that|this|them) in half\b|\bhalf (?:of )?(?:that|this)(?= (?:price|much|amount)?\W*$|\W*$)"
)
_PART_ZH = re.compile(r"(?:的|了|只要|只有|是|要|得|能|减|砍|降|少|低)*一半")
_TIMES_ZH = re.compile(r"(?:的|要|得|能)*(?:翻一?倍|[两双二]倍|[高多长大]?一倍)")
_OF_ZH = re.compile(r"(?:(?P<part>一半)|(?P<times>[两双二]倍))的?$")
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "double": 2.0}


def read_multiples(context: Context) -> list[Draft]:
    """Return the bounds that are a part or a multiple of what an item shown has, and use up the words for them.

    The item is the one pointed at, else the one under discussion, else the first shown; where it has no such figure, a
    bound of the ledger is what a part is taken of.
    """
    drafts: list[Draft] = []
    for start, end, name, factor in _told(context):
        base = _base(context, name)
        if base is None or any(draft.field == name for draft in drafts):
            continue
        value, unit = base
        drafts.append(Draft(name, "<=" if factor < 1 else ">=", round(value * factor, 2), start, end, unit=unit))
        for mention in context.scene.mentions:
            mention.dead = mention.dead or (mention.start < end and start < mention.end)
        for figure in context.figures:
            figure.dead = figure.dead or (figure.start < end and start < figure.end)
    return drafts


def _told(context: Context) -> Iterator[tuple[int, int, str, float]]:
    """Yield where a part or a multiple is told, of which field, and how much of it."""
    text, price = context.scene.folded, context.schema.roles.get("price")
    for match in _EN.finditer(text):
        factor = _PARTS[match.lastgroup or "half"]
        if price and factor < 1 and (money := _MONEY_EN.match(text, match.end())):
            yield match.start(), money.end(), price, factor
        for mention, name in _measures(context):
            if mention.start == match.end():
                yield match.start(), mention.end, name, factor
    for match in _HALF_PRICE.finditer(text) if price else ():
        yield match.start(), match.end(), price or "", 1 / 2
    for mention, name in _measures(context):
        if text[mention.start].isascii():
            continue
        if part := _PART_ZH.match(text, mention.end):
            yield mention.start, part.end(), name, 1 / 2
        elif times := _TIMES_ZH.match(text, mention.end):
            yield mention.start, times.end(), name, 2.0
        elif before := _OF_ZH.search(text[: mention.start]):
            yield before.start(), mention.end, name, 1 / 2 if before["part"] else 2.0


def _measures(context: Context) -> list[tuple[Mention, str]]:
    """Return the words that name a figure or a degree of one, each with the field."""
    found = []
    for mention in context.scene.live():
        senses = mention.having("field", "more", "less")
        names = [s.field for s in senses if context.field(s.field).kind in ("number", "money")]
        best = context.coverage.best(list(dict.fromkeys(names)), context.kinds()) if names else []
        if best:
            found.append((mention, best[0]))
    return found


def _base(context: Context, name: str) -> tuple[float, str | None] | None:
    """Return the figure that a part is taken of, with its unit where that is not the field's own."""
    for item in _candidates(context):
        value = item.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value), None
    for row in context.ledger:
        if row.field == name and row.op in ("<", "<=", ">", ">=") and isinstance(row.value, int | float):
            return float(row.value), row.unit
    return None


def _candidates(context: Context) -> list[Item]:
    names = [name for _, _, name in context.references] or ([context.focus] if context.focus else [])
    return [context.known[name] for name in names if name in context.known] or list(context.shown[:1])
