"""What scorers judge: a whole conversation with any agent, the labels of its turns, and the world it was about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shortlist.reply import Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.agents import Answer
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.talker import Said
from shortlist_evals.invariants.worlds import World
from shortlist_evals.scorers.labels import Labels
from shortlist_evals.scorers.price import Price


@dataclass(frozen=True)
class Turn:
    """One message, what was answered, and the labels.

    Attributes:
        message: What the user said.
        answer: What was answered.
        labels: What the case says of it.
        session: Number of the session, from 1.
        events: What the user did just before.
    """

    message: str
    answer: Answer
    labels: Labels = field(default_factory=Labels)
    session: int = 1
    events: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Heard:
    """One conversation as it was heard.

    Attributes:
        world: The catalog.
        turns: Its turns, in order.
        policies: What the operator demands.
        facts: What the host said of the user beforehand.
        events: What the user did beforehand.
        price: What tokens cost; None where nobody says.
    """

    world: World
    turns: tuple[Turn, ...]
    policies: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[Mapping[str, Any]] = ()
    price: Price | None = None

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Each turn as the checks of the invariants read it; an agent without replies gets stand-ins."""
        return tuple(self._moments())

    def _moments(self) -> Iterator[Moment]:
        facts, events = dict(self.facts), list(self.events)
        before: list[tuple[Said, Reply]] = []
        session = self.turns[0].session if self.turns else 1
        gate = self.policies.get("age_gate")
        last: Moment | None = None
        for turn in self.turns:
            if turn.session != session:
                if gate is not None and last is not None and last.of_age:
                    facts[gate["fact"]] = True
                session, before = turn.session, []
            events += turn.events
            said = Said(turn.message, "scripted", turn.labels.language, turn.labels.confirms)
            reply = turn.answer.reply or self._stand_in(turn, len(before) + 1)
            last = Moment(
                world=self.world, policies=self.policies, facts=dict(facts), events=tuple(events),
                before=tuple(before), said=said, reply=reply,
            )  # fmt: skip
            yield last
            before.append((said, reply))

    def _stand_in(self, turn: Turn, number: int) -> Reply:
        """Return a reply that says what an agent without one answered; its ledger holds what was labelled."""
        answer, language = turn.answer, turn.labels.language or "en"
        shown = tuple(
            ShownItem(
                id=one,
                title=self.world.title(one, language) if one in self.world.by_id else one,
                disclosures=("",) if one in answer.disclosed else (),  # said in words of its own
            )
            for one in answer.items
        )
        rows = [entry.rows(self.world.schema)[0] for entry in turn.labels.entries or ()]
        ledger = tuple(row.model_copy(update={"id": f"r{place}"}) for place, row in enumerate(rows, start=1))
        return Reply.model_validate(
            {
                "kind": answer.kind, "message": answer.message, "language": language, "session_id": "stand-in",
                "turn": number, "items": shown, "ledger": ledger, "plan": TurnPlan(intent="find"), "usage": Usage(),
                "trace_id": "stand-in",
            }
        )  # fmt: skip
