"""One conversation of a shopper with an agent, and what it scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from shortlist.demo import FOLDER, catalog_files
from shortlist_evals.agents import Agent, Answer, Baseline, Ours, Person, baselines
from shortlist_evals.personas.history import NOW, draw_history
from shortlist_evals.personas.phrases import Voice, load_phrases
from shortlist_evals.personas.shopper import Shopper
from shortlist_evals.personas.tastes import Persona, draw_personas
from shortlist_evals.scored import Scored
from shortlist_evals.transcripts import Said, Transcript, said
from shortlist_tools.catalog import Item, Schema

if TYPE_CHECKING:
    from shortlist import Recommender

TURNS = 5
"""Answers that a shopper waits for."""
SHOWN = 3
"""Items that an agent shows at once, at most; the demo's policies say the same."""
STATES = ("cold", "warm", "single")
SHELF = "shelf"
"""The reference that knows the kind and what is in stock, shows that in random order and listens to nothing."""
_WANTED = {1: "high", -1: "low"}
COUNTED = (1, 3, 5)
"""Turns after which hits are counted."""


@dataclass(frozen=True)
class Task:
    """One conversation to hold.

    Attributes:
        number: Which shopper, from 0.
        agent: Who answers.
        state: `cold`; `warm`, where the agent knows what they did before; `single`, cold and one item at a time.
        trial: Number of the trial, which varies what is said and how.
    """

    number: int
    agent: str
    state: str
    trial: int = 0


@dataclass(frozen=True)
class Stage:
    """A catalog with its shoppers, and the agents that serve them by how many items they show at once."""

    items: Mapping[str, Item]
    schema: Schema
    personas: Sequence[Persona]
    agents: Mapping[int, Mapping[str, Agent]]
    seed: int

    def talk(self, task: Task) -> tuple[Scored, Transcript]:
        """Hold the conversation of `task` and score it."""
        persona = self.personas[task.number]
        shopper = self._shopper(persona, task.trial)
        agent = self._agent(task, persona)
        chat = agent.begin(self._person(persona, task), _name(task), persona.language)
        answers: list[Answer] = []
        lines: list[Said] = []
        message: str | None = shopper.open()
        while message is not None and len(answers) < TURNS:
            answers.append(chat.say(message))
            lines.append(said(message, answers[-1]))
            message = shopper.reply(answers[-1])
        values = score(persona, answers)
        row = Scored(f"{persona.id}-{task.state}", task.state, persona.language, values, task.trial)
        transcript = Transcript(
            suite="personas",
            agent=task.agent,
            about=self._about(persona),
            case=row.case,
            kind=row.kind,
            language=row.language,
            trial=row.trial,
            said=tuple(lines),
            values=values,
        )
        return row, transcript

    def _agent(self, task: Task, persona: Persona) -> Agent:
        shown = 1 if task.state == "single" else SHOWN
        if task.agent != SHELF:
            return self.agents[shown][task.agent]
        order = sorted(persona.utilities)
        Random(f"{self.seed}/{persona.id}/shelf").shuffle(order)
        return Baseline(SHELF, lambda text, n: order[:n], shown)

    def _shopper(self, persona: Persona, trial: int) -> Shopper:
        """Return the shopper; cold and warm and all agents meet the same one."""
        voice = Voice(persona.language, load_phrases(), self.schema, Random(f"{self.seed}/{persona.id}/{trial}/words"))
        draws = Random(f"{self.seed}/{persona.id}/{trial}")
        return Shopper(persona, self.items, voice, self.schema.roles["kind"], draws)

    def _person(self, persona: Persona, task: Task) -> Person:
        if task.state != "warm":
            return Person()
        pools = load_phrases()
        kinds, fields = tuple(pools["kinds"]), tuple(pools["fields"])
        events = draw_history(persona, tuple(self.items.values()), self.schema, fields, kinds, self.seed)
        return Person(id=_name(task), events=events)

    def _about(self, persona: Persona) -> str:
        wants = [
            f"{wish.field} {_WANTED.get(wish.toward) or '/'.join(map(str, wish.values))} {wish.weight:.2f}"
            for wish in persona.taste
        ]
        taken = ", ".join(sorted(persona.accepted))
        return f"{persona.kind}: {', '.join(wants)}; target {persona.target}, takes {taken}"


def score(persona: Persona, answers: Sequence[Answer]) -> dict[str, float]:
    """Return what a conversation scores.

    `hit@t`: 1 when something that the shopper takes was shown within t turns, for t of 1, 3 and 5; `success` is hit@5.
    `turns`: the turn of the first hit, one more than they wait for where there is none. `regret`: of the best item
    shown, see `Persona.regret`; `regret@1` after the first turn. `questions`: answers that were questions.
    """
    regrets = [min(map(persona.regret, answer.items), default=1.0) for answer in answers]
    hits = [turn for turn, answer in enumerate(answers, start=1) if persona.accepted & set(answer.items)]
    turn = hits[0] if hits else TURNS + 1
    return {
        **{f"hit@{count}": float(turn <= count) for count in COUNTED},
        "success": float(turn <= TURNS),
        "turns": float(turn),
        "regret@1": regrets[0],
        "regret": min(regrets),
        "questions": float(sum(answer.kind == "ask" for answer in answers)),
    }


def _name(task: Task) -> str:
    return f"persona-{task.number}-{task.state}-{task.trial}"


@contextmanager
def open_stage(
    n: int, seed: int, model: str | None = None, base_url: str | None = None
) -> Iterator[Callable[[Task], tuple[Scored, Transcript]]]:
    """Yield `Stage.talk` over the demo catalog, with n shoppers, Shortlist (with a model beside) and the baselines."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="shortlist-personas-")))
        models = ("offline", model) if model else ("offline",)
        agents: dict[int, dict[str, Agent]] = {}
        for shown in (SHOWN, 1):
            opened = {}
            for place, name in enumerate(models):
                given = {"model": name} | ({"base_url": base_url} if base_url and name != "offline" else {})
                opened[name] = stack.enter_context(_recommender(folder / f"{place}-{shown}.db", given, shown))
            first = opened["offline"]
            agents[shown] = {name: Ours(one, name) for name, one in opened.items()}
            agents[shown] |= {agent.name: agent for agent in baselines(first, shown)}
        yield stage_of(first, agents, n, seed).talk


def stage_of(recommender: Recommender, agents: Mapping[int, Mapping[str, Agent]], n: int, seed: int) -> Stage:
    """Return a stage over the catalog of `recommender`."""
    catalog = recommender.catalog
    items = catalog.get(sorted(hit.id for hit in recommender.search("", n=len(catalog))))
    pools = load_phrases()
    personas = draw_personas(items, catalog.schema, tuple(pools["kinds"]), tuple(pools["fields"]), n, seed)
    return Stage({item.id: item for item in items}, catalog.schema, personas, agents, seed)


def _recommender(database: Path, given: Mapping[str, str], shown: int) -> Recommender:
    """Return the demo shop, as it was at `NOW`, that shows at most `shown` items at once."""
    import yaml

    from shortlist.recommender import Recommender

    policies = yaml.safe_load((FOLDER / "policies.yaml").read_text("utf-8")) | {"slate_size": shown}
    settings = {"vector_index": "exact", **given}
    moment = NOW.timestamp()
    recommender = Recommender.open(database, policies=policies, settings=settings, clock=lambda: moment)
    recommender.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
    recommender.prepare(wait=True)
    return recommender
