"""What goes from one kind of item over to the next: "same budget" stays, what such items do not have goes."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import general_words

_WORD_BEFORE = re.compile(r"([a-z]+) $")
_SOMEBODY = re.compile(r"\b(?:i|i'd|i'll|we|we'd|let's|could|would|can|will|maybe|perhaps)\b[^,.;!?]*$")
_LEAST = 3
_SAME = re.compile(r"\b(?:same|that same|identical)\s+$|(?:同样|一样|相同|原来|刚才|之前)的?$")
_UNCHANGED = re.compile(
    r"\s*(?:(?:still |again )?(?:is |stays |remains )(?:still )?(?:the same|unchanged|as before)|as before)\b|"
    r"(?:还是|也|都|仍然?|依然)?(?:一样|不变|同上|照旧|相同|跟刚才一样|和刚才一样)"
)


def restated(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the requirements in force on fields said to stay as they are: "lamps instead, same budget", 预算一样."""
    said = {draft.field for draft in drafts}
    found: list[Draft] = []
    for mention in context.scene.mentions:
        names = {sense.field for sense in mention.having("field")} - said
        if names and _stays(context, mention):
            found += [
                Draft(row.field, row.op, row.value, mention.start, mention.end, row.unit, row.hard, row.scope)
                for row in context.ledger
                if row.field in names and row.group is None and row.op not in ("lowest", "highest")
            ]
    return found


def _stays(context: Context, mention: Mention) -> bool:
    text = context.scene.folded
    return bool(_SAME.search(text[: mention.start]) or _UNCHANGED.match(text[mention.end :]))


def of_the_kind(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` with those as wishes on whose field no item of the kind in force has a value.

    They could be checked of none, so that they would leave nothing; they count again when the kind changes.
    """
    kind = context.lexicon.kind
    named = [d.value for d in drafts if d.field == kind and d.op == "==" and isinstance(d.value, str)]
    held = [row.value for row in context.ledger if row.field == kind and row.op == "==" and row.group is None]
    kinds = named or held
    if len(kinds) != 1 or any(d.field == kind and d.op in ("in", "!=", "not_in") for d in drafts):
        return drafts
    return [
        replace(d, hard=False) if d.hard and d.scope is None and context.coverage.of(d.field, kinds) == 0.0 else d
        for d in drafts
    ]


def without_sizes(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` without figures of what no field knows ("size 38"), taken for the answer to a question."""
    text, general = context.scene.folded, general_words()
    kept = []
    for draft in drafts:
        word = _WORD_BEFORE.search(text[: draft.start]) if draft.field in context.asked else None
        own = word is None or word.group(1) in general.words() or len(word.group(1)) < _LEAST
        named = word is not None and any(m.start <= word.start(1) < m.end for m in context.scene.mentions)
        verb = word is not None and _SOMEBODY.search(text[: word.start(1)]) is not None  # "I suppose 120"
        if own or named or verb or not text[draft.start : draft.end].strip().isdigit():
            kept.append(draft)
    return kept


def not_of_the_kind(context: Context, drafts: list[Draft]) -> list[str]:
    """Return the fields in force that no item of a newly named kind has: a city does not go with shoes."""
    kind = context.lexicon.kind
    kinds = [d.value for d in drafts if d.field == kind and d.op == "==" and d.hard and isinstance(d.value, str)]
    if not kinds or any(row.field == kind and row.value in kinds for row in context.ledger):
        return []
    said = {draft.field for draft in drafts}
    held = dict.fromkeys(row.field for row in context.ledger if row.field not in said and row.scope is None)
    return [name for name in held if context.coverage.of(name, kinds) == 0.0]
