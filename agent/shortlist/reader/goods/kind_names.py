"""What a kind of goods is called, and what its items' titles show of those names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
_MOST = 0.7
"""A name of more than this share of a kind's items says no more than the kind."""
SAME, SPELLED = 0.75, 0.89
"""Similarity to a plain name of the kind from which on a name says no more than it, and to another spelling of it."""
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
        self._texts = [name for role in ("description",) if (name := schema.roles.get(role))]
        self.compare: Callable[[str, list[str]], list[float]] | None = None
        self._having = lru_cache(maxsize=KEPT)(self._look_up)
        self._of = lru_cache(maxsize=KEPT)(self._of_kind)

    def names(self, kind: str) -> list[str]:
        """Return what the schema calls a kind, folded."""
        listed = self._kind.values.get(kind, {}) if self._kind else {}
        return [fold(word) for words in listed.values() for word in words]

    def of_kind(self, kind: str) -> Mask:
        """Return which items are of a kind, shape (n,)."""
        return self._of(kind)

    def unsorted(self, phrase: str, kind: str) -> Mask:
        """Return the items of a kind that titles and texts call by no other sort of it: no sake for white wine."""
        phrase, left = fold(phrase).strip(), self._of(kind).copy()
        for name in () if self._kind is None or self._tells(kind) else self.names(kind):
            other = name not in phrase and not self._is_plain(name, kind) and not self._narrower.value(name, kind)
            found = self._having(self._title, name) & self._of(kind) | self._told_as(name, kind) if other else None
            if found is not None and self._few(found, kind) is not None:
                left &= ~found
        return left if left.any() else self._of(kind)

    def _tells(self, kind: str) -> bool:
        """Say whether the titles of a kind tell what each item is."""
        return self._are_named(self.names(kind), kind)

    def _tells_sorts(self, kind: str) -> bool:
        """Say whether the titles of a kind tell of what sort each item is, in more than names for the kind itself."""
        return self._are_named([one for one in self.names(kind) if not self._is_plain(one, kind)], kind)

    def _are_named(self, names: Iterable[str], kind: str) -> bool:
        among, named = self._of(kind), np.zeros(len(self._snapshot), dtype=np.bool_)
        for name in names:
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

    def _told_as(self, phrase: str, kind: str) -> Mask:
        """Return the items whose texts call them so, with their variants: "the same sake", in a cup.

        A name that others of the kind end in is wider than they are.
        """
        found = ~self._of(kind) & self._of(kind)
        if self._tells(kind) or any(one != phrase and one.endswith(phrase) for one in self.names(kind)):
            return found
        for name in self._texts:
            found = found | self._having(name, phrase) & self._of(kind)
        group = self._schema.roles.get("variant_group")
        groups = {self._snapshot.value(int(row), group) for row in np.flatnonzero(found)} - {None} if group else set()
        for row in np.flatnonzero(self._of(kind)) if groups else ():
            found[row] = found[row] or self._snapshot.value(int(row), group) in groups
        return found

    def _is_same(self, phrase: str, kind: str) -> bool:
        """Say whether a name means what the plain names of the kind do: 鞋子, booze."""
        names = self.names(kind)
        plain = [one for one in names if self._is_plain(one, kind) and not phrase.endswith(one)]
        if any(one != phrase and one.endswith(phrase) for one in names):
            return True
        alike = zip(names, self.compare(phrase, names), strict=True) if self.compare else ()
        spelled = [phrase, *(one for one, like in alike if like >= SPELLED)]
        return bool(plain) and any(max(self.compare(one, plain)) >= SAME for one in spelled if self.compare)

    def _few(self, found: Mask, kind: str) -> Mask | None:
        return found if found.any() and found.sum() <= _MOST * self._of(kind).sum() else None
