"""What the stages of a turn work with: the parts of the recommender, and the turn's budget, costs and listeners."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypedDict

from shortlist.reader import Reader
from shortlist.reply import Call
from shortlist.settings import Settings
from shortlist_tools.catalog import Catalog, Schema, Snapshot
from shortlist_tools.masking import Book
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile import Profiles
from shortlist_tools.ranking import Weights
from shortlist_tools.ranking.training import Models
from shortlist_tools.search import Searcher
from shortlist_tools.store import Store
from shortlist_tools.tool import Toolbox

from .forms import Forms
from .past import Past
from .policy import Policies


class Happening(TypedDict):
    """One event of a streamed turn: its type and what it carries, as JSON types."""

    type: Literal["stage", "plan", "items", "sentence", "reply"]
    data: Any


@dataclass(frozen=True)
class Services:
    """The parts of an open recommender; `clock` is the present moment in Unix seconds."""

    store: Store
    catalog: Catalog
    searcher: Searcher
    past: Past
    profiles: Profiles
    toolbox: Toolbox
    reader: Reader
    snapshot: Snapshot
    policies: Policies
    settings: Settings
    model: Model | None = None
    models: Models | None = None
    weights: Weights = field(default_factory=Weights)
    clock: Callable[[], float] = time.time

    @property
    def schema(self) -> Schema:
        """The schema of the catalog."""
        return self.snapshot.schema

    def today(self) -> datetime.date:
        """Return the day, in UTC, that "last year" and the like are seen from."""
        return datetime.datetime.fromtimestamp(self.clock(), datetime.UTC).date()

    def title(self, item: str, language: str) -> str:
        """Return the title of item `item` in `language`; its id where it has none."""
        role = self.schema.roles.get("title", "")
        return self.snapshot.item(self.snapshot.row_of[item]).text(role, language) or item


class TurnHost(Protocol):
    """What holds the parts of a recommender and serialises the turns of a session."""

    @property
    def settings(self) -> Settings:
        """The operator's choices."""
        ...

    def services(self) -> Services:
        """Return the parts for the catalog as it stands now."""
        ...

    def turn_lock(self, session: str) -> asyncio.Lock:
        """Return the lock of one session."""
        ...


@dataclass
class Turn:
    """One running turn: what it may spend, what it has spent, who listens, and how often its user had been erased."""

    services: Services
    budget: Budget
    emit: Callable[[Happening], None] = lambda happening: None
    streaming: bool = False
    context: dict[str, Any] = field(default_factory=dict)
    book: Book = field(default_factory=Book)
    forms: Forms = field(default_factory=Forms)
    notes: list[str] = field(default_factory=list)
    erasures: int = 0
    started: float = field(default_factory=time.monotonic)
    first_sentence: float | None = None
    sentences_kept: int = 0
    sentences_replaced: int = 0

    def stage(self, name: str) -> None:
        """Tell the listeners that stage `name` begins."""
        self.emit({"type": "stage", "data": name})

    def say(self, sentence: str) -> None:
        """Tell the listeners that `sentence` is verified."""
        if self.first_sentence is None:
            self.first_sentence = time.monotonic() - self.started
        self.emit({"type": "sentence", "data": sentence})

    def costs(self) -> tuple[Call, ...]:
        """Return the calls made so far."""
        return tuple(
            Call(
                prompt=call.prompt,
                model=call.model,
                prompt_tokens=call.prompt_tokens,
                completion_tokens=call.completion_tokens,
                cached_tokens=call.cached_tokens,
                seconds=round(call.seconds, 3),
                outcome=call.outcome,
            )
            for call in self.budget.made
        )


class TurnState(TypedDict, total=False):
    """The state that flows through the graph, in JSON types.

    Keys: `message`, `repeats` (an earlier message that is answered again, in another language), `user`, `key`
    (idempotency), `language` (asked for), `number`, `session` (Session), `reading` (Reading), `plan` (TurnPlan),
    `ledger` (rows), `query` (words of the wish), `gathered` (tool results by name), `decision` (Decision), `replans`
    and `reply` (Reply).
    """

    message: str
    repeats: str
    user: str | None
    key: str | None
    language: str | None
    number: int
    session: dict[str, Any]
    reading: dict[str, Any]
    plan: dict[str, Any]
    ledger: list[dict[str, Any]]
    query: str
    gathered: dict[str, Any]
    decision: dict[str, Any]
    replans: int
    reply: dict[str, Any]
