"""What every stage of the reader may look at: the message, the catalog's words, and the conversation so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Any

from shortlist.reader.vocabulary import Found, Lexicon
from shortlist_tools.catalog import Field, Item, Op, Requirement, Schema
from shortlist_tools.text import DateSpan, Quantity

from .coverage import Coverage
from .reading import Degree, Feedback
from .scene import Mention, Scene


@dataclass(slots=True)
class Draft:
    """A requirement in the making: what it says and where the words for it stand."""

    field: str
    op: Op
    value: Any
    start: int
    end: int
    unit: str | None = None
    hard: bool = True
    scope: str | None = None
    group: str | None = None
    replaces: bool = False
    beside: bool = False


@dataclass(slots=True)
class Figure:
    """A quantity of the message and what the stages decided about it."""

    quantity: Quantity
    negated: bool = False
    soft: bool = False
    dead: bool = False
    scope: str | None = None
    group: str | None = None

    @property
    def start(self) -> int:
        """First character, words of comparison included."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.quantity.end


@dataclass(slots=True)
class Moment:
    """A span of days in the message and what the stages decided about it."""

    span: DateSpan
    negated: bool = False
    soft: bool = False
    dead: bool = False
    scope: str | None = None
    group: str | None = None

    @property
    def start(self) -> int:
        """First character."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.span.end


@dataclass(frozen=True, slots=True)
class Question:
    """A question about items: where it stands, the fields it asks for, and the end of one it asks for the item at."""

    start: int
    end: int
    fields: tuple[str, ...]
    degree: Degree | None


@dataclass
class Context:
    """The message and the conversation it belongs to.

    Attributes:
        lexicon: The catalog's words.
        scene: The message taken apart.
        coverage: Which fields the items of a kind have.
        shown: Items shown before, in their order.
        ledger: Active requirements.
        asked: Fields the assistant asked about last.
        focus: Id of the item under discussion.
        figures: The message's quantities.
        moments: The message's dates.
        references: Items the message points at: start and end of the words, and the item's id.
        dead_spans: Clauses that ask for nothing.
        situations: Those of them that tell something of the speaker, of others or of the past.
        questions: Questions about items on the table.
        feedback: What the message tells of items it points at.
        known: Items that are shown, under discussion or named, by id.
        siblings: Other variants of the item under discussion, or of those shown.
        tastes: Words about what the person likes whom a present is for.
        asides: Sentences that seek an opinion, dictate a claim, or haggle.
        titles: Titles of items in the message, with the items' ids.
        part: The items shown of the one part of a set, all of one kind, that the message speaks of.
        neighbours: Fields that tell what stands near an item.
    """

    lexicon: Lexicon
    scene: Scene
    coverage: Coverage
    shown: Sequence[Item] = ()
    ledger: Sequence[Requirement] = ()
    asked: Sequence[str] = ()
    focus: str | None = None
    figures: list[Figure] = _field(default_factory=list)
    moments: list[Moment] = _field(default_factory=list)
    references: list[tuple[int, int, str]] = _field(default_factory=list)
    dead_spans: list[tuple[int, int]] = _field(default_factory=list)
    situations: list[tuple[int, int]] = _field(default_factory=list)
    questions: list[Question] = _field(default_factory=list)
    tastes: list[tuple[int, int]] = _field(default_factory=list)
    feedback: list[Feedback] = _field(default_factory=list)
    known: dict[str, Item] = _field(default_factory=dict)
    siblings: Sequence[Item] = ()
    asides: list[tuple[int, int]] = _field(default_factory=list)
    titles: list[Found[str]] = _field(default_factory=list)
    part: Sequence[Item] = ()
    neighbours: frozenset[str] = frozenset()

    @property
    def referred(self) -> list[str]:
        """Ids of the items the message points at."""
        return [name for _, _, name in self.references]

    def is_dead(self, at: int) -> bool:
        """Say whether position `at` lies in a clause that asks for nothing."""
        return any(start <= at < end for start, end in self.dead_spans)

    @property
    def schema(self) -> Schema:
        """The catalog's schema."""
        return self.lexicon.schema

    def field(self, name: str) -> Field:
        """Return a field by name."""
        return self.schema.by_name[name]

    def named_kinds(self) -> list[str]:
        """Return the kinds of item the message names and does not exclude."""
        kind = self.lexicon.kind
        senses = [s for m in self.scene.live() if not m.negated for s in m.senses]
        return [s.value for s in senses if kind is not None and s.field == kind and s.part == "value" and s.value]

    def talked(self) -> Item | None:
        """Return the one item that the message points at, else the item under discussion."""
        named = set(self.referred)
        return self.known.get(next(iter(named)) if len(named) == 1 else self.focus or "")

    def kinds(self) -> list[str]:
        """Return the kinds of item the message names, else the item under discussion, the ledger or the items shown."""
        kind = self.lexicon.kind
        if kind is None or (named := self.named_kinds()):
            return [] if kind is None else named
        item = self.talked()
        talked = item.values.get(kind) if item else None
        if isinstance(talked, str):
            return [talked]
        for row in self.ledger:
            if row.field == kind and row.op in ("==", "in", "contains", "contains_any"):
                return list(row.value) if isinstance(row.value, list | tuple) else [row.value]
        shown = {item.values.get(kind) for item in self.shown}
        return [value for value in shown if isinstance(value, str)] if len(shown) == 1 else []

    def field_mentions(self) -> list[Mention]:
        """Return the mentions that name a field."""
        return [m for m in self.scene.live() if m.having("field")]
