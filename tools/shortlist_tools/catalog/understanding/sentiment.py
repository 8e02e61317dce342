"""The mood of a sentence, English or Chinese, by words in their setting: negation, degree, excess, contrast, wishes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from shortlist_tools.catalog.understanding.lexicon import Language, Lexicon, lexicon

NEUTRAL = 0.2
"""Scores nearer to zero than this say nothing either way."""

_CLAUSE_END = re.compile(r"[,，;；。.!！?？:：~～\n()（）—…]+")
_QUESTION = re.compile(r"[?？]\s*$")
_REACH = {"en": 28, "zh": 6}
_NEGATED = {"en": 28, "zh": 3}
_WISHED = 0.4
_BEFORE, _AFTER = 0.7, 1.4


@dataclass(frozen=True)
class Clause:
    """A part of a sentence: its text, its mood (about -3 to 3), how much it counts, and where it starts."""

    text: str
    mood: float
    weight: float
    start: int


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    word: str


def mood(sentence: str, language: Language, learned: Mapping[str, float] | None = None) -> float:
    """Return how good a sentence sounds, -1 to 1.

    The parts after "but" count more than those before; what is wished or asked counts half.

    Args:
        sentence: One sentence.
        language: Its language.
        learned: Further words with weights, as `adapt.learn` finds them in the catalog's own reviews.
    """
    parts = clauses(sentence, language, learned)
    total = sum(part.mood * part.weight for part in parts)
    return math.tanh(total / 2.5)


def label(score: float) -> str:
    """Return `positive`, `negative` or `neutral` for a mood."""
    return "positive" if score > NEUTRAL else "negative" if score < -NEUTRAL else "neutral"


def clauses(sentence: str, language: Language, learned: Mapping[str, float] | None = None) -> list[Clause]:
    """Return a sentence's clauses with their moods and weights."""
    known = lexicon(language)
    text = sentence.lower().replace("’", "'")
    spans = _spans(text, known)
    turn = next((number for number, (_, _, opener) in enumerate(spans) if opener in known.contrast), None)
    found = []
    for number, (start, end, opener) in enumerate(spans):
        weight = 1.0
        if turn is not None and turn > 0:
            weight = _AFTER if number >= turn else _BEFORE
        if opener in known.concede:
            weight = _BEFORE
        value = _clause_mood(text[start:end], language, known, learned)
        if _QUESTION.search(sentence):
            weight *= 0.5
        found.append(Clause(sentence[start:end].strip(), value, weight, start))
    return found


def _spans(text: str, known: Lexicon) -> list[tuple[int, int, str]]:
    """Return the clauses as (start, end, the contrasting or conceding word that opens them or nothing)."""
    cuts = {0: ""}
    for match in _CLAUSE_END.finditer(text):
        cuts.setdefault(match.end(), "")
    for match in known.pattern.finditer(text):
        word = match[0]
        if word in known.contrast or word in known.concede:
            cuts[match.start()] = word
            for place in range(match.start() - 2, match.start()):
                if place in cuts and not text[place : match.start()].strip():
                    del cuts[place]
    starts = sorted(cuts)
    ends = [*starts[1:], len(text)]
    return [(start, end, cuts[start]) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _clause_mood(text: str, language: Language, known: Lexicon, learned: Mapping[str, float] | None) -> float:
    hits = [_Hit(match.start(), match.end(), match[0]) for match in known.pattern.finditer(text)]
    total, certainty = 0.0, 1.0
    for place, hit in enumerate(hits):
        certainty = _WISHED if hit.word in known.wish else certainty
        total += certainty * _hit_mood(hits, place, language, known)
    if learned:
        total += _learned_mood(text, learned, known)
    return total


def _hit_mood(hits: list[_Hit], place: int, language: Language, known: Lexicon) -> float:
    hit = hits[place]
    before = [each for each in hits[:place] if hit.start - each.end <= _REACH[language]]
    weight = known.words.get(hit.word, 0.0)
    if hit.word in known.dimension and _excessive(before, hit, language, known):
        return -1.5
    if weight == 0.0:
        return 0.0
    negated = _negations(hits, place, language, known)
    if any(each.word in known.stronger for each in before if hit.start - each.end <= 2):
        weight *= 1.3
    if any(each.word in known.weaker for each in before if hit.start - each.end <= 2):
        weight *= 0.6
    if negated % 2:
        return -0.8 * weight if weight > 0 else -0.6 * weight
    return weight


def _negations(hits: list[_Hit], place: int, language: Language, known: Lexicon) -> int:
    """Return how many negators stand before a word and have no other sentiment word between to turn."""
    number = 0
    for each in reversed(hits[:place]):
        if hits[place].start - each.end > _NEGATED[language]:
            break
        if each.word in known.negators:
            number += 1
        elif known.words.get(each.word) or each.word in known.dimension:
            break
    return number


def _excessive(before: list[_Hit], hit: _Hit, language: Language, known: Lexicon) -> bool:
    """Whether "too" or 有点 stands before a word of size: too long, 有点硬; but not "not too long" or 不太大."""
    near = [each for each in before if each.word in known.excess and hit.start - each.end <= 1]
    if not near:
        return False
    first = near[-1]
    earlier = [
        each for each in before if each.end <= first.start and first.start - each.end <= (8 if language == "en" else 1)
    ]
    return not any(each.word in known.negators for each in earlier)


def _learned_mood(text: str, learned: Mapping[str, float], known: Lexicon) -> float:
    from shortlist_tools.text import tokens

    terms = [term for term in dict.fromkeys(tokens(text)) if term in learned and term not in known.words]
    return sum(learned[term] for term in terms)
