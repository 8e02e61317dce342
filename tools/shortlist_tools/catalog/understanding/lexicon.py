"""Reading the sentiment lexicon and the aspects, and finding their words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from shortlist_prompts.word_files import load_words
from shortlist_tools.catalog.schema import Schema, Words

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Lexicon:
    """The sentiment words of one language, each list as the file has it."""

    words: Mapping[str, float]
    negators: frozenset[str]
    cancel: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]
    excess: frozenset[str]
    dimension: frozenset[str]
    contrast: frozenset[str]
    concede: frozenset[str]
    wish: frozenset[str]
    pattern: re.Pattern[str]


@cache
def lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language, read once."""
    data = _yaml("sentiment.yaml")[language]
    words = {word: float(weight) for weight, listed in data.pop("words").items() for word in listed}
    lists: dict[str, frozenset[str]] = {name: frozenset(map(str, listed)) for name, listed in data.items()}
    every = set(words).union(*lists.values())
    return Lexicon(words=words, pattern=pattern_of(every, language), **lists)


def pattern_of(words: Iterable[str], language: Language) -> re.Pattern[str]:
    """Return a pattern that finds `words` longest first: whole words in English, anywhere in Chinese."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    if language == "zh":
        return re.compile(listed)
    return re.compile(rf"n['’]t\b|(?<![\w'])(?:{listed})(?![\w])", re.IGNORECASE)


@cache
def stopwords(language: Language) -> frozenset[str]:
    """Return the words of a language that name no topic by themselves."""
    return frozenset(map(str, _yaml("stopwords.yaml")[language]))


@dataclass(frozen=True)
class Aspect:
    """Something that reviews speak about: its name, what liked_for and disliked_for call it, what reviews say."""

    name: str
    good: Mapping[str, str]
    bad: Mapping[str, str]
    words: Words


@cache
def general_aspects() -> tuple[Aspect, ...]:
    """Return the aspects of any catalog."""
    return tuple(Aspect(name, **data) for name, data in _yaml("aspects.yaml").items())


def aspects_of(schema: Schema) -> tuple[Aspect, ...]:
    """Return the general aspects and one for each number or flag of the schema that people speak about by name."""
    own = []
    taken = {word for aspect in general_aspects() for words in aspect.words.values() for word in words}
    for field in schema.fields:
        if (
            field.kind not in ("number", "flag")
            or not field.shown
            or field.derived
            or field.name in schema.roles.values()
        ):
            continue
        words: Words = {}
        for code in ("en", "zh"):
            named = [field.label.get(code, ""), *field.aliases.get(code, ()), *field.flag_words.get(code, ())]
            new = [word.lower() for word in named if len(word) > 1 and word.lower() not in taken]
            if new:
                words[code] = list(dict.fromkeys(new))
        if words:
            english, chinese = field.label.get("en") or field.name, field.label.get("zh") or field.name
            good = {"en": f"good {english}", "zh": f"{chinese}好"}
            own.append(Aspect(field.name, good, {"en": f"poor {english}", "zh": f"{chinese}差"}, words))
    return (*general_aspects(), *own)


def _yaml(name: str) -> dict[str, Any]:
    text = files("shortlist_tools.catalog.understanding").joinpath(name).read_text("utf-8")
    data: dict[str, Any] = load_words(text)
    return data
