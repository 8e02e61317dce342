"""Paraphrase pools as YAML: how scripted users say a thing, varied by trial and always the same for the same seed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from shortlist_evals.users.goals import Predicate
from shortlist_prompts.errors import CallerError

VOWELS = "aeiouAEIOU"


class PhraseError(CallerError):
    """A file of phrases cannot be used, or lacks a pool; names the file and the key."""


@dataclass(frozen=True)
class Pools:
    """The phrases of one suite over those of all.

    `tell` and `hint` hold a pool for each predicate type, `FIELD/KIND`, or `KIND` for any field; the other keys are
    pools of their own. `words`, `fields` and `units` say what values and fields are called.
    """

    data: Mapping[str, Any]
    name: str

    def pool(self, key: str, language: str) -> list[str]:
        """Return the paraphrases for `key`, such as `accept` or `tell/runtime/at_most`, in `language`.

        Raises:
            PhraseError: If there are none.
        """
        head, _, rest = key.partition("/")
        found = self.data.get(head)
        if rest and isinstance(found, Mapping):
            found = found.get(rest) or found.get(rest.rpartition("/")[2])
        phrases = found.get(language) if isinstance(found, Mapping) else None
        if not phrases:
            raise PhraseError(f"{self.name}: no phrases for {key!r} in {language!r}")
        return [str(one) for one in phrases]

    def field(self, name: str, language: str) -> str:
        """Return what a field is called."""
        named = self.data.get("fields", {}).get(name, {})
        return str(named.get(language) or name.replace("_", " "))

    def value(self, field: str, value: Any, language: str, turn: int) -> str:
        """Return what one value is called: one of its words, by turn, or the figure with its unit."""
        words = self.data.get("words", {}).get(field, {}).get(str(value), {}).get(language)
        if words:
            return str(words[turn % len(words)])
        unit = self.data.get("units", {}).get(field, {}).get(language, "")
        return f"{value:g}{unit}" if isinstance(value, int | float) and not isinstance(value, bool) else f"{value}"


@dataclass(frozen=True)
class Voice:
    """Chooses phrases: pools, a language, a seed that tells cases apart, and the trial, which moves every choice on."""

    pools: Pools
    language: str
    seed: str
    trial: int = 0

    def say(self, key: str, **values: object) -> str:
        """Return one phrase of pool `key`; another trial gives another one, as long as the pool lasts."""
        phrases = self.pools.pool(key, self.language)
        return phrases[self._turn(key) % len(phrases)].format(**values)

    def tell(self, predicate: Predicate) -> str:
        """Return a sentence that states `predicate` whole."""
        return self._worded("tell", predicate, predicate.values)

    def hint(self, predicate: Predicate, item: Mapping[str, Any]) -> str:
        """Return a sentence that says what is wrong with `item` and names no figure that `predicate` wants."""
        has = item.get(predicate.field)
        own = [one for one in (has if isinstance(has, list | tuple) else [has]) if one is not None]
        if predicate.kind == "is_not":
            own = [one for one in own if one in predicate.values] or own
        return self._worded("hint", predicate, own, _side(predicate, own))

    def _turn(self, key: str) -> int:
        return zlib.crc32(f"{self.seed}:{key}".encode()) + self.trial

    def _worded(self, way: str, predicate: Predicate, values: Iterable[Any], kind: str = "") -> str:
        field, turn = predicate.field, self._turn(predicate.field)
        named = [self.pools.value(field, one, self.language, turn) for one in values]
        every = self._joined(named, both=predicate.op in ("contains", "contains_all"))
        article = self._joined([_with_article(one) for one in named], both=predicate.op in ("contains", "contains_all"))
        wanted = predicate.values
        phrase = self.say(
            f"{way}/{field}/{kind or predicate.kind}",
            field=self.pools.field(field, self.language),
            value=every,
            has=every or "that",
            a_value=article,
            a_has=article,
            spoken=_spoken(wanted[0]) if self.language == "en" and len(wanted) == 1 else every,
            low=named[0] if named else "",
            high=named[-1] if named else "",
        )
        return phrase[:1].upper() + phrase[1:]

    def _joined(self, words: list[str], *, both: bool) -> str:
        if self.language == "zh":
            return ("和" if both else "或").join(words)
        if len(words) < 3:
            return (" and " if both else " or ").join(words)
        return f"{', '.join(words[:-1])} {'and' if both else 'or'} {words[-1]}"


def read_pools(path: Path) -> Pools:
    """Return the phrases of a suite's file over the common ones.

    Raises:
        PhraseError: If the file cannot be read or is no mapping.
    """
    try:
        own = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise PhraseError(f"phrases cannot be read from {path}: {error}") from error
    if not isinstance(own, dict):
        raise PhraseError(f"{path}: expected pools by name, found {type(own).__name__}")
    merged = dict(_common())
    for key, value in own.items():
        merged[key] = {**merged[key], **value} if key in ("tell", "hint") else value
    return Pools(merged, str(path))


@cache
def _common() -> dict[str, Any]:
    text = files("shortlist_evals.users").joinpath("phrases.yaml").read_text("utf-8")
    pools: dict[str, Any] = yaml.safe_load(text)
    return pools


def _side(predicate: Predicate, own: Sequence[Any]) -> str:
    """Return what kind of bound a value outside a range breaks."""
    if predicate.kind != "between" or not own:
        return predicate.kind
    return "at_most" if own[0] > predicate.values[1] else "at_least"


def _with_article(word: str) -> str:
    return f"{'an' if word[:1] in VOWELS else 'a'} {word}"


def _spoken(minutes: Any) -> str:
    """Return a number of minutes as people say it: 90 is an hour and a half, 100 an hour and 40 minutes."""
    if not isinstance(minutes, int | float):
        return str(minutes)
    hours, rest = divmod(int(minutes), 60)
    whole = {1: "an hour", 2: "two hours", 3: "three hours"}.get(hours)
    if whole is None or minutes != int(minutes):
        return f"{minutes:g} minutes"
    if rest == 0:
        return whole
    if rest == 30:
        return "an hour and a half" if hours == 1 else f"{whole.split()[0]} and a half hours"
    return f"{whole} and {rest} minutes"
