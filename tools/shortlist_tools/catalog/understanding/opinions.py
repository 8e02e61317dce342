"""What people liked and disliked about an item: the mood of each aspect in its reviews, with sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _field

from shortlist_tools.catalog.item import Item, Review
from shortlist_tools.catalog.understanding.lexicon import Aspect, Language, pattern_of
from shortlist_tools.catalog.understanding.sentiment import NEUTRAL, clauses, mood

MOST = 6
"""Aspects that are liked, or disliked, about one item."""

QUOTES = 2
"""Sentences kept for each aspect and language."""

_AGREED = 0.6
_LONGEST_QUOTE = 160
_HEARD = 0.5


@dataclass
class _Votes:
    good: float = 0.0
    bad: float = 0.0
    quotes: dict[tuple[bool, Language], list[tuple[float, str]]] = _field(default_factory=dict)


@dataclass(frozen=True)
class Opinions:
    """What reviews say of one item.

    Attributes:
        liked: What `liked_for` holds, most often praised first.
        disliked: What `disliked_for` holds, most often blamed first.
        mood: Mean mood of the reviews, -1 to 1; None without reviews that say anything.
        quotes: Sentences for each of the liked and disliked, the clearest first.
    """

    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    mood: float | None
    quotes: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Listener:
    """Reads reviews for some aspects.

    Args:
        aspects: What to listen for.
        learned: Weights of words, as `adapt.learn` found them.
        scale: Lowest and highest rating, where ratings mean something.
    """

    aspects: Sequence[Aspect]
    learned: Mapping[str, float] = _field(default_factory=dict)
    scale: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        words: dict[Language, dict[str, list[Aspect]]] = {"en": {}, "zh": {}}
        for aspect in self.aspects:
            for language, known in words.items():
                for word in aspect.words.get(language, ()):
                    known.setdefault(word.lower(), []).append(aspect)
        patterns = {language: pattern_of(known or ["\0"], language) for language, known in words.items()}
        object.__setattr__(self, "_words", words)
        object.__setattr__(self, "_patterns", patterns)

    def listen(self, item: Item) -> Opinions:
        """Return what the reviews of an item say."""
        votes: dict[str, _Votes] = {}
        moods: list[float] = []
        for review in item.reviews:
            moods += self._hear(review, votes)
        return _weigh(votes, {aspect.name: aspect for aspect in self.aspects}, moods)

    def review_mood(self, review: Review) -> float:
        """Return the mood of one review, -1 to 1: of its sentences, and of its rating where ratings mean something."""
        heard = self._hear(review, {})
        return heard[0] if heard else 0.0

    def _hear(self, review: Review, votes: dict[str, _Votes]) -> list[float]:
        texts = _by_language(review)
        moods = []
        for language, text in texts:
            scored = [(sentence, mood(sentence, language, self.learned)) for sentence in _sentences(text)]
            for sentence, score in scored:
                self._note(sentence, score, language, votes, 1 / len(texts))
            said = [score for _, score in scored if abs(score) > NEUTRAL]
            moods.append(sum(said) / len(said) if said else 0.0)
        if not moods:
            return []
        whole = sum(moods) / len(moods)
        if self.scale is not None and review.rating is not None:
            low, high = self.scale
            whole = 0.5 * whole + 0.5 * (2 * (review.rating - low) / (high - low) - 1)
        return [whole]

    def _note(self, sentence: str, score: float, language: Language, votes: dict[str, _Votes], share: float) -> None:
        pattern: re.Pattern[str] = self._patterns[language]  # type: ignore[attr-defined]
        words: Mapping[str, list[Aspect]] = self._words[language]  # type: ignore[attr-defined]
        found = list(pattern.finditer(sentence.lower()))
        if not found:
            return
        parts = clauses(sentence, language, self.learned)
        for match in found:
            for aspect in words.get(match[0], ()):
                clause = next((part for part in reversed(parts) if part.start <= match.start()), None)
                said = clause.mood if clause is not None else 0.0
                if abs(said) < _HEARD and len(parts) <= 2:
                    said = score
                if abs(said) >= _HEARD:
                    vote = votes.setdefault(aspect.name, _Votes())
                    vote.good += share * (said > 0)
                    vote.bad += share * (said < 0)
                    kept = vote.quotes.setdefault((said > 0, language), [])
                    if len(sentence) <= _LONGEST_QUOTE and sentence not in (quote for _, quote in kept):
                        kept.append((abs(said), sentence))


def _weigh(votes: Mapping[str, _Votes], aspects: Mapping[str, Aspect], moods: Sequence[float]) -> Opinions:
    """Return who is liked (three in five of the votes, or more) and who disliked, with quotes."""
    ranked = sorted(votes.items(), key=lambda pair: (-(pair[1].good + pair[1].bad), pair[0]))
    liked: list[str] = []
    disliked: list[str] = []
    quotes: dict[str, tuple[str, ...]] = {}
    for name, vote in ranked:
        total = vote.good + vote.bad
        for good, names, part in ((True, liked, vote.good), (False, disliked, vote.bad)):
            if part >= _AGREED * total and len(names) < MOST:
                called = (aspects[name].good if good else aspects[name].bad)["en"]
                names.append(called)
                quotes[called] = tuple(_quotes(vote, good))
    said = [each for each in moods if each != 0.0]
    mean = round(sum(said) / len(said), 3) if said else None
    return Opinions(tuple(liked), tuple(disliked), mean, quotes)


def _quotes(vote: _Votes, good: bool) -> Iterable[str]:
    for (side, _), kept in sorted(vote.quotes.items()):
        if side == good:
            yield from (
                sentence for _, sentence in sorted(kept, key=lambda pair: (-pair[0], len(pair[1]), pair[1]))[:QUOTES]
            )


def _by_language(review: Review) -> list[tuple[Language, str]]:
    from shortlist_tools.text import detect_language

    texts = [review.text] if isinstance(review.text, str) else list(review.text.values())
    found: list[tuple[Language, str]] = []
    for text in texts:
        if text.strip():
            found.append(("zh" if detect_language(text) == "zh" else "en", text))
    return found


def _sentences(text: str) -> list[str]:
    from shortlist_tools.text import sentences

    return sentences(text)
