"""Slips of one character in the catalog's Chinese words, written for another of the same sound: 耳击, 降躁, 篮色."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

from shortlist_prompts.word_files import load_words

from .forms import is_chinese
from .phrases import Found, is_cjk, longest
from .words import general_words

_LONG = 4
"""Characters of a name in which one may be any other."""
_MOST = 6
"""Characters of the longest word that is looked for."""
_ANY = ""


class Sounds:
    """The Chinese words of a catalog, found through one character that sounds like the right one.

    A word of two characters must stand alone between words that are known; 无限 and its like are words of their own.

    Args:
        phrases: The catalog's phrases, folded.
        names: Those of them in which, being long, any one character may be wrong.
    """

    def __init__(self, phrases: Iterable[str], names: Collection[str] = ()) -> None:
        self._forms: dict[tuple[str, str, str], set[str]] = {}
        self._after: dict[str, set[str]] = {}
        self._before: dict[str, set[str]] = {}
        self._known = frozenset(one for one in phrases if is_chinese(one) and 2 <= len(one) <= _MOST)
        for phrase in self._known:
            # 吃的地方 is no slip for 住的地方: what describes a thing means another with another word in it.
            any_one = (_ANY,) if len(phrase) >= _LONG and phrase in names and "的" not in phrase else ()
            for at, char in enumerate(phrase):
                spoken = (*sounds().get(char, ()), *any_one)
                for sound in spoken:
                    self._forms.setdefault((phrase[:at], sound, phrase[at + 1 :]), set()).add(phrase)
                    beside, right = (self._after, phrase[at - 1]) if at else (self._before, phrase[1])
                    beside.setdefault(right, set()).add(sound)
        self._lengths = sorted({len(phrase) for phrase in self._known}, reverse=True)

    def found(self, folded: str, known: Iterable[tuple[int, int]]) -> list[tuple[int, int, str]]:
        """Return the words that slips hide in a folded text, by where they stand; `known` ones are right."""
        if not self._lengths or folded.isascii():
            return []
        taken = bytearray(len(folded))
        _cover(taken, known)
        places = [at for at, covered in enumerate(taken) if not covered and self._may_stand(folded, at)]
        if not places:
            return []
        general = general_words()
        stops = [(one.start, one.end) for one in general.stop_zh.scan(folded)]
        stops += [(one.start, one.end) for one in general.markers.scan(folded)]
        spans = [*stops, *((one.start, one.end) for one in general.filler_zh.scan(folded))]
        _cover(taken, (span for span in spans if span[1] - span[0] > 1))
        single = {start for start, end in stops if end - start == 1}
        candidates = [
            (start, end, phrase)
            for at in places
            if not taken[at]
            for start, end, phrase in self._around(folded, at)
            if end - start > 2 or at not in single
        ]
        _cover(taken, [*spans, *((start, end) for start, end, _ in candidates)])
        _cover(taken, ((at, at + 1) for at, char in enumerate(folded) if not is_cjk(char)))
        alone = [one for one in candidates if one[1] - one[0] > 2 or _stands_alone(taken, one[0], one[1])]
        kept = longest([Found(start, end, phrase) for start, end, phrase in alone])
        return [(one.start, one.end, one.payload) for one in kept]

    def _may_stand(self, folded: str, at: int) -> bool:
        """Say whether the character before or after one stands in some word beside one of its sound."""
        after, before = self._after.get(folded[at - 1 : at]), self._before.get(folded[at + 1 : at + 2])
        if (after is None and before is None) or not is_cjk(folded[at]):
            return False
        spoken = (*sounds().get(folded[at], ()), _ANY)
        return any((after and sound in after) or (before and sound in before) for sound in spoken)

    def _around(self, folded: str, at: int) -> Iterator[tuple[int, int, str]]:
        """Yield the words that stand around a character but for that one."""
        spoken = (*sounds().get(folded[at], ()), _ANY)
        for length in self._lengths:
            for start in range(max(0, at - length + 1), min(at, len(folded) - length) + 1):
                before, after = folded[start:at], folded[at + 1 : start + length]
                for sound in spoken:
                    phrases = self._forms.get((before, sound, after), ())
                    said = folded[start : start + length]
                    if len(phrases) == 1 and said not in self._known and said not in general_words().spelled_zh:
                        yield start, start + length, next(iter(phrases))


def _cover(taken: bytearray, spans: Iterable[tuple[int, int]]) -> None:
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)


def _stands_alone(taken: bytearray, start: int, end: int) -> bool:
    return (start == 0 or bool(taken[start - 1])) and (end == len(taken) or bool(taken[end]))


@cache
def sounds() -> dict[str, tuple[str, ...]]:
    """Return how each character sounds, without tones; some sound in two ways."""
    found: dict[str, tuple[str, ...]] = {}
    text = files(__package__).joinpath("sounds.yaml").read_text("utf-8")
    for syllable, characters in load_words(text, as_written=True).items():
        for char in characters:
            found[char] = (*found.get(char, ()), syllable)
    return found
