"""`shortlist search`: hits inside exact requirements, as a table or as JSON lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shortlist_prompts.errors import CallerError

if TYPE_CHECKING:
    from shortlist.recommender import Recommender

CONDITION = re.compile(r"^\s*([\w. ]+?)\s*(<=|>=|!=|==|=|<|>|~)\s*(.+?)\s*$")


class ConditionError(CallerError):
    """A `--where` cannot be read."""


def read_condition(text: str) -> dict[str, Any]:
    """Return `price<100` as a requirement; `~` asks for containment, `a|b` for any of several.

    Raises:
        ConditionError: If it is not of the form FIELD OP VALUE.
    """
    match = CONDITION.match(text)
    if match is None:
        raise ConditionError(
            f"--where {text!r}: expected FIELD OP VALUE with one of < <= > >= = != ~, such as 'price<100'"
        )
    field, op, value = match.groups()
    several = value.split("|") if "|" in value else None
    if op == "~":
        return {"field": field, "op": "contains_any" if several else "contains", "value": several or value}
    if several:
        return {"field": field, "op": "not_in" if op == "!=" else "in", "value": several}
    return {"field": field, "op": "==" if op == "=" else op, "value": value}


def run_search(recommender: Recommender, text: str, where: list[str], n: int, as_json: bool) -> None:
    """Print the hits."""
    recommender.prepare()
    hits = recommender.search(text, [read_condition(one) for one in where], n=n)
    items = recommender.catalog.get([hit.id for hit in hits])
    schema = recommender.catalog.schema
    title, price = schema.roles.get("title", ""), schema.role("price")
    if as_json:
        for hit, item in zip(hits, items, strict=True):
            row = {"id": hit.id, "score": round(hit.score, 4), "title": item.text(title), "values": item.values}
            print(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    from shortlist_tools.drafting import render_value

    table = Table("id", "title", "price", "score", box=None, pad_edge=False)
    for hit, item in zip(hits, items, strict=True):
        cost = render_value(price, item.values[price.name], "en") if price and price.name in item.values else ""
        table.add_row(hit.id, item.text(title), cost, f"{hit.score:.3f}")
    console = Console()
    console.print(table if hits else "Nothing meets these requirements.")
