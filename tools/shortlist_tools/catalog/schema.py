"""What the fields of a catalog are and what people call them: the only thing that knows a domain."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as _Field

FieldKind = Literal["number", "money", "category", "multi_category", "text", "date", "flag"]
Role = Literal[
    "title",
    "price",
    "description",
    "reviews",
    "image",
    "rating",
    "popularity",
    "availability",
    "age_rating",
    "sponsored",
    "variant_group",
    "kind",
    "brand",
    "released",
]
Words = dict[str, list[str]]
"""Words by language code, such as `{"en": ["battery life"], "zh": ["续航"]}`."""


class Field(BaseModel):
    """One field of the catalog: its kind, its unit, and the words people use for it.

    Attributes:
        name: The key in an item's `values`.
        kind: How values are stored and compared.
        unit: Canonical unit of a number (`min`, `h`, `g`, `kg`, `cm`, `in`, `star`, `year` …) or ISO currency of money.
        scale: A raw value times `scale` is the stored value (0.01 for a price in cents).
        label: What to call the field in a message, by language.
        aliases: Other names people use for the field, by language.
        values: Canonical value of a category -> words for it by language; the first word of a language is its label.
        more: Words that ask for a greater value ("longer", "更长"), by language.
        less: Words that ask for a smaller value ("cheaper", "更便宜"), by language.
        better: Which direction is better for everybody, if any.
        flag_words: Words that say a flag is true ("waterproof", "防水"), by language.
        low: Smallest value seen (days since 1970-01-01 for a date).
        high: Largest value seen.
        coverage: Share of items that have the field, 0 to 1.
        known: How likely a person can answer a question about the field, 0 to 1; 0 is never asked.
        searchable: Whether the field's words enter the item's text for search.
        shown: Whether the field may appear on an item card.
        source: Where raw rows have it: a key, or a path such as `attributes.weight`; None means the field's own name,
            at any depth. `*` gathers every key that no other field takes, as text; `title#year` takes the year that
            stands in brackets at the end of another key.
        separator: What divides the values of a multi_category given as one string.
        open: Whether items have further values beside those in `values`.
        derived: Whether content understanding fills the field, and no raw row does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: FieldKind
    unit: str | None = None
    scale: float = 1.0
    label: dict[str, str] = _Field(default_factory=dict)
    aliases: Words = _Field(default_factory=dict)
    values: dict[str, Words] = _Field(default_factory=dict)
    more: Words = _Field(default_factory=dict)
    less: Words = _Field(default_factory=dict)
    better: Literal["higher", "lower"] | None = None
    flag_words: Words = _Field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    coverage: float = 1.0
    known: float = 0.5
    searchable: bool = True
    shown: bool = True
    source: str | None = None
    separator: str | None = None
    open: bool = False
    derived: bool = False

    def __copy__(self) -> Field:
        """Return a copy that works out its lookups anew: `model_copy` may have changed what they come from."""
        copied = super().__copy__()
        copied.__dict__.pop("_canonical", None)
        copied.__dict__.pop("_spoken", None)
        return copied

    @cached_property
    def _canonical(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in self.values:
            found.setdefault(value.casefold(), value)
        for value, words in self.values.items():
            for word in (each for listed in words.values() for each in listed):
                found.setdefault(word.casefold(), value)
        return found

    @cached_property
    def _spoken(self) -> dict[str, frozenset[str]]:
        codes = {code for words in self.values.values() for code in words}
        return {
            code: frozenset(word for words in self.values.values() for word in words.get(code, ())) for code in codes
        }

    @property
    def has(self) -> Literal["contains", "=="]:
        """The comparison that an item with one of the values meets: a field of several contains it."""
        return "contains" if self.kind == "multi_category" else "=="

    def says(self, word: str, language: str) -> bool:
        """Return whether `word`, as it is written, names one of the values in `language`."""
        return word in self._spoken.get(language, ())

    def canonical(self, word: str) -> str | None:
        """Return the canonical value that `word` names (a value or one of its words, in any case), or None."""
        return word if word in self.values else self._canonical.get(word.casefold())

    def named(self, language: str) -> str:
        """Return what to call this field in `language`, falling back to English, then to its name."""
        return self.label.get(language) or self.label.get("en") or self.name.replace("_", " ")

    def value_named(self, value: object, language: str) -> str:
        """Return what to call a category value in `language`, falling back to English, then to the value."""
        words = self.values.get(str(value), {})
        for code in (language, "en"):
            if words.get(code):
                return words[code][0]
        return str(value)


class Schema(BaseModel):
    """All fields of one catalog, the roles some of them play, and the declared currency rates.

    `rates` maps a currency to the worth of one of it in the catalog's own currency, such as `{"CNY": 0.14}` in a
    catalog priced in US dollars. `id` is the key of raw rows that identifies an item,
    `#` for a digest of the row where no key does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "catalog"
    languages: tuple[str, ...] = ("en",)
    fields: tuple[Field, ...] = ()
    roles: dict[Role, str] = _Field(default_factory=dict)
    rates: dict[str, float] = _Field(default_factory=dict)
    id: str = "id"

    @model_validator(mode="after")
    def _roles_name_fields(self) -> Schema:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            raise ValueError(f"fields declared twice: {', '.join(twice)}")
        for role, name in self.roles.items():
            if name not in names and role != "reviews":
                raise ValueError(f"role {role!r} names {name!r}, which is no field; fields are: {', '.join(names)}")
        return self

    def __copy__(self) -> Schema:
        """Return a copy that works out its lookups anew: `model_copy` may have changed what they come from."""
        copied = super().__copy__()
        copied.__dict__.pop("by_name", None)
        return copied

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    def get(self, name: str) -> Field | None:
        """Return the field called `name`, or None."""
        return self.by_name.get(name)

    def value_named(self, name: str, value: object, language: str) -> str:
        """Return what to call a value of `name`: in the words of that field, or of the first that lists the value.

        What is known of a person, such as the uses of something, may list what a field of the items lists.
        """
        field = self.get(name) or next((one for one in self.fields if str(value) in one.values), None)
        return field.value_named(value, language) if field is not None else str(value).replace("_", " ")

    def role(self, role: Role) -> Field | None:
        """Return the field that plays `role`, or None."""
        name = self.roles.get(role)
        return self.by_name.get(name) if name else None
