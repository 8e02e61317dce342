"""Whether the catalog has nothing of the name that somebody asks for: neither a title nor a kind that means it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from shortlist.turn.context import Services
from shortlist_tools.search import EmbeddingError
from shortlist_tools.text import fold

MOST_KINDS = 4
NEARLY = 0.65
"""Similarity to the name of a kind from which on a word may mean that kind: footwear is shoes, a torch a lantern."""
_CUT = re.compile(r"[,(:|·]| (?:for|with|of|on|in|by|from|to|at|without|and)\b")


def missing_good(good: str, services: Services) -> str:
    """Return `good` if the catalog has no such thing; an empty string where it has, or where that is not sure."""
    noun = good.rsplit(maxsplit=1)[-1] if good.isascii() and good else good
    if not good or _in_titles(noun, services):
        return ""
    kind = services.schema.role("kind")
    names = [word for by in kind.values.values() for words in by.values() for word in words] if kind else []
    others = tuple(sorted({name for name in map(fold, names) if not any(form in name for form in _forms(noun))}))
    if not others:
        return ""
    embedder = cast(Any, services.searcher.embedder)
    try:
        near = float(np.max(_vectors(embedder, others) @ _vectors(embedder, (noun,))[0]))
    except EmbeddingError:
        return ""
    return good if near < NEARLY else ""


def nearest_kinds(good: str, services: Services) -> tuple[tuple[str, int], ...]:
    """Return the kinds on offer that are nearest to `good` in meaning, with their numbers."""
    kind = services.schema.role("kind")
    if kind is None or kind.kind != "category":
        return ()
    codes, values = services.snapshot.codes(kind.name)
    counts = {str(value): int((codes == code).sum()) for code, value in enumerate(values)}
    named = [(value, next((words[0] for words in by.values() if words), value)) for value, by in kind.values.items()]
    on_offer = [(value, name) for value, name in named if counts.get(value)]
    embedder = cast(Any, services.searcher.embedder)
    try:
        near = _vectors(embedder, tuple(fold(name) for _, name in on_offer)) @ _vectors(embedder, (good,))[0]
    except EmbeddingError:
        near = np.zeros(len(on_offer))
    order = np.argsort(-near, kind="stable")[:MOST_KINDS]
    return tuple((on_offer[at][0], counts[on_offer[at][0]]) for at in order)


def _in_titles(good: str, services: Services) -> bool:
    """Return whether some item is called so: the word ends a title, or the part of it before a comma or preposition."""
    role = services.schema.roles.get("title")
    if role is None:
        return False
    column = services.snapshot.texts(role)
    for form in _forms(good):
        for row in np.flatnonzero(column.having(form)):
            value = services.snapshot.item(int(row)).values.get(role)
            titles = value.values() if isinstance(value, dict) else [value]
            if any(_ends(part, form) for title in titles for part in _parts(fold(str(title)))):
                return True
    return False


def _parts(title: str) -> list[str]:
    """Return the words before the first comma or preposition; of a Chinese title each of its words."""
    return title.split() if not title.isascii() else [_CUT.split(title)[0]]


def _ends(part: str, form: str) -> bool:
    return part.strip().endswith(form) if not form.isascii() else part.split()[-1:] == [form]


def _forms(good: str) -> set[str]:
    """Return the word in the singular and the plural, as far as an English word shows them."""
    if not good.isascii():
        return {good}
    return {good, good.removesuffix("s"), good.removesuffix("es"), good + "s"} - {""}


@lru_cache(maxsize=64)
def _vectors(embedder: Any, words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the vectors of some words, of length 1 each, shape (n, d)."""
    vectors = np.asarray(embedder.embed(list(words)), dtype=np.float64)
    found: NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return found
