"""What the shoppers say: pools of sentences, read from the suite's folder and checked against the catalog's schema."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from shortlist_evals.personas.tastes import Wish
from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Schema

LANGUAGES = ("en", "zh")
SENTENCES = ("join", "open", "open_with", "wrong_kind", "indifferent", "more_of_it", "near", "about", "adult", "places")


class PhraseError(CallerError):
    """The file of phrases lacks what a shopper may have to say; names the file and the place in it."""


@dataclass(frozen=True)
class Voice:
    """One shopper's way of putting things in one language.

    Attributes:
        language: `en` or `zh`.
        pools: The file of phrases.
        schema: The catalog's schema, which knows what values are called.
        draws: Picks the words.
    """

    language: str
    pools: Mapping[str, Any]
    schema: Schema
    draws: Random

    def say(self, sentence: str, **parts: str) -> str:
        """Return one of the sentences called `sentence` with its parts filled in."""
        chosen: str = self.draws.choice(self.pools[self.language][sentence])
        return chosen.format(**parts)

    def kind(self, kind: str) -> str:
        """Return what the shopper calls a kind of goods."""
        named: str = self.draws.choice(self.pools["kinds"][kind][self.language])
        return named

    def joined(self, parts: Sequence[str]) -> str:
        """Return several traits as one."""
        join: str = self.pools[self.language]["join"]
        return join.join(parts)

    def place(self, place: int) -> str:
        """Return what the item at `place` (from 0) of a slate is called."""
        places: list[str] = self.pools[self.language]["places"]
        return places[place]

    def compared(self, wish: Wish) -> str:
        """Return the wish as a comparison with what is shown, such as a longer battery; a value where there is none."""
        pool = self._field(wish.field)
        return str(self.draws.choice(pool["more" if wish.toward > 0 else "less"])) if wish.toward else self.stated(wish)

    def stated(self, wish: Wish, value: Any = None) -> str:
        """Return the wish as a statement that holds for an item with `value`: a bound with some room, or the value.

        Without a value, or with one that the shopper does not want, the first value wanted is named.
        """
        pool = self._field(wish.field)
        if wish.toward:
            sentence = pool["least" if wish.toward > 0 else "most"]
            return str(self.draws.choice(sentence)).format(value=bound(float(value), wish))
        held = value if isinstance(value, list) else [value]
        wanted = next((one for one in wish.values if one in held), wish.values[0])
        field = self.schema.by_name[wish.field]
        named = "" if wanted is True else field.value_named(wanted, self.language)
        return str(self.draws.choice(pool["is"])).format(value=named)

    def _field(self, name: str) -> Mapping[str, Any]:
        pool: Mapping[str, Any] = self.pools["fields"][name][self.language]
        return pool


def bound(value: float, wish: Wish) -> str:
    """Return a round number that `value` satisfies with some room, in the direction of the wish; strictly from above.

    People who say "under 20" and who say "20 at most" both mean something that costs less than 20.
    """
    size = 10.0 ** max(math.floor(math.log10(value)) - 1, -2) * 5 if value > 0 else 1.0
    if float(value).is_integer():
        size = max(size, 1.0)
    rounded = (math.floor(value / size + 1e-9) + (1 if wish.toward < 0 else 0)) * size
    return f"{round(rounded, 3):g}"


@cache
def load_phrases(path: Path | None = None) -> dict[str, Any]:
    """Return the phrases of the suite.

    Raises:
        PhraseError: If the file is no YAML, or something is missing in it.
    """
    import yaml

    file = path or suites_dir() / "personas" / "phrases.yaml"
    try:
        found = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise PhraseError(f"{file}: cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise PhraseError(f"{file}: expected a mapping of languages, kinds and fields")
    for language in LANGUAGES:
        missing = [name for name in SENTENCES if not (found.get(language) or {}).get(name)]
        for group in ("kinds", "fields"):
            missing += [f"{group}.{name}" for name, pool in (found.get(group) or {}).items() if not pool.get(language)]
        if missing:
            raise PhraseError(f"{file}: {language} lacks {', '.join(missing)}; add at least one phrase to each")
    return found
