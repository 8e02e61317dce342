"""Holding the dialogues: the user's turns go to an agent one by one, the wizard's replies stand as what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from shortlist import Recommender
from shortlist_evals.agents import Agent, Answer, Ours, Person, baselines
from shortlist_evals.crosswoz.annotations import Wanted
from shortlist_evals.crosswoz.dialogues import Dialogue, Turn
from shortlist_evals.crosswoz.entities import SLATE, Names, recommender_over_entities
from shortlist_evals.crosswoz.scoring import (
    added,
    chosen_recall,
    fitting,
    heard,
    pointed_at,
    reference_recall,
    satisfied,
)
from shortlist_evals.reader import Tally
from shortlist_evals.transcripts import Said, said
from shortlist_tools.catalog import Snapshot

OURS = "offline"
REFERENCE = "reference"


@dataclass
class Held:
    """What came of one dialogue with one agent; lists have one value a turn that is scored.

    Attributes:
        dialogue: Its id.
        type: Its type.
        agent: Who answered.
        tallies: Rows of the ledger against the annotation, by turn; only of Shortlist.
        kept: All that was asked so far against the ledger, by turn; only of Shortlist.
        named: Entities named by the user against what the plan is about, by turn; only of Shortlist.
        silent: Whether a turn that is left out added nothing to the ledger; only of Shortlist.
        satisfied: Share of the items shown that fit.
        answered: Where the user asks about what was just shown: whether the reply is about some of that alone.
        declined: Where nothing can fit: whether no item was shown as if it did.
        recall: Recall@10 of the chosen entity.
        kinds: The kind looked for, in step with `tallies`.
        faults: What went wrong, in words.
        said: The conversation.
    """

    dialogue: str
    type: str
    agent: str
    tallies: list[Tally] = field(default_factory=list)
    kept: list[Tally] = field(default_factory=list)
    named: list[Tally] = field(default_factory=list)
    silent: list[float] = field(default_factory=list)
    satisfied: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    declined: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@contextmanager
def holder() -> Iterator[Callable[[Dialogue], list[Held]]]:
    """Yield what holds a dialogue with Shortlist and with every baseline; `prepare` must have been called before."""
    with recommender_over_entities() as recommender:
        snapshot = recommender._runtime.services().snapshot  # what the door answers with is whole replies
        names = Names(snapshot)
        agents: tuple[Agent, ...] = (Ours(recommender, OURS), *baselines(recommender, SLATE))

        def hold(dialogue: Dialogue) -> list[Held]:
            held = [_hold(dialogue, agent, recommender, snapshot, names) for agent in agents]
            return [*held, _reference(dialogue, snapshot, names)]

        yield hold


def _hold(dialogue: Dialogue, agent: Agent, recommender: Recommender, snapshot: Snapshot, names: Names) -> Held:
    held = Held(dialogue.id, dialogue.type, agent.name)
    chat = agent.begin(Person(), dialogue.id, "zh")
    before: set[str] = set()
    for turn in dialogue.turns:
        answer = chat.say(turn.text)
        if answer.reply is not None:
            _score_ledger(held, turn, answer, names)
            shown = [found for kind, name in turn.shown if (found := names.get(kind, name)) is not None]
            recommender.note_reply(turn.reply, shown, session_id=dialogue.id)
            exchange = said(turn.text, answer)
            held.said.append(exchange.model_copy(update={"answer": {**exchange.answer, "instead": turn.reply}}))
        if turn.of_shown and not turn.among:
            items = set(answer.items)
            held.answered.append(float(bool(items) and items <= before))
        elif turn.kind and not turn.among:
            _score_slate(held, turn, answer, snapshot, names)
        before = {found for kind, name in turn.shown if (found := names.get(kind, name)) is not None} or before
    return held


def _score_ledger(held: Held, turn: Turn, answer: Answer, names: Names) -> None:
    if answer.reply is None:
        return
    if turn.names:
        held.named.append(pointed_at(turn, answer, names))
    if turn.left is not None:
        rows = added(answer.reply)
        held.silent.append(float(not rows))
        if rows:
            held.faults.append(f"{turn.text}: left out ({turn.left}), but added {_told(rows)}")
        return
    found = heard(turn, answer.reply)
    held.tallies.append(found.tally)
    held.kinds.append(turn.kind)
    if turn.kind:
        held.kept.append(found.kept)
    if found.extra:
        held.faults.append(f"{turn.text}: not asked for: {_told(found.extra)}")
    if found.missing:
        held.faults.append(f"{turn.text}: not heard: {_told(found.missing)}")


def _score_slate(held: Held, turn: Turn, answer: Answer, snapshot: Snapshot, names: Names) -> None:
    fits = fitting(turn, snapshot)
    if not fits.any():
        held.declined.append(float(not answer.items))
        return
    share = satisfied(answer, fits, snapshot)
    held.satisfied.append(share)
    if share < 1:
        held.faults.append(f"{turn.text}: {share:.0%} of {len(answer.items)} items fit, reply is {answer.kind}")
    chosen = names.get(turn.kind, turn.chosen)
    if chosen is not None:
        held.recall.append(chosen_recall(answer.items, chosen))


def _reference(dialogue: Dialogue, snapshot: Snapshot, names: Names) -> Held:
    """Return what filtering by the annotation and ordering at random is expected to give."""
    held = Held(dialogue.id, dialogue.type, REFERENCE)
    for turn in dialogue.turns:
        fits = fitting(turn, snapshot) if turn.kind and not (turn.among or turn.of_shown) else np.zeros(0, dtype=bool)
        if not fits.any():
            continue
        held.satisfied.append(1.0)
        chosen = names.get(turn.kind, turn.chosen)
        if chosen is not None:
            held.recall.append(reference_recall(fits, snapshot.row_of[chosen]))
    return held


def _told(rows: tuple[Wanted, ...]) -> str:
    return "; ".join(" ".join(row) for row in rows)
