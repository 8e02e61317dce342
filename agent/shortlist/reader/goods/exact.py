"""Which items of a kind go by the name it was asked for: a coffee grinder is no French press, though both are gear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from shortlist.reader.vocabulary import (
    fold,
    forms_of,
    general_words,
    has_form,
    is_chinese,
    one_wrong,
)
from shortlist_tools.catalog import Schema

from .kind_names import KEPT, KindNames, Mask

ALIKE, ALIKE_COMPOUND = 0.7, 0.8
"""Similarity from which on two names of a kind mean the same items, and where one ends in the kind's own name."""
_DIVIDING = 2
"""Names that stand for some of a kind's items from which on one that stands for none is owned up to."""
_CHANCE = 0.01
"""A word beside the name that stands in the titles of fewer of a kind's items is there by chance (好吃)."""
_WORD = re.compile(r"[a-z][a-z0-9+#']+|[\u3400-\u9fff]{2,}")
_KEPT_AS = "_exact"
_CAN = frozenset("能可会")
"""What asks whether something can be done names no sort of thing: 能修."""
_COUNTED = re.compile(r"[一二两三几每这那某哪][家个款双副台件盏瓶本只条支张把套座间处所种类些点下]")
_ABOUT = re.compile(r"\b(?:about|on|covering)\b|讲|关于|介绍|聊|教|怎么|如何|的|是")
_SORTS = ("式", "型", "款")
"""Characters that end a sort of things in Chinese, which descriptions tell as titles do."""


class Exact(KindNames):
    """The items of a kind that its narrower names stand for, by their titles in every language and their descriptions.

    A name is narrower unless titles show it to be another word for the kind: in another language they call an item so
    by the kind's plain name (a 双肩包 is a backpack).

    Args:
        schema: The catalog's schema.
        snapshot: The catalog's items.
    """

    def __init__(self, schema: Schema, snapshot: Any) -> None:
        super().__init__(schema, snapshot)
        self._telling = lru_cache(maxsize=KEPT)(self._tell)
        self._elsewhere: dict[str, list[str]] = {}
        self._unborne = lru_cache(maxsize=KEPT)(self._find_unborne)

    @staticmethod
    def of(snapshot: Any) -> Exact:
        """Return what tells the names in a snapshot; it is made once and goes with the snapshot."""
        made: dict[str, Any] = vars(snapshot)
        if _KEPT_AS not in made:
            made[_KEPT_AS] = Exact(snapshot.schema, snapshot)
        exact: Exact = made[_KEPT_AS]
        return exact

    def rows(self, phrase: str, kind: str) -> Mask | None:
        """Return which items of `kind` are what `phrase` names, shape (n,); None where it names the kind or nothing.

        Words beside the name ("yoga class") narrow it further where they tell items apart.
        """
        phrase = fold(phrase).strip()
        if self._kind is None or not phrase:
            return None
        name = self._name_in(phrase, kind)
        others = [one for one in self.names(kind) if one not in name and has_form(phrase, one)]
        if others:
            either = [self._by_name(one, kind) for one in (name, *others)]
            every = [one for one in either if one is not None]
            return np.logical_or.reduce(every) if len(every) == len(either) else None
        found = self._by_name(name, kind)
        for word, topic in self._beside(phrase, name, kind):
            telling = self._telling(word, kind, topic)
            both = telling if telling is None or found is None else telling & found
            found = both if both is not None and both.any() else found
        return found

    def named(self, phrase: str, kind: str) -> Mask | None:
        """Return what `rows` does without the words beside the name."""
        return self._by_name(self._name_in(fold(phrase), kind), kind) if self._kind is not None else None

    def alike(self, found: Mask, kind: str) -> Mask:
        """Return the items of a kind that go by a name which all of `found` in it go by, in any language."""
        own = found & self._of(kind)
        return self._translated(own, kind) if self._kind is not None and own.any() else own

    def tells(self, word: str, kind: str, *, topic: bool = False) -> bool:
        """Say whether a word beside a kind's name tells some of its items from the rest."""
        return self._kind is not None and self._telling(fold(word).strip(), kind, topic) is not None

    def _by_name(self, phrase: str, kind: str) -> Mask | None:
        if self._is_plain(phrase, kind):
            return None
        inner = self._narrower.value(phrase, kind)
        if inner is not None:
            found = self._narrower.rows(*inner, kind) & self.unsorted(phrase, kind)
        elif self._is_compound(phrase, kind) or self._tells(kind):
            found = self._called(phrase, kind)
        else:
            found = self._of_value(phrase, kind)
        found = found if found.any() else self._told_as(phrase, kind)
        return self._few(found if found.any() else self._meant(phrase, kind), kind)

    def unborne(self, phrase: str, kind: str) -> str:
        """Return the name in a phrase that no item of the kind goes by, where others of its names tell items apart."""
        return self._unborne(phrase, kind) if self._kind is not None else ""

    def _find_unborne(self, phrase: str, kind: str) -> str:
        if not self._is_divided(kind):
            return ""
        name = self._name_in(fold(phrase).strip(), kind)
        said = any(word in general_words().stop_en for word in name.split())
        known = self._is_plain(name, kind) or name not in self.names(kind) or self._by_name(name, kind) is not None
        borne = self._called(name, kind).any() or self._told_as(name, kind).any() or self._of_value(name, kind).any()
        return "" if said or known or borne or self._is_same(name, kind) else name

    def _is_divided(self, kind: str) -> bool:
        """Say whether several names of a kind stand for some of its items each."""
        told = [
            one for one in self.names(kind) if not self._is_plain(one, kind) and self._by_name(one, kind) is not None
        ]
        return len(told) >= _DIVIDING

    def _meant(self, phrase: str, kind: str) -> Mask:
        """Return the items of the name that means what this one does, where that is known: 洗面奶 is 洁面乳."""
        if phrase[:1] in _CAN:
            return ~self._of(kind) & self._of(kind)
        compound = self._is_compound(phrase, kind)
        others = [one for one in dict.fromkeys(self.names(kind)) if one != phrase and not self._is_plain(one, kind)]
        if compound:  # what ends alike is near without meaning the same
            others = [one for one in others if is_chinese(one) != is_chinese(phrase)]
        known = phrase in self.names(kind) and self._tells_sorts(kind)
        if self.compare is not None and known and not self._is_same(phrase, kind):
            near = sorted(zip(self.compare(phrase, others), others, strict=True), reverse=True)
            for other in (one for like, one in near if like >= (ALIKE_COMPOUND if compound else ALIKE)):
                inner = self._narrower.value(other, kind)
                found = self._narrower.rows(*inner, kind) if inner else self._called(other, kind)
                if found.any():
                    return found
        return ~self._of(kind) & self._of(kind)

    def _name_in(self, phrase: str, kind: str) -> str:
        """Return the name of the kind that stands in a phrase, the longest; the phrase where none does."""
        names = {form for name in self.names(kind) for form in forms_of(name)}
        known = [name for name in names if has_form(phrase, name)] or [one for one in names if one_wrong(phrase, one)]
        return max(known, key=len, default=phrase)

    def _beside(self, phrase: str, name: str, kind: str) -> Iterator[tuple[str, bool]]:
        """Yield the words of a phrase that stand beside the kind's name, and whether they say what it is about."""
        before, _, after = phrase.partition(name)
        for said, topic in ((before, False), (after, True)):
            part = said
            for known in self._said_elsewhere(kind):
                part = part.replace(known, " ")
            about = topic or bool(_ABOUT.search(part))
            words = _WORD.findall(_COUNTED.sub(" ", _ABOUT.sub(" ", part)))
            while words:
                size = next((n for n in (3, 2) if len(words) >= n and self.tells(" ".join(words[:n]), kind)), 1)
                if size > 1 or words[0] not in general_words().words():
                    yield " ".join(words[:size]), about
                words = words[size:]

    def _said_elsewhere(self, kind: str) -> list[str]:
        """Return the Chinese words for values that items of the kind have, and for flags: they filter by themselves."""
        if kind not in self._elsewhere:
            said = {word for f in self._schema.fields for words in f.flag_words.values() for word in words}
            for field in (f for f in self._schema.fields if f != self._kind and f.kind != "text"):
                for value, by in field.values.items():
                    if self._narrower.rows(field, value, kind).any():
                        said |= {word for words in by.values() for word in words}
            words = (fold(word) for word in said if is_chinese(word) and len(word) > 1)
            self._elsewhere[kind] = sorted(words, key=len, reverse=True)
        return self._elsewhere[kind]

    def _tell(self, word: str, kind: str, topic: bool) -> Mask | None:
        """Return the items of a kind that a word beside its name is true of: by a value, the title, the description.

        What something is about is told by its values first, else by its title; a word of a description may be chance.
        """
        if not word or self._kind is None:
            return None
        valued = np.zeros(len(self._snapshot), dtype=np.bool_)
        for field in self._schema.fields:
            if field.kind == "multi_category" and field.values:
                for value, by in field.values.items():
                    names = [value.replace("_", " "), *(fold(one) for words in by.values() for one in words)]
                    if any(one == word or (is_chinese(word) and one.startswith(word)) for one in names):
                        valued |= self._narrower.rows(field, value, kind)
        titled = self._having(self._title, word) & self._of(kind)
        described = np.zeros(len(self._snapshot), dtype=np.bool_)
        for name in self._texts:
            described |= self._having(name, word) & self._of(kind)
        ways = (valued, titled, described) if topic else (titled | (described & titled.any()),)
        found = next((way for way in ways if way.any()), None)
        by_chance = found is None or found.sum() < _CHANCE * self._of(kind).sum()
        return None if found is None or by_chance else self._few(found, kind)

    def field(self, phrase: str, kind: str) -> str | None:
        """Return the field that the first part of a name says a value of: colour for red wine; else None."""
        inner = self._narrower.value(self._name_in(fold(phrase).strip(), kind), kind)
        return inner[0].name if inner else None

    def _of_value(self, phrase: str, kind: str) -> Mask:
        """Return the items with the value that the first part of a name is of: a mystery game."""
        head, _, rest = phrase.rpartition(" ")
        fits = bool(head) and bool(forms_of(rest) & {name.split()[-1] for name in self.names(kind)})
        for field in self._schema.fields if fits else ():
            value = (
                field.canonical(head) or field.canonical(head.replace(" ", "-"))
                if field != self._kind and field.values
                else None
            )
            if value in field.values and (found := self._narrower.rows(field, str(value), kind)).any():
                return found
        return ~self._of(kind) & self._of(kind)

    def _is_compound(self, phrase: str, kind: str) -> bool:
        """Say whether a name goes before the kind's own, as desk lamp and 落地灯 do."""
        same = self._synonyms.get(kind, frozenset())
        return any(phrase != name and phrase.endswith(name) for name in same)

    def _called(self, phrase: str, kind: str) -> Mask:
        """Return the items called `phrase`: word by word, by what it says beyond the kind, or by its last part."""
        found = self._titled(phrase, kind)
        if found.any() and not self._is_one_product(found):
            return found | self._of_a_sort(phrase, kind)
        found = found | self._described_as(phrase, kind)
        if found.any():
            return found | self._translated(found, kind)
        for part in self._shorter(phrase, kind):
            if (found := self._titled(part, kind)).any():
                return found | self._translated(found, kind)
        if (found := self._of_value(phrase, kind)).any():
            return found
        for word in (one for one in phrase.split()[:-1] if one not in self._narrower.topics):
            found = found | self._having(self._title, word) & self._of(kind)
        for name in self._texts if not found.any() and self._is_compound(phrase, kind) and self._tells(kind) else ():
            found = self._having(name, phrase) & self._of(kind)
        return found | self._translated(found, kind) if found.any() else found

    def _described_as(self, phrase: str, kind: str) -> Mask:
        """Return the items whose texts have the word before the kind's own name: desk, of a desk lamp."""
        found = ~self._of(kind) & self._of(kind)
        for head in self._synonyms.get(kind, frozenset()) if is_chinese(phrase) else ():
            part = phrase.removesuffix(head)
            if part != phrase and len(part) > 1:
                found = found | self._having(self._title, part) & self._of(kind)
        words = phrase.split()
        if len(words) == 2 and self._is_plain(words[1], kind) and words[0] not in general_words().words():
            for name in (self._title, *self._texts):
                found = found | self._having(name, words[0]) & self._of(kind)
        return found

    def _of_a_sort(self, phrase: str, kind: str) -> Mask:
        """Return the items described as of the sort that goes before the kind's own name: 头戴式, of 头戴式耳机."""
        found = ~self._of(kind) & self._of(kind)
        for part in (phrase.removesuffix(head) for head in self._synonyms.get(kind, frozenset())):
            if part != phrase and part.endswith(_SORTS):
                for name in self._texts:
                    found = found | self._having(name, part) & self._of(kind)
        return found

    def _titled(self, phrase: str, kind: str) -> Mask:
        """Return the items of the kind in whose title the phrase stands, or all of its words."""
        found = self._having(self._title, phrase) & self._of(kind)
        if found.any() or " " not in phrase:
            return found
        found = self._of(kind)
        for word in phrase.split():
            found = found & self._having(self._title, word)
        return found

    def _shorter(self, phrase: str, kind: str) -> list[str]:
        """Return the phrase without what its kind is about (coffee), then other names of the kind that it ends in."""
        topics = [topic for topic, value in self._narrower.topics.items() if value == kind]
        cut = [phrase.removeprefix(topic).strip() for topic in topics if phrase.startswith(topic)]
        ends = [name for name in self.names(kind) if name != phrase and phrase.endswith(name)]
        return [
            part for part in [*cut, *sorted(ends, key=len, reverse=True)] if part and not self._is_plain(part, kind)
        ]

    def _translated(self, found: Mask, kind: str) -> Mask:
        """Return the items that share a name, in any language, which all of `found` go by as well."""
        shared = found
        for name in self.names(kind):
            if not self._is_plain(name, kind):
                alike = self._having(self._title, name) & self._of(kind) | self._described_as(name, kind)
                shared = shared | alike if (alike & found == found).all() else shared
        return shared

    def _is_one_product(self, found: Mask) -> bool:
        group = self._schema.roles.get("variant_group")
        rows = np.flatnonzero(found)
        groups = {self._snapshot.value(int(row), group) if group else None for row in rows}
        return len(rows) == 1 or (len(groups) == 1 and None not in groups)
