"""In which order items are asked for, and how many of the first: "sort by price", "the top 3 rated", 评分前三."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Figure, Mention
from shortlist_tools.catalog import Field, Op

_MOST = 20
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|[两二三四五六七八九十])"
_BEST_BEFORE = re.compile(
    r"\b(?:top|best|worst|first|(?:most|least)(?: \w+)?|(?!least|rest|test)\w{2,}est)\s$|前$|最[^,。!?;\d]{1,4}$"
)
_BEST_AFTER = re.compile(
    r"\s(?:top|best|worst|highest|lowest|most|least|\w{2,}est)\b(?! of (?:me|us|the))|(?:最|的?里?最)"
)
_TOP = re.compile(rf"\b(?:top|best)\s(?:{_NUMBER}\s)?$")
_FIRST_ZH = re.compile(rf"(?:的|排名|排行|排)?前{_NUMBER}")
_SORTS = re.compile(
    r"\b(?:sort(?:ed|ing)?|order(?:ed)?|rank(?:ed)?|arranged?|list(?:ed)?)(?: (?:it|them|these|those|all|everything|"
    r"the \w+))?(?: (?:for me|again|instead|please))? (?:by|on|from|according to|in (?:order of|\w+ order))\b"
    r"|\b(?:in|by) order of\b|\b(?:high(?:est)?|low(?:est)?) to (?:low(?:est)?|high(?:est)?)\b"
    r"|(?:按照?|根据|依|以)[^,。!?;]{1,8}?(?:从.到.(?:排[序列一下]*)?|来?排[序列一下]*)"
    r"|排(?:个|一下)?序|从[高低大小多少贵长短轻重新]到."
)
_DOWN = re.compile(
    r"\b(?:desc(?:ending)?|from (?:the )?(?:high|most|dear|expensive|heav|long|bright|new)\w*"
    r"|high(?:est)? (?:to|first))|降序|倒序|从[高大多贵长重新]到"
)
_UP = re.compile(
    r"\b(?:asc(?:ending)?|from (?:the )?(?:low|least|cheap|light|short|old)\w*|low(?:est)? (?:to|first))"
    r"|升序|正序|从[低小少短轻]到"
)
_MOST_OF = re.compile(r"最[^,。!?;\d]{1,3}的")


def counts_the_best(context: Context, figure: Figure) -> bool:
    """Say whether a bare figure says how many of the first are wanted: "top 3", "the five cheapest", 最轻的两款."""
    quantity, text = figure.quantity, context.scene.folded
    if quantity.op != "==" or quantity.unit not in (None, "piece", "person") or (quantity.low or 0.0) > _MOST:
        return False
    if text[figure.start - 1 : figure.start] == "第":
        return False
    return bool(_BEST_BEFORE.search(text[: figure.start]) or _BEST_AFTER.match(text, figure.end))


def mark_counts(context: Context) -> None:
    """Rule out as requirements the figures that only say how many of the first are wanted."""
    for figure in context.figures:
        quantity = figure.quantity
        if quantity.unit == "piece" and (most := _MOST_OF.match(quantity.text)):
            # 最高 bounds a figure elsewhere; 最高的三个 are three.
            count = quantity.low if quantity.low is not None else quantity.high
            start, text = quantity.start + most.end(), quantity.text[most.end() :]
            figure.quantity = replace(quantity, start=start, text=text, low=count, high=count)
        figure.dead = figure.dead or counts_the_best(context, figure)


def read_orders(context: Context) -> list[Draft]:
    """Return the order that a message asks for, as a superlative of the field that it goes by."""
    scene, text = context.scene, context.scene.folded
    sorts = _SORTS.search(text)
    for mention in scene.live():
        names = [s.field for s in mention.having("field", "more", "less")]
        names = context.coverage.best(list(dict.fromkeys(names)), context.kinds()) if names else []
        field = context.field(names[0]) if names else None
        if field is None or field.kind not in ("number", "money", "date"):
            continue
        clause = scene.clauses[scene.clause_at(mention.start)]
        if sorts and clause.start <= sorts.start() < clause.end and not context.is_dead(sorts.start()):
            start, end = min(sorts.start(), mention.start), max(sorts.end(), mention.end)
            return [
                Draft(
                    field.name, _end_of(field, mention, text[clause.start : clause.end]), None, start, end, hard=False
                )
            ]
        if field.better is not None and mention.having("field"):
            best: Op = "lowest" if field.better == "lower" else "highest"
            if (lead := _TOP.search(text[: mention.start])) and re.search(r"\d|\s\w+\s", lead.group()):
                return [Draft(field.name, best, None, lead.start(), mention.end, hard=False)]
            if first := _FIRST_ZH.match(text, mention.end):
                return [Draft(field.name, best, None, mention.start, first.end(), hard=False)]
    return []


def _end_of(field: Field, mention: Mention, words: str) -> Op:
    """Return which end of a field stands first: the one that is said, else the better one."""
    if _DOWN.search(words):
        return "highest"
    if _UP.search(words):
        return "lowest"
    if mention.having("more"):
        return "highest"
    return "lowest" if mention.having("less") or field.better == "lower" else "highest"
