"""What a kind of goods is called, and what its items' titles show of those names."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.reader.vocabulary import MOST_ITEMS, fold, forms_of, has_form, is_chinese, said_in
from shortlist_tools.catalog import Schema

from .narrower import Narrower

KEPT = 2048
"""Words looked up that are kept."""
NAMED = 0.5
"""From this share of a kind's titles on that hold one of its names, a name of fewer tells them apart."""
Mask = NDArray[np.bool_]


class KindNames:
    """The names of the kinds of a catalog, and which items' texts have a word.

    Args:
        schema: The catalog's schema.
        snapshot: The catalog's items.
    """

    def __init__(self, schema: Schema, snapshot: Any) -> None:
        self._schema, self._snapshot = schema, snapshot
        self._narrower = Narrower(schema, snapshot)
        kind, title = schema.role("kind"), schema.role("title")
        few = len(snapshot) <= MOST_ITEMS
        self._kind = kind if few and title is not None and kind is not None and kind.kind == "category" else None
        self._title = title.name if title else ""
        self._having = lru_cache(maxsize=KEPT)(self._look_up)
        self._of = lru_cache(maxsize=KEPT)(self._of_kind)

    def names(self, kind: str) -> list[str]:
        """Return what the schema calls a kind, folded."""
        listed = self._kind.values.get(kind, {}) if self._kind else {}
        return [fold(word) for words in listed.values() for word in words]

    def of_kind(self, kind: str) -> Mask:
        """Return which items are of a kind, shape (n,)."""
        return self._of(kind)

    def _tells(self, kind: str) -> bool:
        """Say whether the titles of a kind tell what each item is."""
        among, named = self._of(kind), np.zeros(len(self._snapshot), dtype=np.bool_)
        for name in self.names(kind):
            named |= self._having(self._title, name)
        return bool((named & among).sum() >= NAMED * max(1, among.sum()))

    def _is_plain(self, phrase: str, kind: str) -> bool:
        return bool(forms_of(phrase) & self._synonyms.get(kind, frozenset())) or phrase in self._narrower.topics

    @cached_property
    def _synonyms(self) -> dict[str, frozenset[str]]:
        """By kind, its plain names and parts of them, and what else titles show to be said for the kind itself."""
        found = {}
        for kind, by in self._kind.values.items() if self._kind else ():
            first = [fold(words[0]) for words in by.values() if words]
            same = {form for name in first for form in forms_of(name)} | {name.split()[-1] for name in first}
            same |= {name for name in self.names(kind) if is_chinese(name) and any(name in one for one in first)}
            grown = True
            while grown:
                more = {name for name in self.names(kind) if name not in same and self._is_said_for(name, same, kind)}
                grown = bool(more)
                same |= {form for name in more for form in forms_of(name)}
            found[kind] = frozenset(same)
        return found

    def _is_said_for(self, name: str, same: set[str], kind: str) -> bool:
        """Say whether titles with a name show, in another language, that it is but another word for the kind."""
        if any(name != one and name.endswith(one) for one in same):
            return False
        column = np.flatnonzero(self._having(self._title, name) & self._of(kind))
        for row in column:
            others = list(map(fold, said_in(self._snapshot.text(self._title)[row])))
            for one in (one for one in others if not has_form(one, name)):
                # 小月亮夜灯 has 灯 in it, and is called a 夜灯, as a night light is.
                called = max((word for word in {*same, *self.names(kind)} if has_form(one, word)), key=len, default="")
                if called in same:
                    return True
        return False

    def _of_kind(self, kind: str) -> Mask:
        assert self._kind is not None
        codes, values = self._snapshot.codes(self._kind.name)
        return np.asarray(codes == list(values).index(kind) if kind in values else np.zeros(len(codes), np.bool_))

    def _look_up(self, field: str, phrase: str) -> Mask:
        found = np.zeros(len(self._snapshot), dtype=np.bool_)
        column, texts = self._snapshot.texts(field), self._snapshot.text(field)
        for form in forms_of(phrase):
            for row in np.flatnonzero(column.having(form) | column.having(form.replace(" ", "-"))):
                found[row] = found[row] or any(has_form(fold(text), form) for text in said_in(texts[row]))
        return found
