"""Figures that are wanted to be nothing: without alcohol, 无酒精的, "zero drop", "no battery"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import is_chinese
from shortlist_tools.catalog import Field
from shortlist_tools.text import dimension, key_of

_NOTHING = re.compile(r"\b(?:no|non|not|without|zero|free|0|\w+n't)\b|(?<![\d.])0|[不别无没零去脱免]")
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
    chinese, counting = is_chinese(text), _counting(context)
    for field in context.schema.fields:
        if field.kind != "number" or not field.searchable or field.name in counting:
            continue
        timed = dimension(field.unit) == "time" if field.unit else False
        aliases = [name for names in field.aliases.values() for name in names]
        words = _words("\n".join([*field.label.values(), *aliases]).casefold())
        for start, end in _places(text, words, chinese=chinese):
            lead = (_LEAD_ZH if chinese else _LEAD_EN).search(text[:start])
            tail = (_TAIL_ZH if chinese else _TAIL_EN).match(text, end)
            if (lead or tail) and not (lead and timed and chinese and _OF_TIME.search(lead.group())):
                yield field, lead.start() if lead else start, tail.end() if tail else end


def _counting(context: Context) -> set[str | None]:
    return {context.schema.roles.get(role) for role in ("rating", "popularity", "age_rating")}


def _places(text: str, words: Words, *, chinese: bool) -> Iterator[tuple[int, int]]:
    """Yield where a name of a field stands, in any form of it."""
    if chinese:
        yield from (one.span() for one in words.zh.finditer(text)) if words.zh else ()
    else:
        yield from (one.span() for one in _WORD.finditer(text) if key_of(one.group()) in words.keys)


class Words(NamedTuple):
    """The names of a field: the keys of English ones, and what finds the Chinese ones."""

    keys: frozenset[str]
    zh: re.Pattern[str] | None


@lru_cache(maxsize=256)
def _words(names: str) -> Words:
    said = names.split("\n")
    chinese = sorted({_MEASURE_ZH.sub("", one) for one in said if not one.isascii() and len(one) > 1})
    pattern = re.compile("|".join(map(re.escape, chinese))) if chinese else None
    return Words(frozenset(key_of(one) for one in said if one.isascii() and " " not in one), pattern)
