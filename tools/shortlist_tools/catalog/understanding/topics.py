"""What items are about in their own words: key phrases that a few items share, in English and Chinese."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from sys import intern

from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.understanding.lexicon import Language, lexicon, stopwords

MOST = 5
"""Topics of an item."""

_READ = 600
_LEARNED_FROM = 100_000
_REMEMBERED = 50_000
_MOST_COUNTED = 1_000_000
_ENGLISH = re.compile(r"[a-z][a-z'-]+[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class _Words:
    """Which runs of Chinese characters are words: those that many different characters stand before, and behind."""

    def __init__(self) -> None:
        self.before: dict[str, Counter[str]] = {}
        self.behind: dict[str, Counter[str]] = {}

    def see(self, gram: str, before: str, behind: str) -> None:
        """Note what stood around `gram`; nothing where the run of characters began or ended."""
        self.before.setdefault(gram, Counter())[before] += 1
        self.behind.setdefault(gram, Counter())[behind] += 1

    def whole(self, phrase: str) -> bool:
        """Whether `phrase` is a word rather than a piece of one; English phrases always are."""
        if phrase not in self.before:
            return True
        return all(_varied(around[phrase]) for around in (self.before, self.behind))


def _varied(around: Counter[str]) -> bool:
    """Whether no single neighbour stands there more than three times in five; a run's end counts as varied."""
    (likeliest, number), *_ = around.most_common(1)
    return likeliest == "" or number <= 0.6 * around.total()


def topics_of(items: Callable[[], Iterable[Item]], schema: Schema) -> Iterator[tuple[str, list[str]]]:
    """Yield each item's id and its topics: the phrases that tell it best from the rest (tf-idf), most telling first.

    A topic is shared by at least three items (two in a catalog of less than a hundred) and at most a tenth of them (or
    five); words of categories are not repeated. Phrases are learned from the first 100,000 items.
    """
    fields = [role.name for role in (schema.role("title"), schema.role("description")) if role is not None]
    shares: Counter[str] = Counter()
    words = _Words()
    size = 0
    said: list[tuple[str, tuple[str, ...]]] = []
    for item in islice(items(), _LEARNED_FROM):
        size += 1
        phrases = _phrases(item, fields, words)
        shares.update(set(phrases))
        if size <= _REMEMBERED:
            said.append((item.id, tuple(map(intern, phrases))))
        if len(shares) > _MOST_COUNTED:
            shares = Counter({phrase: number for phrase, number in shares.items() if number > 1})
    fewest = 3 if size >= 100 else 2
    most = max(5, size // 10)
    known = _named(schema)
    weights = {
        phrase: math.log(size / number) * (1.3 if " " in phrase else 1.0)
        for phrase, number in shares.items()
        if fewest <= number <= most and phrase not in known and words.whole(phrase)
    }
    for name, remembered in said:
        yield name, _best(remembered, weights)
    del said
    if size > _REMEMBERED:
        for item in islice(items(), _REMEMBERED, None):
            yield item.id, _best(_phrases(item, fields), weights)


def _best(phrases: Iterable[str], weights: Mapping[str, float]) -> list[str]:
    counts: dict[str, int] = {}
    for phrase in phrases:
        if phrase in weights:
            counts[phrase] = counts.get(phrase, 0) + 1
    scored = [(-(1 + math.log(number)) * weights[phrase], phrase) for phrase, number in counts.items()]
    chosen: list[str] = []
    for _, phrase in sorted(scored):
        if not any(phrase in other or other in phrase for other in chosen):
            chosen.append(phrase)
        if len(chosen) == MOST:
            break
    return chosen


def _named(schema: Schema) -> set[str]:
    """Return what is no topic: words of praise and blame, and words for values, which fields say better."""
    languages: tuple[Language, ...] = ("en", "zh")
    found = {word for language in languages for word in lexicon(language).words}
    for field in schema.fields:
        for value, words in field.values.items():
            found |= {value.casefold(), *(word.casefold() for listed in words.values() for word in listed)}
    return found


def _phrases(item: Item, fields: list[str], words: _Words | None = None) -> list[str]:
    found: list[str] = []
    for number, name in enumerate(fields):
        for text in _texts(item.values.get(name)):
            said = _in_text(text[:_READ], words)
            found += said * 2 if number == 0 else said
    for review in item.reviews[:20]:
        for text in _texts(review.text):
            found += _in_text(text[:_READ], words)
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(text) for text in value.values()] if isinstance(value, dict) else []


def _in_text(text: str, words: _Words | None) -> list[str]:
    stop, stop_han = stopwords("en"), stopwords("zh")
    lowered = text.lower()
    found: list[str] = []
    before = ""
    place = -1
    for match in _ENGLISH.finditer(lowered):
        word = match[0]
        if word in stop:
            before = ""
            continue
        if before and match.start() == place + 1 and lowered[place] == " ":
            found.append(f"{before} {word}")
        found.append(word)
        before, place = word, match.end()
    if not text.isascii():
        for run in _HAN.findall(text):
            for length in (2, 3, 4):
                for start in range(len(run) - length + 1):
                    gram = run[start : start + length]
                    if gram[0] not in stop_han and gram[-1] not in stop_han:
                        if words is not None:
                            words.see(gram, run[start - 1 : start], run[start + length : start + length + 1])
                        found.append(gram)
    return found
