"""Figures that are wanted to be nothing: without alcohol, 无酒精的, "zero drop", "no battery"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import is_chinese
from shortlist_tools.catalog import Field
from shortlist_tools.text import dimension, key_of

_NOTHING = re.compile(r"\b(?:no|non|not|without|zero|free|0|\w+n't)\b|0%|[不别无没零0去脱免]")
_LEAD_EN = re.compile(
    r"(?:\b(?:no|without|free (?:of|from)|zero(?: percent)?|(?<![\d.])0 ?%?|"
    r"(?:not|\w+n't) (?:have|contain|include|want)) (?:any |added |an? |the )*|\bnon[- ]?)$"
)
_TAIL_EN = re.compile(r"[- ]free\b|:? (?:of )?(?:0(?![\d.])|zero\b|nothing\b)")
_LEAD_ZH = re.compile(
    r"(?:不含有?|不带|不要[带含]?|别[带含]|不想要|不加|无|(?<!有)没有?|零|(?<![\d.])0%?|〇|去|脱|免)"
    r"(?:任何|一点)?的?$"
)
_TAIL_ZH = re.compile(r"(?:成分|含量|浓度|度数?)?(?:为|是|要|得)?(?:零|0(?![\d.])|〇)%?")
_WORD = re.compile(r"[a-z]{3,}")
_MEASURE_ZH = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:含量|浓度|度|量|值|数)$")
"""The end of a field's Chinese name that only says that it is measured: 酒精, of 酒精度."""
_OF_TIME = re.compile(r"(?:没有?|无)$")
"""Who has no time is not looking for what takes none."""


def read_without(context: Context) -> list[Draft]:
    """Return what must be nothing, or as little as there is, of a number that items of the kind have."""
    if not _NOTHING.search(context.scene.folded):
        return []
    found: dict[str, Draft] = {}
    kinds = context.kinds()
    for field, start, end in _named(context):
        if field.name in found or context.is_dead(start) or (kinds and not context.coverage.of(field.name, kinds)):
            continue
        op, value = context.coverage.nothing_of(field.name, kinds)
        found[field.name] = Draft(field.name, op, value, start, end, hard=op != "lowest")
        for figure in context.figures:
            figure.dead = figure.dead or (figure.start < end and start < figure.end)
        for mention in context.scene.mentions:
            mention.dead = mention.dead or (mention.start < end and start < mention.end)
    return list(found.values())


def _named(context: Context) -> Iterator[tuple[Field, int, int]]:
    """Yield the fields that a message wants nothing of, each with where the words for that stand."""
    text = context.scene.folded
    chinese = is_chinese(text)
    for field in context.schema.fields:
        if field.kind != "number" or not field.searchable or field.name in _counting(context):
            continue
        timed = dimension(field.unit) == "time" if field.unit else False
        for start, end in _places(text, field, chinese=chinese):
            lead = (_LEAD_ZH if chinese else _LEAD_EN).search(text[:start])
            tail = (_TAIL_ZH if chinese else _TAIL_EN).match(text, end)
            if (lead or tail) and not (lead and timed and chinese and _OF_TIME.search(lead.group())):
                yield field, lead.start() if lead else start, tail.end() if tail else end


def _counting(context: Context) -> set[str | None]:
    return {context.schema.roles.get(role) for role in ("rating", "popularity", "age_rating")}


def _places(text: str, field: Field, *, chinese: bool) -> Iterator[tuple[int, int]]:
    """Yield where a name of the field stands, in any form of it."""
    aliases = [name for names in field.aliases.values() for name in names]
    names = [name.casefold() for name in (*field.label.values(), *aliases)]
    if not chinese:
        keys = {key_of(name) for name in names if name.isascii() and " " not in name}
        yield from (one.span() for one in _WORD.finditer(text) if key_of(one.group()) in keys)
        return
    for name in {_MEASURE_ZH.sub("", name) for name in names if len(name) > 1}:
        yield from (one.span() for one in re.finditer(re.escape(name), text))
