"""In which order items are asked for, how many of the first, and out of what: "sort by price", "the top 3 rated"."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Figure, Mention
from shortlist_tools.catalog import Field, Op

_FEWEST, _MOST = 2, 20
"""How many are counted so: "the first one" is the first, and no figure."""
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
    r"|(?:按照?|根据|依照?|(?<![可所])以)[^,。!?;]{1,8}?(?:从.到.(?:排[序列一下]*)?|(?<!安)排[序列一下]*)"
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
_LEAD = re.compile(r"\b(?:top|first)\s$|前$")
_LED = re.compile(r"(?:top|first)\s|前")
_OF_THE_SHOP = re.compile(
    r"\b(?:in|of|from|across) (?:the|your|this) (?:whole |entire |full )?"
    r"(?:shop|store|catalog(?:ue)?|range|inventory|stock)\b"
    r"|\b(?:thing|item|product|article)s? (?:that )?(?:you|you guys)(?: (?:have|sell|stock|carry|offer|got)|'ve got)\b"
    r"|\bof (?:everything|(?:all )?your (?:things|items|products|stuff|goods)|"
    r"all the (?:things|items|products|stuff))\b"
    r"|店[里内铺]|全店|整个?店|商城里|目录里|(?:所有|全部)的?(?:商品|东西|产品|货)"
)
_ALL_WE_HAVE = re.compile(
    r"(?:est|most \w+|least \w+)(?: (?:one|ones|thing|option))? (?:that )?"
    r"(?:you(?:'ve| have)?(?: got)?|there is|you (?:sell|stock|carry|offer))\W*$"
    r"|你们?(?:这儿?|这里|这边|家)?(?:有的?|卖的?)?(?:里面?)?最"
)
_REVERSED = re.compile(
    r"\W*(?:(?:and|now|ok|actually|no|那|那就|不对|不|还是|请|帮我)\W*)*(?:do (?:it )?|try )?(?:the )?"
    r"(?:other way (?:a)?round|vice versa|opposite|(?:reverse|flip)(?: (?:it|that|them|this|the (?:order|list)))?|"
    r"swap(?: (?:it|them|that|those))?|"
    r"反过来|倒过来|调过来|对调|颠倒|互换)(?: please| then| around|一下|呢|吧|看看|试试|再来一[次遍]|的话)*\W*"
)
_MOST_OF = re.compile(r"最[^,。!?;\d]{1,3}的")


def counts_the_best(context: Context, figure: Figure) -> bool:
    """Say whether a bare figure says how many of the first are wanted: "top 3", "the five cheapest", 最轻的两款."""
    quantity, text = figure.quantity, context.scene.folded
    if (
        quantity.op != "=="
        or quantity.unit not in (None, "piece", "person")
        or not _FEWEST <= (quantity.low or 0.0) <= _MOST
    ):
        return False
    if text[figure.start - 1 : figure.start] == "第":
        return False
    led = _LED.match(quantity.text.lower()) or _BEST_BEFORE.search(text[: figure.start])
    return bool(led or _BEST_AFTER.match(text, figure.end))


def mark_counts(context: Context) -> None:
    """Rule out as requirements the figures that only say how many of the first are wanted."""
    for figure in context.figures:
        quantity = figure.quantity
        if quantity.unit == "piece" and (most := _MOST_OF.match(quantity.text)):
            # 最高 bounds a figure elsewhere; 最高的三个 are three.
            count = quantity.low if quantity.low is not None else quantity.high
            start, text = quantity.start + most.end(), quantity.text[most.end() :]
            figure.quantity = replace(quantity, start=start, text=text, low=count, high=count)
        if counts_the_best(context, figure):
            figure.dead = True
            if lead := _LEAD.search(context.scene.folded[: figure.start]):
                text = context.scene.text[lead.start() : figure.end]
                figure.quantity = replace(figure.quantity, start=lead.start(), text=text)


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
            return [Draft(field.name, _end_of(field, mention, text), None, start, end, hard=False)]
        if field.better is not None and mention.having("field"):
            best: Op = "lowest" if field.better == "lower" else "highest"
            if (lead := _TOP.search(text[: mention.start])) and re.search(r"\d|\s\w+\s", lead.group()):
                return [Draft(field.name, best, None, lead.start(), mention.end, hard=False)]
            if first := _FIRST_ZH.match(text, mention.end):
                return [Draft(field.name, best, None, mention.start, first.end(), hard=False)]
    return []


def read_reversed(context: Context) -> list[Draft]:
    """Return the superlatives in force turned round, where a message asks for nothing else: "the other way round"."""
    rows = [row for row in context.ledger if row.op in ("lowest", "highest")]
    newest = max((row.turn for row in rows), default=0)
    if not rows or not _REVERSED.fullmatch(context.scene.folded):
        return []
    end = len(context.scene.text)
    return [
        Draft(row.field, "lowest" if row.op == "highest" else "highest", None, 0, end, hard=False, scope=row.scope)
        for row in rows
        if row.turn == newest
    ]


def ordered_before(context: Context, orders: list[Draft]) -> list[Draft]:
    """Return the superlatives in force in whose place new `orders` come, whatever field those go by."""
    fields = {draft.field for draft in orders}
    return [
        Draft(row.field, row.op, None, orders[0].start, orders[0].end, hard=False, scope=row.scope)
        for row in (context.ledger if orders else ())
        if row.op in ("lowest", "highest") and row.field not in fields
    ]


def of_all_there_is(text: str) -> bool:
    """Say whether a folded text asks for the utmost of all that is sought: "the cheapest you have"."""
    return bool(of_the_shop(text) or _ALL_WE_HAVE.search(text))


def of_the_shop(text: str) -> tuple[int, int] | None:
    """Return where a folded text speaks of all that is sold, whatever was shown: "in the whole shop", 店里."""
    found = _OF_THE_SHOP.search(text)
    return found.span() if found else None


def orders(quote: str) -> bool:
    """Say whether the words of a superlative put what is shown in an order: "sort by price", 按价格排序."""
    return _SORTS.search(quote.lower()) is not None


def _end_of(field: Field, mention: Mention, words: str) -> Op:
    """Return which end of a field stands first: the one that is said, else the better one."""
    if _DOWN.search(words):
        return "highest"
    if _UP.search(words):
        return "lowest"
    if mention.having("more"):
        return "highest"
    return "lowest" if mention.having("less") or field.better == "lower" else "highest"
