"""What a prompt tells the model of the schema: only the fields that matter to this turn, a short line each."""

from __future__ import annotations

from shortlist.reader import Reading
from shortlist.turn.state import Session
from shortlist_tools.catalog import Field, Schema

MOST_FIELDS = 24
MOST_VALUES = 14
MOST_CHARACTERS = 850


def schema_card(schema: Schema, message: str, reading: Reading, session: Session) -> list[str]:
    """Return a line for each field that matters to `message`, the most relevant first, at most 24.

    A line is `name kind unit`, or `name kind: value|value` with the values that the message may mean.
    """
    lowered = message.lower()
    mentioned = {edit.requirement.field for edit in reading.edits if edit.requirement} | set(reading.about)
    standing = {row.field for row in session.ledger if row.status == "active"} | set(session.pending)
    scored = [
        (-_relevance(field, lowered, mentioned, standing), place, field)
        for place, field in enumerate(schema.fields)
        if field.kind != "text" and field.known > 0
    ]
    lines: list[str] = []
    used = 0
    for _, _, field in sorted(scored, key=lambda one: one[:2])[:MOST_FIELDS]:
        line = _line(field, lowered)
        if used + len(line) > MOST_CHARACTERS:
            continue
        used += len(line)
        lines.append(line)
    return lines


def _relevance(field: Field, message: str, mentioned: set[str], standing: set[str]) -> float:
    score = field.known + 0.2 * field.coverage
    if field.name in mentioned:
        score += 4
    if field.name in standing:
        score += 2
    return score + 2 * any(word in message for word in _words(field))


def _words(field: Field) -> list[str]:
    lists = [*field.aliases.values(), *field.more.values(), *field.less.values(), *field.flag_words.values()]
    lists += [list(field.label.values())]
    return [word.lower() for words in lists for word in words]


def _line(field: Field, message: str) -> str:
    kind = {"multi_category": "many", "category": "one of", "number": "number", "flag": "true|false"}.get(
        field.kind, field.kind
    )
    if field.kind not in ("category", "multi_category"):
        return f"{field.name} {kind} {field.unit}" if field.unit else f"{field.name} {kind}"
    named = [value for value, words in field.values.items() if _meant(value, words, message)]
    rest = [value for value in field.values if value not in named]
    chosen = (named + rest)[:MOST_VALUES]
    more = "|…" if len(field.values) > len(chosen) else ""
    return f"{field.name} {kind}: {'|'.join(chosen)}{more}"


def _meant(value: str, words: dict[str, list[str]], message: str) -> bool:
    said = [value, *(word for listed in words.values() for word in listed)]
    return any(word.lower() in message for word in said)
