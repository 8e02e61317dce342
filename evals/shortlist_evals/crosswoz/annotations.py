"""What the annotated slots of CrossWOZ ask for, as requirements of our catalog."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from shortlist_evals.crosswoz.entities import MINUTES
from shortlist_evals.reader.scoring import key_of
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import find_quantities

Wanted = tuple[str, str, str]
"""Field, op and value of a requirement, the op without its strictness; what must agree."""

_NUMERIC = frozenset({"价格", "人均消费", "门票", "评分", "游玩时间"})
_MONEY = frozenset({"价格", "人均消费", "门票"})
_LISTS = frozenset({"推荐菜", "周边景点", "周边餐馆", "周边酒店"})
_HEDGE = re.compile("左右|大概|大约|约|差不多|上下")
_SAME = {"<": "<=", ">": ">=", "in": "==", "contains_any": "contains"}


def said(requirement: Requirement) -> Wanted:
    """Return what must agree of a requirement; hard or soft, `<` or `<=`, in or equal are the same here.

    "About an hour" (一小时左右) is annotated as an hour: a range of a fifth around a figure is that figure.
    """
    value = requirement.value
    if requirement.op == "between" and _HEDGE.search(requirement.quote) and _is_about(*value):
        requirement = requirement.model_copy(update={"op": "==", "value": sum(value) / 2})
    name, op, value, *_ = key_of(requirement)
    return name, _SAME.get(op, op), value


def _is_about(low: float, high: float) -> bool:
    return math.isclose(low / 0.8, high / 1.2, rel_tol=0.01)


def without_repeats(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return the requirements that say something that none before them says."""
    return tuple({said(one): one for one in requirements}.values())


def annotated(slot: str, value: str) -> list[Requirement]:
    """Return the requirements that one annotated slot stands for.

    A facility is wanted where its value is 是. Dishes stand apart by spaces and are wanted one by one. A bare amount of
    money is a limit (免费 is zero, 不免费 more than zero), any other bare number is meant exactly.
    """
    if slot.startswith("酒店设施-"):
        name = slot.partition("-")[2]
        return [Requirement(field="酒店设施", op="contains", value=name)] if value == "是" else []
    if slot in _LISTS:
        values = value.split() if slot == "推荐菜" else [value]
        return [Requirement(field=slot, op="contains", value=one) for one in values]
    if slot in _NUMERIC:
        return [_numeric(slot, value)]
    return [Requirement(field=slot, op="==", value=value)]


def _numeric(slot: str, value: str) -> Requirement:
    if "免费" in value:
        return Requirement(field=slot, op=">" if "不" in value else "==", value=0)
    quantities = find_quantities(value.replace(" ", ""))
    if not quantities:
        return Requirement(field=slot, op="==", value=value)
    quantity = quantities[0]
    factor = MINUTES.get(quantity.unit or "", 1.0) if slot == "游玩时间" else 1.0
    raw = quantity.value
    scaled = sorted(bound * factor for bound in raw) if isinstance(raw, list) else raw * factor
    op = "<=" if quantity.op == "==" and slot in _MONEY else quantity.op
    return Requirement(field=slot, op=op, value=scaled)
