"""Shortlist itself as an agent of the suites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shortlist_evals.agents.base import Answer, Person

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist.reply import Reply


@dataclass(frozen=True)
class Ours:
    """A recommender as an agent: facts and events of a person are given to its profile when a conversation begins.

    Attributes:
        recommender: The recommender, its indexes ready.
        name: The name it has in results: `offline` or the model's.
    """

    recommender: Recommender
    name: str = "offline"

    def begin(self, person: Person, session: str, language: str) -> OurChat:
        """Begin a conversation; the person's facts and events are recorded first, which may be done repeatedly."""
        profiles = self.recommender.profiles
        if person.id is not None:
            if person.events:
                profiles.record(person.id, list(person.events))
            for name, value in person.facts.items():
                profiles.set(person.id, name, value)
        return OurChat(self.recommender, person.id, session)


@dataclass(frozen=True)
class OurChat:
    """One session of a recommender."""

    recommender: Recommender
    user: str | None
    session: str

    def say(self, message: str) -> Answer:
        """Return the reply as an answer."""
        return answer_of(self.recommender.reply(message, user_id=self.user, session_id=self.session))


def answer_of(reply: Reply) -> Answer:
    """Return `reply` as an answer. Items that an abstaining reply names with what they break are no recommendations."""
    usage = reply.usage
    recommended = tuple(item.id for item in reply.items if not item.broken)
    return Answer(
        message=reply.message,
        items=recommended,
        kind=reply.kind,
        asked=reply.question.fields if reply.question else (),
        disclosed=tuple(item.id for item in reply.items if item.disclosures),
        calls=len(usage.calls),
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        seconds=usage.seconds,
        first_sentence=usage.first_sentence,
        reply=reply,
        faults=reply.notes,
    )
