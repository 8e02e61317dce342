"""The general words of requests, loaded once from words.yaml beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from shortlist_prompts.word_files import load_words
from shortlist_tools.catalog import Field

from .forms import is_chinese
from .phrases import Phrases, fold


@dataclass(frozen=True)
class GeneralWords:
    """Words that steer how a catalog's own words are read.

    Attributes:
        markers: Phrase -> the classes it belongs to (`not`, `wish_before`, `or` …).
        generic: Adjectives that raise or lower the field named beside them: phrase -> up, down, good or bad.
        fields: Words for the fields of a role or dimension: name -> alias, more, less -> language -> phrases.
        plain: Dimension -> labels of the field that simply measures it.
        audience: Labels of fields that say whom or what an item is for.
        topics: Labels of fields that say what an item is about.
        places: Labels of fields that say where it is.
        weak_base: Base adjectives that do not count on their own.
        never_base: Those of them that do not count before a kind of item either.
        verbs: English words that are verbs as well as nouns: their form in -s is no plural.
        stop_en: English words without meaning of their own, kept out of the search by meaning.
        stop_zh: The Chinese ones.
        filler_zh: Chinese words of talking and going about things, which say nothing of what is looked for.
        talk: English words of chatting, which wish for nothing.
        no_goods: Nouns that no shop is asked for: people, occasions, matters of talk, and goods at large.
        goods_end: Characters that Chinese names of things end in.
        spelled: Common words one letter away from others, which are no slips.
        spelled_how: Those of them that say how something is, and stand for no thing.
        spelled_zh: Common Chinese words that sound like others, and are no slips.
    """

    markers: Phrases[frozenset[str]]
    generic: Phrases[frozenset[str]]
    fields: dict[str, dict[str, dict[str, list[str]]]]
    plain: dict[str, frozenset[str]]
    audience: frozenset[str]
    topics: frozenset[str]
    places: frozenset[str]
    weak_base: frozenset[str]
    never_base: frozenset[str]
    verbs: frozenset[str]
    stop_en: frozenset[str]
    stop_zh: Phrases[bool]
    filler_zh: Phrases[bool]
    spelled: frozenset[str]
    spelled_how: frozenset[str]
    spelled_zh: frozenset[str]
    talk: frozenset[str]
    no_goods: frozenset[str]
    goods_end: frozenset[str]

    def words(self) -> frozenset[str]:
        """Return the English words that are right as they stand, whatever a catalog calls its things."""
        return self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        phrases = {word for phrase in (*self.markers, *self.generic) for word in re.findall(r"[a-z]+", phrase)}
        return frozenset(phrases) | self.stop_en | self.verbs | self.spelled


def is_called(field: Field, labels: frozenset[str]) -> bool:
    """Say whether a field goes by one of some labels."""
    names = {field.name, *field.label.values(), *(w for words in field.aliases.values() for w in words)}
    return not names.isdisjoint(labels)


def says_use(field: Field | None) -> bool:
    """Say whether a field tells what all an item is for, or what it is about."""
    labels = general_words().audience | general_words().topics
    return field is not None and field.kind == "multi_category" and is_called(field, labels)


@cache
def general_words() -> GeneralWords:
    """Return the general lexicon."""
    # BaseLoader keeps `no` and `on` as the words they are.
    raw: dict[str, Any] = load_words(files(__package__).joinpath("words.yaml").read_text("utf-8"), as_written=True)
    return GeneralWords(
        markers=_classes(raw["markers"]),
        generic=_classes(raw["generic"]),
        fields=raw["fields"],
        plain={name: frozenset(words) for name, words in raw["plain"].items()},
        audience=frozenset(raw["audience"]),
        topics=frozenset(raw["topics"]),
        places=frozenset(raw["places"]),
        weak_base=frozenset(raw["weak_base"]),
        never_base=frozenset(raw["never_base"]),
        verbs=frozenset(raw["verbs"]),
        stop_en=frozenset(raw["stop"]["en"]),
        stop_zh=_phrases(raw["stop"]["zh"]),
        filler_zh=_phrases(raw["stop"]["filler_zh"]),
        spelled=frozenset(raw["spelled"]),
        spelled_how=frozenset(raw["spelled_how"]),
        spelled_zh=frozenset(raw["spelled_zh"]),
        talk=frozenset(raw["talk"]),
        goods_end=frozenset(raw["goods_end"]),
        no_goods=frozenset(word for words in raw["no_goods"].values() for word in words),
    )


def _phrases(words: Iterable[str]) -> Phrases[bool]:
    found: Phrases[bool] = Phrases()
    for word in words:
        found.put(fold(word), True)
    return found


_ADVERBIAL = frozenset({"not", "withdraw_before", "withdraw_after"})
_ADVERBS = ("really", "actually", "particularly", "especially", "honestly", "even", "much", "necessarily", "strictly")
_NEGATED = re.compile(
    r"^(?:do not|does not|is not|are not|not|(?:do|does|is|are|have|has)n't|(?:do|does|is)nt) (?=[a-z])"
)


def _with_adverbs(phrase: str) -> Iterator[str]:
    """Yield a phrase, and "don't really care" for "don't care"."""
    yield phrase
    if (lead := _NEGATED.match(phrase)) and not phrase[lead.end() :].startswith(_ADVERBS):
        yield from (f"{lead.group()}{adverb} {phrase[lead.end() :]}" for adverb in _ADVERBS)


def _classes(groups: dict[str, list[str]]) -> Phrases[frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            folded = fold(phrase)
            for form in _with_adverbs(folded) if name in _ADVERBIAL else (folded,):
                classes.setdefault(form, set()).add(name)
                if name in ("wish_before", "wish_after") and form.startswith("would be "):
                    classes.setdefault("'d be " + form[9:], set()).add(name)
                    if name == "wish_after":
                        classes.setdefault(form + " if", set()).add("wish_before")
                        classes.setdefault(f"'d be {form[9:]} if", set()).add("wish_before")
                if name == "withdraw_after" and form.startswith("is "):
                    classes.setdefault("'s " + form[3:], set()).add(name)
            if "'" in folded and not is_chinese(folded):
                classes.setdefault(folded.replace("'", ""), set()).add(name)
    found: Phrases[frozenset[str]] = Phrases()
    for phrase, names in classes.items():
        found.put(phrase, frozenset(names))
    return found
