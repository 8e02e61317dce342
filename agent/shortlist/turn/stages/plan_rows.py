"""The rows of a model's plan: `field op value "quote"` as a requirement, and whether the user's words carry it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import Field, Op, Requirement, Schema
from shortlist_tools.text import clean

ROW = re.compile(
    r"^\s*(?P<field>[^\s<>=!]+)"
    r"(?:\s*(?P<sign>==|!=|<=|>=|<|>|=)"
    r"|\s+(?P<word>not_in|not_contains|contains_any|contains|between|in|lowest|highest|exists)(?=\s|$))"
    r'\s*(?P<value>.*?)\s*(?:["“](?P<quote>[^"“”]*)["”])?\s*$'
)


def parse_row(row: str, schema: Schema) -> Requirement | str:
    """Return the requirement that a model's row spells, unchecked, or why it spells none."""
    match = ROW.match(row)
    if match is None:
        return 'not of the form: field op value "quote"'
    field = _field(match["field"], schema)
    if field is None:
        return "no such field"
    said = match["sign"] or match["word"]
    op: Op = "==" if said == "=" else said  # type: ignore[assignment]
    value: Any = match["value"].strip("\"'“” ")
    if op in ("lowest", "highest"):
        value = None
    elif op in ("in", "not_in", "contains_any", "between"):
        value = [part.strip() for part in re.split(r"[|,，、]", value.strip("[]")) if part.strip()]
    unit = None
    if field.kind == "money" and isinstance(value, str) and (money := re.fullmatch(r"([\d.,]+)\s*([A-Z]{3})", value)):
        value, unit = money[1], None if money[2] == field.unit else money[2]
    return Requirement(
        field=field.name, op=op, value=value, unit=unit, quote=match["quote"] or "", hard=False, origin="inferred"
    )


def agreeing(parsed: Requirement, edits: Sequence[PlannedEdit]) -> int | None:
    """Return the place of the reader's edit that says the same, if one does."""
    for place, edit in enumerate(edits):
        mine = edit.requirement
        if (
            mine is not None
            and mine.field == parsed.field
            and mine.op == parsed.op
            and _values(mine) == _values(parsed)
        ):
            return place
    return None


def is_said(quote: str, message: str) -> bool:
    """Return whether `quote` stands in `message` as whole words, letter case and spacing aside."""
    wanted = r"\s*".join(re.escape(part) for part in clean(quote).split())
    return (
        bool(wanted)
        and re.search(rf"(?<![A-Za-z0-9]){wanted}(?![A-Za-z0-9])", clean(message), re.IGNORECASE) is not None
    )


def concerns(field: Field, words: str) -> bool:
    """Return whether `words` speak of `field`: by its name, an alias, or a word for more or less of it."""
    lowered = words.lower()
    lists = (field.aliases, field.more, field.less, {code: [label] for code, label in field.label.items()})
    return any(word.lower() in lowered for words in lists for said in words.values() for word in said)


def _field(name: str, schema: Schema) -> Field | None:
    if (exact := schema.get(name)) is not None:
        return exact
    lowered = name.lower().replace("_", " ")
    for field in schema.fields:
        words = [*field.label.values(), *(word for words in field.aliases.values() for word in words)]
        if lowered in (word.lower() for word in words):
            return field
    return None


def _values(row: Requirement) -> set[str]:
    values = row.value if isinstance(row.value, list | tuple) else [row.value]
    return {
        f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else _number(str(value))
        for value in values
    }


def _number(text: str) -> str:
    try:
        return f"{float(text.replace(',', '')):g}"
    except ValueError:
        return text.lower()
