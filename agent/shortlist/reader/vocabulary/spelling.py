"""Slips of one letter in the catalog's longer words: "headpones", "begginer", "sensative skin"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SHORTEST = 6
"""Letters of the shortest word that is looked for; shorter ones are too easily other words."""
_LEAST_IN_PHRASE = 4
_MOST = 5_000
"""Words beyond which a catalog's names are too many to be told apart by one letter."""
_WORD = re.compile(r"[a-z]+")
_VOWELS = frozenset("aeiouy")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("wh", "w"))
"""Letters written for others of the same sound: headfones."""
_NOUN_BEFORE = re.compile(r"\b(?:an?|the|some|any|this|that) $")
_LEAD = 6
"""Characters that are looked back at for an article."""
_NOUN_AFTER = re.compile(r"\s+(?:to|for|on|in|about|with|at|under|please)\b|\W*$")


class Spelling:
    """The long English words of a catalog, found through one slip: a letter dropped, doubled, added or swapped.

    One consonant for another is no slip: it mostly makes another word ("cooling" is not cooking).

    Before a word that a phrase of the catalog goes on with, any one letter may be wrong ("noice cancelling").

    Args:
        phrases: The catalog's phrases, folded.
        known: Words that are right as they stand, though one letter away from others.
        shortest: Letters of the shortest word that is looked for.
        adjectives: Those of the known words that are wrong in the place of a noun ("a coarse to learn piano").
    """

    def __init__(
        self,
        phrases: Iterable[str],
        known: Iterable[str],
        shortest: int = _SHORTEST,
        adjectives: Iterable[str] = (),
    ) -> None:
        phrases = list(phrases)
        words = {word for phrase in phrases for word in _WORD.findall(phrase)}
        self._known = words | set(known)
        self._shortest = shortest
        self._adjectives = frozenset(adjectives)
        self._near: dict[str, list[str]] = {}
        self._before: dict[str, set[str]] = {}
        for first, second in (phrase.split() for phrase in phrases if phrase.count(" ") == 1):
            if len(first) > _LEAST_IN_PHRASE and len(second) >= _SHORTEST:
                self._before.setdefault(second, set()).add(first)
        targets = sorted(word for word in words if len(word) >= shortest)
        for word in targets if len(targets) <= _MOST else ():
            for form in {word, *_shortened(word), *_shortened(_sounded(word)), _sounded(word)}:
                self._near.setdefault(form, []).append(word)

    def corrected(self, folded: str) -> tuple[str, list[int]] | None:
        """Return a folded text with its slips mended and the place of each character before, or None without slips."""
        text: list[str] = []
        places: list[int] = []
        at = 0
        for match in _WORD.finditer(folded):
            whole = _stands_alone(folded, match)
            right = self._right(match.group(), whole=whole, known=not self._is_noun(folded, match))
            if right is None and whole:
                right = self._in_phrase(match.group(), _WORD.match(folded, match.end() + 1))
            if right is None:
                continue
            text.append(folded[at : match.start()] + right)
            places += range(at, match.start())
            last = match.end() - match.start() - 1
            places += [match.start() + min(i, last) for i in range(len(right) - 1)] + [match.end() - 1]
            at = match.end()
        if not text:
            return None
        return "".join(text) + folded[at:], [*places, *range(at, len(folded))]

    def _in_phrase(self, word: str, after: re.Match[str] | None) -> str | None:
        """Return what a word stands for before the second word of a phrase, if it is one letter away from its first."""
        if after is None or len(word) < _LEAST_IN_PHRASE or word in self._known:
            return None
        second = self._right(after.group(), whole=True) or after.group()
        found = {first for first in self._before.get(second, ()) if _is_slip(word, first) or one_wrong(word, first)}
        return min(found, default=None)

    def _is_noun(self, folded: str, match: re.Match[str]) -> bool:
        """Say whether an adjective stands where only a noun can."""
        if match.group() not in self._adjectives or not _NOUN_AFTER.match(folded, match.end()):
            return False
        return _NOUN_BEFORE.search(folded[max(0, match.start() - _LEAD) : match.start()]) is not None

    def _right(self, word: str, *, whole: bool, known: bool = True) -> str | None:
        if (
            len(word) < min(self._shortest, _SHORTEST) - (self._shortest < _SHORTEST)
            or not whole
            or (known and (word in self._known or word.rstrip("s") in self._known))
        ):
            return None
        found = {
            near
            for form in {word, *_shortened(word), _sounded(word)}
            for near in self._near.get(form, ())
            if _is_slip(word, near) or _sounds_like(word, near)
        }
        stems = {near.rstrip("s") for near in found}
        return min(found) if len(stems) == 1 else None


def _sounded(word: str) -> str:
    """Return a word with the letters that are written for others of the same sound."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return word


def _sounds_like(word: str, right: str) -> bool:
    """Say whether a word is another, or a slip away from it, where letters of the same sound stand for each other."""
    one, other = _sounded(word), _sounded(right)
    if (one, other) == (word, right) or word == right:
        return False
    return one == other or _is_slip(one, other)


def _stands_alone(folded: str, match: re.Match[str]) -> bool:
    around = folded[max(0, match.start() - 1) : match.start()] + folded[match.end() : match.end() + 1]
    return not any((char.isalnum() and char.isascii()) or char in "'’@_" for char in around)


def _shortened(word: str) -> Iterator[str]:
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]


def _is_slip(word: str, right: str) -> bool:
    """Say whether `word` is `right` with one letter lost, added, swapped with its neighbour, or a vowel mistaken."""
    if word[0] != right[0] or word == right:
        return False
    if len(word) != len(right):
        short, long = sorted((word, right), key=len)
        differs = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
        # A final letter more or less is another form of the word.
        return len(long) - len(short) == 1 and short[differs:] == long[differs + 1 :] and differs < len(short)
    wrong = [i for i in range(len(word)) if word[i] != right[i]]
    if len(wrong) == 1:
        at = wrong[0]
        repeated = word[at] == word[at - 1] or word[at] == word[at + 1 : at + 2]
        return repeated or (word[at] in _VOWELS and right[at] in _VOWELS)
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(right)


def one_wrong(word: str, right: str) -> bool:
    """Say whether two words of one length differ in one letter, not the first."""
    return (
        len(word) == len(right) and word[0] == right[0] and sum(a != b for a, b in zip(word, right, strict=True)) == 1
    )
