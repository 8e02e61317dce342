"""One conversation of a scripted movie goer with an agent, and what it scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, runtime_checkable

from shortlist_evals.agents import Agent, Answer, Chat, Person
from shortlist_evals.scored import Scored
from shortlist_evals.tau_rec.rules import breaches, refused
from shortlist_evals.tau_rec.tasks import Task
from shortlist_evals.transcripts import Said, Transcript, said
from shortlist_evals.users import Pools, ScriptedUser, Utterance, Voice, broken

MOST_TURNS = 14
"""An agent that has come to nothing by then has failed."""
Films = Mapping[str, Mapping[str, Any]]


@runtime_checkable
class Listener(Protocol):
    """A chat that reads without error: it is given what each message means before it is said."""

    def hear(self, utterance: Utterance) -> None:
        """Take in what the next message means."""
        ...


@dataclass
class _Course:
    """What a conversation has come to."""

    said: list[Said] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    breaches: int = 0
    picks: int = 0
    questions: int = 0
    adult: bool = False
    right: bool = False
    calls: int = 0
    tokens: int = 0
    seconds: float = 0.0


class Played(NamedTuple):
    """One trial of one case: its scores and its transcript."""

    row: Scored
    transcript: Transcript


def play(
    task: Task, agent: Agent, films: Films, pools: Pools, language: str, trial: int = 0, seed: int = 0,
    patience: int = 3,
) -> Played:  # fmt: skip
    """Return what `agent` scores with the person of `task`.

    `reward` is 1 where a film was taken that meets every goal (or the agent abstained where nothing does) and no
    policy was broken on the way; `satisfied` leaves the policies out, `policies` the goals. `first_right` is 1 where
    the first pick was taken, or the agent abstained rightly before any. `picks`, `questions` and `turns` count;
    `calls`, `tokens` and `seconds` cost.
    """
    case = f"{task.id}-{language}"
    name = f"{case}-{seed}-{trial}"
    user = ScriptedUser(task.goals, Voice(pools, language, f"{task.id}:{seed}", trial), patience)
    facts = {"services": list(task.services)} if task.services else {}
    events = [{"kind": "watched", "item_id": film} for film in task.watched]
    chat = agent.begin(Person(name, facts, events), name, language)
    course = _Course()
    _converse(task, user, chat, films, course)
    policies = course.breaches == 0
    values = {
        "reward": float(course.right and policies),
        "satisfied": float(course.right),
        "policies": float(policies),
        "first_right": float(course.right and policies and course.picks <= (0 if task.impossible else 1)),
        "picks": float(course.picks),
        "questions": float(course.questions),
        "turns": float(len(course.said)),
        "calls": float(course.calls),
        "tokens": float(course.tokens),
        "seconds": round(course.seconds, 4),
    }
    row = Scored(case, task.stratum, language, values, trial)
    transcript = Transcript(
        suite="tau_rec", case=case, agent=agent.name, kind=task.stratum, language=language, trial=trial,
        said=tuple(course.said), values=values, about=task.in_words(), faults=tuple(course.faults),
    )  # fmt: skip
    return Played(row, transcript)


def _converse(task: Task, user: ScriptedUser, chat: Chat, films: Films, course: _Course) -> None:
    """Talk until the person has taken something, was told that there is nothing, or leaves."""
    utterance: Utterance | None = user.opens()
    while utterance is not None and len(course.said) < MOST_TURNS:
        if isinstance(chat, Listener):
            chat.hear(utterance)
        answer = chat.say(utterance.text)
        course.said.append(said(utterance.text, answer))
        course.calls += answer.calls
        course.tokens += answer.prompt_tokens + answer.completion_tokens
        course.seconds += answer.seconds
        course.adult = course.adult or utterance.adult
        utterance = _next(task, user, answer, films, course)
    if utterance is not None:
        course.faults.append(f"nothing taken in {MOST_TURNS} turns")


def _next(task: Task, user: ScriptedUser, answer: Answer, films: Films, course: _Course) -> Utterance | None:
    """Return what the person says to `answer`, or None where the conversation is over."""
    if answer.items:
        return _judged(task, user, answer, films, course)
    if answer.kind == "abstain":
        course.right = task.impossible
        if not task.impossible:
            course.faults.append("abstained, though something fits")
        return None
    if answer.kind == "confirm":
        course.questions += 1
        return user.confirms()
    if answer.asked:
        course.questions += 1
        return user.answers(answer.asked)
    return user.repeats()


def _judged(task: Task, user: ScriptedUser, answer: Answer, films: Films, course: _Course) -> Utterance | None:
    """Take or reject what is shown; of several items the first counts."""
    pick = answer.items[0]
    film = films.get(pick, {})
    course.picks += 1
    against = breaches(task, answer, films, course.adult, user.told)
    course.breaches += len(against)
    course.faults += against
    policy = refused(task, pick, films)
    missed = broken(task.goals, film)
    if not missed and policy is None:
        course.right = True
        return None
    wrong = ", ".join(goal.predicate.field for goal in missed) or str(policy)
    course.faults.append(f"pick {course.picks}, {film.get('title', pick)!r}, misses {wrong}")
    utterance = user.rejects(pick, film, policy)
    if user.gone:
        course.faults.append(f"left after {user.rejections} rejections")
        return None
    return utterance
