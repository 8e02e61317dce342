"""Units that are a currency as well: whether "50 pounds" are weighed or paid."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Figure

from .attribution import in_unit_of, named_beside

_APIECE = re.compile(r"\s*(?:each|apiece|a piece|per (?:item|piece|person|head)|in total|total|altogether|to spend)\b")
_BEYOND = 2.0
"""How many times the greatest weight a figure must be to be no weight."""


def settle_currencies(context: Context) -> None:
    """Read as money the units that are a currency as well: "less than 50 pounds each", or a weight that nothing has."""
    price = context.schema.role("price")
    for figure in context.figures if price else ():
        quantity = figure.quantity
        currency = next((unit for unit in quantity.also if unit.isupper() and len(unit) == 3), None)
        if currency is not None and quantity.dimension != "money" and _is_paid(context, figure):
            also = (quantity.unit,) if quantity.unit else ()
            figure.quantity = replace(quantity, unit=currency, dimension="money", also=also)


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
