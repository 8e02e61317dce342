"""Units that are a currency as well: whether "50 pounds" are weighed or paid, and 一块 counts a thing."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Figure

from .attribution import in_unit_of, named_beside

_APIECE = re.compile(r"\s*(?:each|apiece|a piece|per (?:item|piece|person|head)|in total|total|altogether|to spend)\b")
_COUNTS = re.compile(
    r"(?=[\u4e00-\u9fff])(?![钱的以之左右上下内封为打往朝起到至多几出不就也都能可够吧吗呢啊呀嘛了是行给卖全预还太贵便差有或和跟与每买看换])"
)
"""What follows a measure word and no amount: a noun, of which an amount is never followed without 的."""
_MOST_COUNTED = 10.0
_BEYOND = 2.0
"""How many times the greatest weight a figure must be to be no weight."""


def settle_currencies(context: Context) -> None:
    """Read as money the units that are a currency as well: "less than 50 pounds each", or a weight that nothing has.

    The other way round, 一块手表 and 来两块肥皂 count things.
    """
    for figure in context.figures:
        if _counts_things(context, figure):
            figure.quantity = replace(figure.quantity, unit="piece", dimension="count", also=())
    price = context.schema.role("price")
    for figure in context.figures if price else ():
        quantity = figure.quantity
        currency = next((unit for unit in quantity.also if unit.isupper() and len(unit) == 3), None)
        if currency is not None and quantity.dimension != "money" and _is_paid(context, figure):
            also = (quantity.unit,) if quantity.unit else ()
            figure.quantity = replace(quantity, unit=currency, dimension="money", also=also)


def _counts_things(context: Context, figure: Figure) -> bool:
    """Say whether a currency's word is the measure word of the noun behind it: 一块手表, but no 十块的手表."""
    quantity = figure.quantity
    if quantity.dimension != "money" or quantity.op != "==" or "piece" not in quantity.also:
        return False
    few = (quantity.low or 0.0) <= _MOST_COUNTED and (quantity.low or 0.0).is_integer()
    return few and _COUNTS.match(context.scene.folded, figure.end) is not None


def _is_paid(context: Context, figure: Figure) -> bool:
    """Say whether a figure in pounds is a sum: the words say so, or no item the talk is of weighs anything like it."""
    measured = [f for f in context.schema.fields if f.kind == "number" and f.unit and in_unit_of(f, figure, 1.0)]
    if named_beside(context, figure, {f.name for f in measured}):
        return False
    if _APIECE.match(context.scene.folded, figure.end):
        return True
    kinds = context.kinds()
    # An upper bound that everything keeps says nothing, so that it is not meant.
    reach = 1.0 if figure.quantity.op in ("<", "<=") else _BEYOND
    value = figure.quantity.low if figure.quantity.low is not None else figure.quantity.high
    tops = [
        (f.high, in_unit_of(f, figure, value or 0.0)) for f in measured if context.coverage.of(f.name, kinds) != 0.0
    ]
    return all(top is not None and said is not None and said > reach * top for top, said in tops)
