"""What a turn answers: the reply, the items shown in it, and what it cost."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.ranking import Moved, Term

ReplyKind = Literal["recommend", "ask", "confirm", "abstain", "answer", "chat"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class ShownItem(_Value):
    """An item of the slate.

    Attributes:
        id: Its id in the catalog.
        title: Its title in the user's language.
        facts: Rendered facts by field label, in the order of the card, such as `{"price": "$129"}`.
        score: The sum of the terms' contributions.
        reasons: Why it fits, in the user's language.
        disclosures: What policy demands to be said, in the user's language.
        broken: Ids of hard requirements it does not meet; empty unless the reply abstains and names them.
        terms: What each signal added to the score.
        signals: Every signal as measured, before any weight.
        moved: What moved it from the place that its score gives it.
    """

    id: str
    title: str
    facts: dict[str, str] = {}
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    signals: dict[str, float] = {}
    moved: tuple[Moved, ...] = ()


class Question(_Value):
    """A question about at most three fields, and its text in the user's language."""

    fields: tuple[str, ...]
    text: str


class Call(_Value):
    """One model call of the turn."""

    prompt: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    seconds: float
    outcome: str


class Usage(_Value):
    """What the turn cost, and how much of it is the model's own work.

    Attributes:
        calls: Every model call, failed ones too.
        prompt_tokens: Tokens sent, cached ones included.
        completion_tokens: Tokens written.
        seconds: Wall time of the turn.
        first_sentence: Seconds until the first verified sentence stood.
        plan_source: Who planned: the `model`, a `repaired` answer of it, or `built-in`.
        plan_as_written: Whether the model's plan was used without repair and without a row dropped.
        entries_from_model: Ledger rows of this turn that only the model found.
        sentences_kept: Sentences of the model that passed the claim check.
        sentences_replaced: Sentences of the model that did not.
    """

    calls: tuple[Call, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    first_sentence: float | None = None
    plan_source: str = "built-in"
    plan_as_written: bool = False
    entries_from_model: int = 0
    sentences_kept: int = 0
    sentences_replaced: int = 0


class Reply(_Value):
    """The answer to one message: complete, typed, and checked against the catalog."""

    kind: ReplyKind
    message: str
    language: str
    session_id: str
    turn: int
    items: tuple[ShownItem, ...] = ()
    question: Question | None = None
    ledger: tuple[Requirement, ...] = ()
    assumptions: tuple[str, ...] = ()
    matching: int | None = None
    plan: TurnPlan
    usage: Usage
    trace_id: str
    prompts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Faults that the turn went on without: a tool or a model call that failed, an index not ready yet."""

    def to_json(self) -> dict[str, Any]:
        """Return the reply as JSON types."""
        return self.model_dump(mode="json")
