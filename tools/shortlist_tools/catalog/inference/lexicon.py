"""The general lexicon: what fields are commonly called and how people compare them; its words stand in lexicon.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as _Field

from shortlist_prompts.word_files import load_words
from shortlist_tools.catalog.schema import FieldKind, Role, Words

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


class Concept(BaseModel):
    """Something that fields of many catalogs measure or name, with its words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    names: tuple[str, ...]
    kinds: tuple[FieldKind, ...] = ()
    dimension: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    label: dict[str, str] = _Field(default_factory=dict)
    aliases: Words = _Field(default_factory=dict)
    more: Words = _Field(default_factory=dict)
    less: Words = _Field(default_factory=dict)
    flag_words: Words = _Field(default_factory=dict)
    better: Literal["higher", "lower"] | None = None


class Lexicon(BaseModel):
    """Everything in lexicon.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: dict[Role, tuple[str, ...]]
    ids: tuple[str, ...]
    codes: tuple[str, ...]
    flags: tuple[str, ...]
    named_things: tuple[str, ...]
    texts: tuple[str, ...]
    currencies: dict[str, str]
    units: dict[str, str]
    written_units: dict[str, tuple[str, ...]]
    concepts: tuple[Concept, ...]
    age_ratings: tuple[str, ...]
    values: dict[str, dict[str, Words]]

    def concept(self, name: str, kind: FieldKind, dimension: str | None = None) -> Concept | None:
        """Return the concept that a field's name (else its unit's dimension) stands for, the most specific first."""
        suited = [each for each in self.concepts if not each.kinds or kind in each.kinds]
        scored = [(match(name, each.names), -number, each) for number, each in enumerate(suited)]
        best = max(scored, key=lambda pair: pair[:2], default=None)
        if best is not None and best[0] > 0:
            return best[2]
        if dimension is not None:
            return next((each for each in suited if each.dimension == dimension), None)
        return None


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    text = files("shortlist_tools.catalog.inference").joinpath("lexicon.yaml").read_text("utf-8")
    data: dict[str, Any] = load_words(text)
    return Lexicon.model_validate(data)


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the lower-case words of a field's name: `movieId` and `movie_id` are both movie, id."""
    return tuple(part.lower() for part in _PARTS.findall(name.rpartition(".")[2]))


def match(name: str, names: Iterable[str]) -> int:
    """Return how well a field's name fits one of `names`: 0 not at all, more for more characters, most for the whole.

    An English name must hold the words in a row, at its end; a Chinese one must end with them.
    """
    words = words_of(name)
    best = 0
    for each in names:
        wanted = words_of(each)
        if not wanted:
            continue
        whole = words == wanted
        if _HAN.search(each):
            ends = "".join(words).endswith("".join(wanted)) and len(each) > 1
        else:
            ends = words[-len(wanted) :] == wanted and (len(each) > 2 or each == "id")
        if whole or ends:
            best = max(best, len(each) + (100 if whole else 0))
    return best


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _HAN.search(text) is not None
