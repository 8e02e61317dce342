"""Which items words point at beyond the slate: shown earlier, or of the same kind, told apart by a word of theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from shortlist.inquiry import counted
from shortlist.turn.state import Services, Session, house_requirements
from shortlist_tools.catalog import Item, Schema
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.text import tokens

_THAN_IT = re.compile(r"\bthan (?:it|this|that)(?: one)?\b|比(?:它|这[个款])")
LEAST = 3
"""Letters of a Latin word of a title that may point at it."""
MOST = 400
"""So many items of a kind are looked through for the one that words name."""


def held_against(about: Sequence[str], message: str, session: Session, services: Services) -> tuple[str, ...]:
    """Return the two items that `message` holds against each other, the one under discussion first; else nothing."""
    rows = services.snapshot.row_of
    current = session.focus or (session.slate[0] if len(session.slate) == 1 else session.lead)
    if current not in rows:
        current = session.slate[0] if session.slate else None
    counts = bool(counted(message))
    if about and (about[0] != current or counts):
        others = [one for one in (current, *session.compared, *session.slate) if one and one != about[0]]
        pair = (others[0], about[0]) if others else ()
        return pair[::-1] if _THAN_IT.search(message.casefold()) else pair
    if current is None:
        return ()
    earlier = [one for one in session.offered if one != current]
    found = named_in(message, earlier, services, first=True) or named_in(
        message, _of_its_kind(current, services), services
    )
    return (current, found[0]) if found else ()


def named_in(message: str, ids: Iterable[str], services: Services, *, first: bool = False) -> tuple[str, ...]:
    """Return the one item of `ids` that the words of `message` tell apart from the others; nothing where none is.

    Of several that are named alike it is the `first`, where that is enough.
    """
    snapshot = services.snapshot
    items = [snapshot.item(snapshot.row_of[one]) for one in dict.fromkeys(ids) if one in snapshot.row_of]
    text = message.casefold()
    words = {one.id: _own_words(one, snapshot.schema) for one in items}
    found = {name: {word for word in own if _stands(word, text)} for name, own in words.items()}
    if len(items) > 1:
        common = Counter(word for own in found.values() for word in own)
        found = {name: {word for word in own if common[word] < len(items)} for name, own in found.items()}
    scores = {name: len(own) for name, own in found.items() if own}
    best = [name for name, score in scores.items() if score == max(scores.values())]
    return (best[0],) if len(best) == 1 or (first and best) else ()


def _of_its_kind(item: str, services: Services) -> list[str]:
    snapshot = services.snapshot
    kind = snapshot.schema.roles.get("kind")
    row = snapshot.row_of[item]
    value = snapshot.value(row, kind) if kind else None
    allowed = np.flatnonzero(snapshot.mask(house_requirements(services.policies, ProfileSummary(), snapshot.schema)))
    if len(allowed) > MOST * 10:
        return []
    same = [int(one) for one in allowed if one != row and (kind is None or snapshot.value(int(one), kind) == value)]
    return [snapshot.ids[one] for one in same[:MOST]]


def _own_words(item: Item, schema: Schema) -> set[str]:
    """Return the words that an item may be called by: of its title, and names of its values."""
    found = set()
    title = item.values.get(schema.roles.get("title", ""), "")
    for text in title.values() if isinstance(title, dict) else [str(title)]:
        found |= {word for word in tokens(text) if not word.isdigit() and (len(word) >= LEAST or not word.isascii())}
    for field in schema.fields:
        value = item.values.get(field.name)
        for one in value if isinstance(value, list | tuple) else [value]:
            named = field.values.get(str(one)) if field.kind in ("category", "multi_category") else None
            found |= {word.casefold() for words in (named or {}).values() for word in words}
    return {word for word in found if len(word) > 1}


def _stands(word: str, text: str) -> bool:
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}s?\b", text) is not None
    return word in text
