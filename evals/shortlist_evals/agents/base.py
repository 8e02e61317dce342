"""What a suite talks to: any agent that answers messages with items, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from shortlist.reply import Reply


@dataclass(frozen=True)
class Person:
    """Who talks, and what the host knows of them before the first message.

    Attributes:
        id: Whose profile it is; None for a guest.
        facts: Facts by name, such as `services`.
        events: What they did, as `profiles.record` takes it.
    """

    id: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Answer:
    """What an agent answered to one message.

    Attributes:
        message: Its prose.
        items: Ids that it recommends, best first.
        kind: `recommend`, `ask`, `confirm`, `abstain`, `answer` or `chat`.
        asked: Fields that it asks about.
        disclosed: Ids of the sponsored items that it says are sponsored.
        calls: Model calls.
        prompt_tokens: Tokens sent, cached ones included.
        completion_tokens: Tokens written.
        seconds: Wall time.
        first_sentence: Seconds until the first sentence stood, where the agent tells.
        reply: The whole reply of a Shortlist agent.
        faults: What went wrong inside, such as a call that failed.
    """

    message: str
    items: tuple[str, ...]
    kind: str
    asked: tuple[str, ...] = ()
    disclosed: tuple[str, ...] = ()
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    first_sentence: float | None = None
    reply: Reply | None = None
    faults: tuple[str, ...] = ()


class Chat(Protocol):
    """One conversation with an agent."""

    def say(self, message: str) -> Answer:
        """Return the answer to `message`."""
        ...


class Agent(Protocol):
    """Whatever recommends in conversation."""

    @property
    def name(self) -> str:
        """Return the name it has in results."""
        ...

    def begin(self, person: Person, session: str, language: str) -> Chat:
        """Begin a conversation called `session` with `person`; what earlier ones left in their profile is theirs."""
        ...
