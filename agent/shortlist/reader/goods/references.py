"""Which shown items a message points at: by number, by title, by what sets them apart, or by "it"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from shortlist.reader.message import Context, Mention
from shortlist.reader.stance import value_sense
from shortlist.reader.vocabulary import Found
from shortlist_tools.catalog import Item

_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "sixth": 6,
    "6th": 6,
    "last": -1,
    "final": -1,
    "former": 1,
    "latter": -1,
}
_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_MEASURE = "个款双副台件种盏瓶本只条门家项把支枚套张位"
_ITEM = _MEASURE.replace("种", "")
"""Words that count items; 木头的那种 asks for a sort of them."""
_ENGLISH_ORDINAL = re.compile(
    r"\b(?:(?:the|that|your|this)|(?:and|or|vs\.?|versus|than)(?= \w+(?: one| option)?\s*(?:[?.!]|"
    r"$)))\s+(?P<word>first|second|third|fourth|fifth|sixth|last|final|former|"
    r"latter|1st|2nd|3rd|4th|5th|6th)\b"
    r"(?!\s+(?:time|day|week|month|year|thing|place))(?:\s+(?:one|option|item|pair|pick|suggestion|choice|two)\b)?"
    r"|\b(?:number|no\.?|option|item)\s*(?P<number>[1-9]|one|two|three|four|five)\b|#(?P<hash>[1-9])\b"
)
_COMPARED = re.compile(
    r"\b(?:compare|between)\s+(?:the\s+|numbers?\s+|items?\s+)*(?P<a>[1-9])\s*(?:,|and|with|to|vs\.?|&)\s*(?P<b>[1-9])(?![\d.%]|\s?(?:hours?|h\b))"
    r"|(?:比较|对比|比一下)(?P<c>[1-9])号?[和跟与、](?P<d>[1-9])(?!\d)|(?<![\d.])(?P<e>[1-9])号?[和跟与、](?P<f>[1-9])号?的?(?:比|对比|哪个|区别|差别|差在|不同|有什么不)"
)
"""Numbers of items to compare, which are figures of nothing: "compare 1 and 2 on price"."""
_FIRST_FEW = re.compile(
    rf"\b(?:the\s+)?(?P<end>first|last)\s+(?P<n>two|three|2|3)\b|(?P<zh>前|后)(?P<m>[两二三23])[{_MEASURE}]|"
    rf"\b(?P<both>both)\b|(?P<two>这两[{_MEASURE}])"
)
_NAMED = re.compile(r"\b(?:the|that)\s+$|[这那]一?[个款双副台件种盏瓶]$")
_THOSE = re.compile(
    r"\b(?:(?:is|are|do|does|did|of|how \w+) (?:the|that|this)|those|these|which)\s+$"
    r"|[这那哪](?:一?[个款双副台件盏瓶本]|些)?$"
)
_HOW_ZH = re.compile(r"(?:能|可以|会|有|是|要)?[^,。!?;]{0,2}(?:多少|多[大重长久亮高]|几)")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_CHINESE_ORDINAL = re.compile(
    rf"第(?P<word>[一二三四五六七八1-9])(?:[{_MEASURE}](?!颜?色|款式|尺[寸码]|版本)|(?=的|和|呢|跟|比|哪|谁|更|都|还|有|是|怎|,|。|$))|(?P<last>最后(?:一|"
    rf"那)?[{_MEASURE}])|(?P<former>前者)|(?P<latter>后者)"
)
_POINTER = re.compile(
    rf"\b(?:it|this one|that one|this|that|its)\b|它|[这那](?:一)?[{_MEASURE}](?!.{{0,2}}[的])|这款|那款"
)
_DEFINITE = re.compile(r"\b(?:the|that)\s+(?P<inner>(?:[\w'-]+\s+){0,4}?)(?:one|ones|pair)\b")
_ON_OFFER = re.compile(r"\s+(?:that )?(?:you|available|on offer|in (?:the|your) (?:shop|store|range))\b")
_ASKED = re.compile(r"\b(?:is|are|was)\s+$")
_DEFINITE_ZH = re.compile(
    rf"那一?[{_ITEM}](?P<after>[^,。!?;,]{{1,8}}?)的|(?P<before>[^,。!?;,]{{1,8}}?)的?[这那]一?[{_ITEM}]"
)


def find_references(context: Context, titles: list[Found[str]]) -> list[tuple[int, int, str]]:
    """Return the items pointed at with the spans that do it, in their order; the spans ask for nothing more."""
    found = [(one.start, one.end, one.payload) for one in titles]
    for pair in _COMPARED.finditer(context.scene.folded):
        for figure in context.figures:
            figure.dead = figure.dead or pair.start() <= figure.start < pair.end()
    if context.shown:
        found += _few(context) or _ordinals(context)
        found += _described(context, context.shown) + _named(context) + _of_kind(context)
    if not found and context.siblings:
        found += _described(context, context.siblings)
    focus = context.focus or (context.shown[0].id if len(context.shown) == 1 else None)
    if not found and focus and (match := _POINTER.search(context.scene.folded)):
        found.append((match.start(), match.end(), focus))
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda f: (f[0], -f[1])):
        if not any(one[0] < end and start < one[1] and one[2] == name for start, end, name in kept):
            kept.append(one)
    return kept


def _ordinals(context: Context) -> list[tuple[int, int, str]]:
    found = []
    text = context.scene.folded
    for match in _ENGLISH_ORDINAL.finditer(text):
        said = match["number"] or match["hash"]
        number = _ORDINALS[match["word"]] if match["word"] else _WORDS.get(said) or int(said)
        found += _at(context, match.start(), match.end(), number)
    for match in _COMPARED.finditer(text):
        for said in filter(None, match.groups()):
            found += _at(context, match.start(), match.end(), int(said))
    for match in _CHINESE_ORDINAL.finditer(text):
        said = match["word"]
        number = (_CHINESE.get(said) or int(said)) if said else 1 if match["former"] else -1
        found += _at(context, match.start(), match.end(), number)
    return found


def _few(context: Context) -> list[tuple[int, int, str]]:
    """Return the items of "the first two", 前两个, and of "both" where two are shown."""
    match = _FIRST_FEW.search(context.scene.folded)
    if match is None:
        return []
    if match["both"] or match["two"]:
        chosen = list(context.shown) if len(context.shown) == 2 else []
    else:
        number = 3 if (match["n"] or match["m"]) in ("three", "3", "三") else 2
        chosen = list(
            context.shown[-number:] if match["end"] == "last" or match["zh"] == "后" else context.shown[:number]
        )
    return [(match.start(), match.end(), item.id) for item in chosen]


def _named(context: Context) -> list[tuple[int, int, str]]:
    """Return the shown items named by their maker alone: "the Sony", "that Velto"."""
    brand, text = context.schema.role("brand"), context.scene.folded
    found: list[tuple[int, int, str]] = []
    for mention in context.scene.live() if brand else ():
        lead = _NAMED.search(text[: mention.start])
        sense = value_sense(context, mention)
        if lead is None or sense is None or brand is None or sense.field != brand.name:
            continue
        ids = [item.id for item in context.shown if item.values.get(brand.name) == sense.value]
        if len(ids) == 1:
            found.append((lead.start(), mention.end, ids[0]))
    return found


def _of_kind(context: Context) -> list[tuple[int, int, str]]:
    """Return the shown items of the kind that a question names, where others are shown too: "those headphones"."""
    kind, text = context.lexicon.kind, context.scene.folded
    found: list[tuple[int, int, str]] = []
    for mention in context.scene.live():
        values = {s.value for s in mention.having("value") if s.field == kind}
        ids = [item.id for item in context.shown if item.values.get(kind or "") in values]
        lead = _THOSE.search(text[: mention.start])
        if 0 < len(ids) < len(context.shown) and (lead or _HOW_ZH.match(text[mention.end :])):
            found += [(lead.start() if lead else mention.start, mention.end, name) for name in ids]
    return found


def _at(context: Context, start: int, end: int, number: int) -> list[tuple[int, int, str]]:
    shown = context.shown
    if number == -1:
        return [(start, end, shown[-1].id)]
    return [(start, end, shown[number - 1].id)] if number <= len(shown) else []


def _described(context: Context, among: Sequence[Item]) -> list[tuple[int, int, str]]:
    """Return the items told apart by a value or a degree: "the Sony one", 那个便宜的."""
    found: list[tuple[int, int, str]] = []
    text = context.scene.folded
    for match in (*_DEFINITE.finditer(text), *_DEFINITE_ZH.finditer(text)):
        inside = [
            m
            for m in context.scene.live()
            if match.start() <= m.start and m.end <= match.end() and m.having("value", "flag", "more", "less")
        ]
        if not inside or (_ON_OFFER.match(text[match.end() :]) and not _ASKED.search(text[: match.start()])):
            continue
        if len(among) == 1 and all(mention.having("more", "less") for mention in inside):
            continue
        ids = [item.id for item in among]
        for mention in inside:
            ids = [name for name in ids if name in _matching(context, mention, among)]
        if ids and len(ids) < max(2, len(among)):
            start = min(match.start(), inside[0].start) if text[match.start()].isascii() else max(match.start(), 0)
            found += [(start, match.end(), name) for name in ids]
    return found


def _matching(context: Context, mention: Mention, among: Sequence[Item]) -> list[str]:
    sense = value_sense(context, mention)
    if sense is not None:
        return [
            item.id
            for item in among
            if _has(item.values.get(sense.field), sense.value if sense.part == "value" else True)
        ]
    for degree in mention.having("more", "less"):
        values = [(item.values[degree.field], item.id) for item in among if item.values.get(degree.field) is not None]
        if values:
            pick: Callable[..., tuple[Any, str]] = max if degree.part == "more" else min
            best = pick(values)[0]
            return [name for value, name in values if value == best]
    return []


def _has(value: Any, wanted: Any) -> bool:
    return wanted in value if isinstance(value, list | tuple) else bool(value == wanted)
