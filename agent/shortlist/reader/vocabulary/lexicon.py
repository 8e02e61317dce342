"""The words of one catalog, compiled from its schema: which field, value or wish each phrase may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shortlist_tools.catalog import Field, Schema
from shortlist_tools.text import dimension

from .forms import Degree, degrees, derived, is_chinese, opposite, reversed_base, spellings
from .phrases import Phrases, fold
from .sounds import Sounds
from .spelling import Spelling
from .words import general_words

Part = Literal["value", "flag", "field", "more", "less"]
_ENUM = 60
"""A field with at most so many values has words for values, which take a plural; one with more has names."""
_NAMES = 20
_HEADS = 3
"""A word that so many of the schema's phrases end in says what items are, and tells none of them apart."""
_FALSE = "false"
_ARTICLES = ("a ", "an ", "the ")


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase may mean.

    Attributes:
        part: A value of the field, a true flag, the field's name, or a wish for more or less of it.
        field: Name of the field.
        value: The canonical value; `false` of a flag that the words deny.
        degree: For `more` and `less`: `base` (long), `comp` (longer) or `sup` (longest).
        declared: The schema lists the word; otherwise it was inferred from data or comes from the general lexicon.
        weak: The phrase alone is not enough: it needs a word beside it that supports this reading.
    """

    part: Part
    field: str
    value: str | None = None
    degree: Degree = "base"
    declared: bool = True
    weak: bool = False


class Lexicon:
    """All phrases of a schema.

    Args:
        schema: The catalog's schema.
        data: Field name -> values that occur in the catalog, for category fields whose values the schema does not list.
    """

    def __init__(self, schema: Schema, data: Mapping[str, Iterable[str]] | None = None) -> None:
        self.schema = schema
        self._general = general_words()
        self._senses: dict[str, list[Sense]] = {}
        self.kind = schema.roles.get("kind")
        self.kind_heads = _kind_heads(schema)
        for field in schema.fields:
            self._add_names(field)
            self._add_values(field, (data or {}).get(field.name, ()))
            self._add_degrees(field)
        for field, words in self._general_words_of():
            self._add_general(field, words)
        self.phrases: Phrases[tuple[Sense, ...]] = Phrases()
        for phrase, senses in self._senses.items():
            self.phrases.put(phrase, tuple(dict.fromkeys(senses)))
        heads = Counter(
            phrase.split()[-1]
            for phrase, senses in self._senses.items()
            if " " in phrase and any(sense.declared for sense in senses)
        )
        self.heads = frozenset(word for word, count in heads.items() if count >= _HEADS)
        self.inner_words = frozenset(word for phrase in self._senses if " " in phrase for word in phrase.split())
        self.last_words = frozenset(phrase.split()[-1] for phrase in self._senses if " " in phrase)
        self.spelling = Spelling(self._senses, self._general.words(), adjectives=self._general.spelled_how)
        declared = [one for one, senses in self._senses.items() if any(s.declared and not s.weak for s in senses)]
        named = [one for one in declared if any(s.field == self.kind for s in self._senses[one])]
        self.sounds = Sounds(declared, frozenset(named))
        del self._senses

    def dimension_of(self, field: Field) -> str | None:
        """Return the dimension a numeric field is measured in, or None."""
        if field.kind == "money":
            return "money"
        return dimension(field.unit) if field.unit else None

    def _put(self, phrase: str, sense: Sense) -> None:
        senses = self._senses.setdefault(phrase, [])
        if not any(
            (s.part, s.field, s.value, s.degree) == (sense.part, sense.field, sense.value, sense.degree) for s in senses
        ):
            senses.append(sense)

    def _add_names(self, field: Field) -> None:
        # Titles and descriptions are nothing one asks a value of.
        if field.kind == "text" and field.name in (
            self.schema.roles.get("title"),
            self.schema.roles.get("description"),
        ):
            return
        names = {
            fold(field.name),
            *map(fold, field.label.values()),
            *(fold(w) for words in field.aliases.values() for w in words),
        }
        for name in names:
            for form in spellings(name):
                self._put(form, Sense("field", field.name, weak=len(form) == 1 and is_chinese(form)))

    def _add_values(self, field: Field, data: Iterable[str]) -> None:
        if field.kind == "flag":
            flags = [word for words in field.flag_words.values() for word in words]
            for word in flags or [*field.label.values(), field.name]:
                for form in spellings(word):
                    self._put(form, Sense("flag", field.name))
            for word in filter(None, map(opposite, flags)):
                self._put(word, Sense("flag", field.name, _FALSE))
            return
        if field.kind not in ("category", "multi_category"):
            return
        listed = {value: [w for words in by.values() for w in words] for value, by in field.values.items()}
        found = [value for value in data if value not in field.values]
        suffix = _suffix(field, [w for value, words in listed.items() for w in words or [value]] + found)
        for value, words in listed.items():
            for word in words or [value]:
                self._add_value(field, value, word, declared=bool(words), suffix=suffix)
        for value in found:
            self._add_value(field, value, value, declared=False, suffix=suffix)
        for name, value in _surnames([*found, *(value for value, words in listed.items() if not words)]).items():
            self._put(name, Sense("value", field.name, value, declared=False, weak=True))

    def _add_value(self, field: Field, value: str, word: str, *, declared: bool, suffix: str | None) -> None:
        if not any(char.isalpha() for char in word):
            return
        if not declared and self._means_nothing(word):
            return
        weak = len(word) == 1 or (not declared and fold(word) in self._general.stop_en)
        for form in spellings(word, plurals=declared or self._is_enum(field)):
            # "games" may be a value of its own; "game" then is only what the kinds of item are called.
            if form != fold(word) and (
                form in self.kind_heads or form in self._general.stop_en or fold(word) in self._general.verbs
            ):
                continue
            self._put(form, Sense("value", field.name, value, declared=declared, weak=weak))
        if self._is_enum(field) and not declared:
            for form in derived(word):
                self._put(form, Sense("value", field.name, value, declared=False))
        if suffix and word.endswith(suffix) and 1 < len(word) <= 4:
            self._put(word[:-1], Sense("value", field.name, value, declared=declared, weak=True))
        for article in _ARTICLES:
            rest = fold(word).removeprefix(article)
            if rest != fold(word) and len(rest) > 2:
                self._put(rest, Sense("value", field.name, value, declared=declared, weak=True))

    def _is_enum(self, field: Field) -> bool:
        """Say whether a field has few enough values to be words rather than names."""
        return 0 < len(field.values) <= _ENUM

    def _means_nothing(self, word: str) -> bool:
        """Say whether a value found in data is only a common word that no sentence can be read by."""
        folded = fold(word)
        if len(folded) == 1 and not folded.isascii():
            return True
        return self._general.markers.get(folded) is not None or self._general.stop_zh.get(folded) is not None

    def _add_degrees(self, field: Field) -> None:
        for part, words in (("more", field.more), ("less", field.less)):
            for phrase in (w for listed in words.values() for w in listed):
                self._add_degree(field, part, phrase, declared=True)  # type: ignore[arg-type]

    def _add_degree(self, field: Field, part: Part, phrase: str, *, declared: bool) -> None:
        opposite: Part = "less" if part == "more" else "more"
        base = reversed_base(phrase)
        if base is not None:
            part, phrase = opposite, base
        for form, degree in degrees(phrase):
            if not declared and any(s.part in ("more", "less") for s in self._senses.get(form, ())):
                continue
            common = form in self._general.weak_base and not (
                declared and form == fold(phrase) and form not in self._general.never_base
            )
            weak = degree == "base" and (common or (is_chinese(form) and len(form) == 1))
            self._put(form, Sense(part, field.name, degree=degree, declared=declared, weak=weak))

    def _general_words_of(self) -> Iterator[tuple[Field, dict[str, dict[str, list[str]]]]]:
        words = self._general.fields
        for role in ("price", "rating", "popularity", "released"):
            field = self.schema.role(role)
            if field is not None:
                yield field, words[role]
        for dim in ("duration", "mass"):
            fields = [f for f in self.schema.fields if f.kind == "number" and self.dimension_of(f) == dim]
            plain = [f for f in fields if self.is_plain(f, dim)]
            for field in plain if plain else fields if len(fields) == 1 else ():
                yield field, words[dim]

    def is_plain(self, field: Field, dim: str) -> bool:
        """Say whether a field simply measures its dimension: it is called weight, duration or 价格, say."""
        return bool(self._general.plain.get(dim, frozenset()) & {fold(field.name), *map(fold, field.label.values())})

    def _add_general(self, field: Field, words: dict[str, dict[str, list[str]]]) -> None:
        for alias in (w for listed in words.get("alias", {}).values() for w in listed):
            for form in spellings(alias):
                if not any(s.part == "field" for s in self._senses.get(form, ())):
                    self._put(form, Sense("field", field.name, declared=False))
        parts: tuple[Part, Part] = ("more", "less")
        for part in parts:
            for phrase in (w for listed in words.get(part, {}).values() for w in listed):
                self._add_degree(field, part, phrase, declared=False)


def _suffix(field: Field, words: Iterable[str]) -> str | None:
    """Return the last character that most values share with their field's name: 色 of 颜色, 型 of 类型; or None."""
    names: tuple[str, ...] = (*field.label.values(), *field.aliases.get("zh", ()), field.name)
    chinese = [word for word in words if word and is_chinese(word)]
    for ending in {name[-1] for name in names if name and is_chinese(name[-1])}:
        if len(chinese) >= 2 and 2 * sum(word.endswith(ending) for word in chinese) >= len(chinese):
            return ending
    return None


def _surnames(values: Sequence[str]) -> dict[str, str]:
    """Return the last words of people's names that only one value ends in, folded, with the value."""
    people = [v for v in values if 2 <= len(v.split()) <= 3 and all(w[:1].isupper() and w.isalpha() for w in v.split())]
    if len(people) < _NAMES or 3 * len(people) < 2 * len(values):
        return {}
    last: dict[str, set[str]] = {}
    for value in people:
        last.setdefault(fold(value.split()[-1]), set()).add(value)
    return {name: next(iter(mine)) for name, mine in last.items() if len(mine) == 1 and len(name) > 3}


def _kind_heads(schema: Schema) -> frozenset[str]:
    """Return the last words of the English names of kinds that have several: the "game" of "board game"."""
    kind = schema.role("kind")
    words = [fold(w) for listed in kind.values.values() for w in listed.get("en", ())] if kind else []
    return frozenset(word.split()[-1] for word in words if " " in word)


def readable(schema: Schema) -> Schema:
    """Return `schema` without the fields that content understanding fills: nobody asks for those by their values."""
    fields = tuple(field for field in schema.fields if not field.derived)
    names = {field.name for field in fields}
    roles = {role: name for role, name in schema.roles.items() if name in names or role == "reviews"}
    return Schema(
        name=schema.name, languages=schema.languages, fields=fields, roles=roles, rates=schema.rates, id=schema.id
    )


def data_values(snapshot: Any, schema: Schema) -> dict[str, list[str]]:
    """Return the category values that occur in a snapshot, by field, where people may ask for them."""
    found: dict[str, list[str]] = {}
    for field in schema.fields:
        if not field.searchable and field.known == 0:
            continue
        if field.kind == "category":
            found[field.name] = [str(value) for value in snapshot.codes(field.name)[1]]
        elif field.kind == "multi_category":
            found[field.name] = [str(value) for value in snapshot.sets(field.name).values]
    return found
