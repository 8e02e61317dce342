"""Holds the conversation of a case with any agent."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from shortlist_evals.agents import Agent, Person
from shortlist_evals.conversations.stage import Clock, Stage
from shortlist_evals.scorers import Entry, Heard, Labels, Price, Turn
from shortlist_evals.shop.cases import Case, CaseTurn
from shortlist_evals.shop.judging import faults, unlabelled


@dataclass(frozen=True)
class Held:
    """A conversation that was held, and what is wrong with it.

    Attributes:
        heard: What scorers judge.
        faults: What is wrong, each with its turn; the case has passed where there is nothing.
        notes: What the labels do not speak of: entries of the ledger that nobody labelled.
    """

    heard: Heard
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


def hold(case: Case, agent: Agent, stage: Stage, clock: Clock, price: Price | None = None) -> Held:
    """Hold the conversation of `case` with `agent` and return it, judged."""
    person, shopper = person_of(case), stage.shopper(case.user)
    chat, session = agent.begin(person, case.id, case.language), 1
    turns: list[Turn] = []
    for number, (said, entries) in enumerate(zip(case.turns, case.entries(), strict=True), start=1):
        clock.begin(number)
        events = [{"time": clock.now - 1, **event} for event in said.events]
        if said.session == "new" or events:
            session += said.session == "new"
            again = agent.begin(Person(person.id, {}, events), f"{case.id}-s{session}", case.language)
            chat = again if said.session == "new" else chat
        started = time.perf_counter()
        answer = chat.say(said.say)
        timed = replace(answer, seconds=time.perf_counter() - started)
        turns.append(Turn(said.say, timed, _labels(case, said, entries), session, events))
    heard = Heard(
        stage.world,
        tuple(turns),
        stage.policies,
        {**shopper["facts"], **case.facts},
        [*shopper["events"], *case.events],
        price,
    )
    return Held(heard, tuple(faults(case, heard, stage)), tuple(unlabelled(heard)))


def person_of(case: Case) -> Person:
    """Return who talks: a demo shopper, somebody of the case's own, or a guest; with what the case adds."""
    remembered = case.facts or case.events or any(turn.events or turn.session == "new" for turn in case.turns)
    return Person(case.user or (f"someone-of-{case.id}" if remembered else None), case.facts, case.events)


def _labels(case: Case, said: CaseTurn, entries: tuple[Entry, ...]) -> Labels:
    language = said.expect.language or case.language
    return Labels(entries, said.expect.good, said.expect.bad, said.unclear, language, said.confirms)
