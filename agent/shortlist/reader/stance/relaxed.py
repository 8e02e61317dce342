"""What gives way without a word of withdrawal of its own: one value of several, a feature that may be there or not."""

from __future__ import annotations

import itertools
import re

from shortlist.reader.message import Context, Mention
from shortlist_tools.catalog import Requirement

_EITHER = re.compile(
    r"\b(?:or|either|both|any|whichever|fine|ok|okay|don't (?:care|mind))\b|"
    r"都(?:行|可|成|好|没|ok)|随便|无所谓|均可|皆可|不限|还是|或"
)
_OR_NOT = re.compile(r"\s*,?\s*or (?:not|otherwise|without)\b(?! (?:too|so|very|\w+ing))|\s*与否|\s*不\w{1,4}都")
_FEW = 12
_VALUED = frozenset({"==", "in", "contains", "contains_any", "!=", "not_in", "not_contains"})


def one_of_several(context: Context, mention: Mention) -> Requirement | None:
    """Return the row that a value names, where others on its field stay in force: "scary isn't a must"."""
    for sense in mention.having("value"):
        rows = [row for row in context.ledger if row.field == sense.field and row.op in _VALUED]
        named = [row for row in rows if row.value == sense.value]
        if named and len(rows) > len(named):
            return named[0]
    return None


def is_asked_for(context: Context, mention: Mention) -> bool:
    """Say whether a value is one that the ledger asks for or refuses."""
    asked = {(row.field, str(value)) for row in context.ledger if row.op in _VALUED for value in _listed(row.value)}
    return any((sense.field, str(sense.value)) in asked for sense in mention.having("value"))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def either_way(context: Context) -> list[tuple[str, int, int]]:
    """Return the features in force that may be had or not: 有线无线都行, "wired or wireless", "waterproof or not"."""
    text = context.scene.folded
    ways: dict[str, list[Mention]] = {}
    for mention in context.scene.live():
        for sense in mention.having("flag"):
            ways.setdefault(sense.field, []).append(mention)
    found = []
    for name, several in ways.items():
        sides = {m.negated == (s.value is None) for m in several for s in m.having("flag") if s.field == name}
        start, end = several[0].start, several[-1].end
        both = len(sides) == 2 and _EITHER.search(text, start) and len(_words_between(text, several)) <= _FEW
        if both or _OR_NOT.match(text, end):
            for mention in several:
                mention.dead = True
            context.dead_spans.append((start, end))
            if any(row.field == name for row in context.ledger):
                found.append((name, start, end))
    return found


def _words_between(text: str, several: list[Mention]) -> str:
    return "".join(text[one.end : other.start] for one, other in itertools.pairwise(several))
