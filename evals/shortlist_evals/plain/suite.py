"""The plain suite: the same conversations with Shortlist and a model, without one, and with a plain agent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortlist_evals.agents import Agent, Answer, Chat, Ours, Person
from shortlist_evals.agents.plain import MOST_TOKENS, Plain
from shortlist_evals.conversations.stage import BASE_URL, MODEL, PATIENCE, Clock, staged
from shortlist_evals.finished import Done, Finished
from shortlist_evals.places import data_dir, suites_dir
from shortlist_evals.scored import Scored, summary
from shortlist_evals.scorers.policies import violated
from shortlist_evals.shop import CaseError, hold, read_cases
from shortlist_evals.shop.suite import Task as ShopTask
from shortlist_evals.shop.suite import scored as shop_scored
from shortlist_evals.shop.suite import spread
from shortlist_evals.tau_rec.dialogue import play
from shortlist_evals.tau_rec.tasks import read_films, read_tasks
from shortlist_evals.transcripts import write_transcripts
from shortlist_evals.users import read_pools

if TYPE_CHECKING:
    from shortlist import Recommender

N = 15
"""Cases of each of the two suites."""
AGENTS = ("model", "offline", "plain")
COLUMNS = ("passed", "violations", "invented", "calls", "tokens", "seconds", "faults")
Work = Callable[[str], Done]


def run(
    *,
    n: int = N,
    model: str | None = None,
    base_url: str | None = None,
    show: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Hold `n` conversations of `tau_rec` and `n` of `shop` with three agents, and set them side by side.

    `model` is Shortlist with the model, `offline` Shortlist with its built-in planner, `plain` LangChain's
    `create_agent` with the same reading tools and the same model. Users and judges are those of the two suites.
    Finished conversations are kept in `.shortlist/evals/plain`: a run that was killed goes on where it stopped.

    Args:
        n: How many cases of each suite.
        model: The model; the local one of the recordings by default.
        base_url: Where it is served.
        show: Whether to print each conversation of the plain agent.
        progress: Told how many conversations are done.

    Returns:
        What `summary` returns; `values` are `passed`, and of each conversation `violations` (of policies), `invented`
        (recommended items that do not exist), `calls`, `tokens`, `seconds` and `faults` (answers that failed).

    Raises:
        CaseError: If the model is `offline`: there is no plain agent without a model.
    """
    name, address = model or MODEL, base_url or (BASE_URL if model is None else None)
    if name == "offline":
        raise CaseError("the plain agent needs a model: give --model PROVIDER:NAME and --base-url")
    finished = {agent: _finished(agent, name, address) for agent in AGENTS}
    before = {agent: kept.read() for agent, kept in finished.items()}
    rows: dict[str, list[Done]] = {agent: [] for agent in AGENTS}
    with ExitStack() as stack:
        worlds = [stack.enter_context(opened(n, name, address)) for opened in (_tau_rec, _shop)]
        total, count = sum(len(world.cases) for world in worlds) * len(AGENTS), 0
        for world in worlds:
            for case in world.cases:
                for agent in AGENTS:
                    done = before[agent].get((case, 0))
                    if done is None:
                        done = world.hold(case, agent)
                        finished[agent].add(done)
                    rows[agent].append(done)
                    count += 1
                    progress(count, total)
    write_transcripts("plain", (transcript for found in rows.values() for _, transcript in found))
    if show:
        _print(rows["plain"])
    result = summary({agent: [row for row, _ in found] for agent, found in rows.items()}, passed="passed")
    return {**result, "ours": "model", "model": name}


def render(result: Mapping[str, Any]) -> Any:
    """Return the three agents side by side, over all cases and for each of the two suites."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    title = f"plain, {result['model']}, n = {result['n']} (means a conversation)"
    table = Table("", "agent", *COLUMNS, title=title, title_justify="left", box=SIMPLE_HEAD)
    for part in ("all", "tau_rec", "shop"):
        for agent in AGENTS:
            values = result["agents"][agent] if part == "all" else result["classes"][agent].get(part, {})
            table.add_row(part, agent, *(f"{values[name][0]:.2f}" if name in values else "" for name in COLUMNS))
    return table


@dataclass(frozen=True)
class _World:
    """The cases of one suite, and what holds one of them with one agent."""

    cases: Sequence[str]
    hold: Callable[[str, str], Done]


@dataclass
class _Listening:
    """An agent whose answers are kept, so that all agents are counted alike."""

    agent: Agent
    heard: list[Answer]

    @property
    def name(self) -> str:
        return self.agent.name

    def begin(self, person: Person, session: str, language: str) -> Chat:
        return _ListeningChat(self.agent.begin(person, session, language), self.heard)


@dataclass(frozen=True)
class _ListeningChat:
    chat: Chat
    heard: list[Answer]

    def say(self, message: str) -> Answer:
        answer = self.chat.say(message)
        self.heard.append(answer)
        return answer


@contextmanager
def _tau_rec(n: int, model: str, base_url: str | None) -> Iterator[_World]:
    """Open the movie desk; its tasks alternate between the languages."""
    from shortlist import Recommender
    from shortlist.turn.state import read_policies

    folder = suites_dir() / "tau_rec"
    films, pools, policies = read_films(), read_pools(folder / "phrases.yaml"), read_policies(folder / "policies.yaml")
    tasks = {f"{task.id}-{'en' if place % 2 else 'zh'}": task for place, task in enumerate(read_tasks()[:n])}
    with ExitStack() as stack:
        folder_of_stores = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shortlist-plain-")))

        def opened(agent: str, name: str) -> Recommender:
            """Return a movie desk of `agent` alone, so that no agent knows what another was told."""
            chosen = {"vector_index": "exact", "model": name, "model_timeout": PATIENCE, "seconds": PATIENCE}
            chosen |= {"base_url": base_url} if base_url and name != "offline" else {}
            database = folder_of_stores / f"{agent}.db"
            desk = stack.enter_context(Recommender.open(database, policies=policies, settings=chosen))
            desk.catalog.ingest(data_dir("tau-rec", "catalog.json"), schema=folder / "schema.yaml",
                                rejects=database.with_suffix(".rejected"))  # fmt: skip
            desk.prepare(wait=True)
            return desk

        rules = policies.model_dump(mode="json", exclude_defaults=True)
        plain = Plain(opened("plain", "offline"), chat_model(model, base_url), rules)
        agents: dict[str, Agent] = {"offline": Ours(opened("offline", "offline")),
                                    "model": Ours(opened("model", model), "model"), "plain": plain}  # fmt: skip

        def held(case: str, name: str) -> Done:
            heard: list[Answer] = []
            played = play(tasks[case], _Listening(agents[name], heard), films, pools, case[-2:])
            broken = sum(fault.split(":")[0] in _POLICIES for fault in played.transcript.faults)
            row, transcript = played.row, played.transcript
            values = _counted(heard, films, row.values["reward"], broken)
            return _done(Scored(case, "tau_rec", row.language, values), transcript, name)

        yield _World(list(tasks), held)


_POLICIES = frozenset({"single_recommendation", "unknown_item", "watch_history", "availability", "sponsored",
                       "age_restricted", "transparency"})  # fmt: skip


@contextmanager
def _shop(n: int, model: str, base_url: str | None) -> Iterator[_World]:
    """Open the demo shop; its cases are spread over classes and languages."""
    cases = {case.id: case for case in spread(read_cases(), n)}
    with staged() as stage:
        known = {item.id for item in stage.world.items}
        asked = chat_model(model, base_url)

        def held(case: str, name: str) -> Done:
            clock, heard = Clock(), list[Answer]()
            with stage.opened(model if name == "model" else "offline", base_url, clock, None, cases[case].user) as rec:
                agent: Agent = Plain(rec, asked, stage.policies) if name == "plain" else Ours(rec, name)
                found = hold(cases[case], _Listening(agent, heard), stage, clock)
            row, transcript = shop_scored(ShopTask(cases[case], name, 0), found)
            values = _counted(heard, known, row.values["passed"], sum(1 for _ in violated(found.heard)))
            return _done(Scored(case, "shop", row.language, values), transcript, name)

        yield _World(list(cases), held)


def _counted(heard: Sequence[Answer], known: Collection[str], passed: float, violations: float) -> dict[str, float]:
    return {
        "passed": passed,
        "violations": float(violations),
        "invented": float(sum(item not in known for answer in heard for item in answer.items)),
        "calls": float(sum(answer.calls for answer in heard)),
        "tokens": float(sum(answer.prompt_tokens + answer.completion_tokens for answer in heard)),
        "seconds": round(sum(answer.seconds for answer in heard), 3),
        "faults": float(sum(bool(answer.faults) for answer in heard)),
    }


def _done(row: Scored, transcript: Any, agent: str) -> Done:
    update = {"suite": "plain", "case": row.case, "agent": agent, "kind": row.kind, "values": dict(row.values)}
    return replace(row), transcript.model_copy(update=update)


def chat_model(model: str, base_url: str | None) -> Any:
    """Return the LangChain chat model of the plain agent: temperature 0, no retries of its own."""
    from langchain.chat_models import init_chat_model

    from shortlist.settings import load_settings

    key = load_settings().api_key
    given: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if base_url or key:
        given["api_key"] = key.get_secret_value() if key else "none"
    return init_chat_model(model, temperature=0, max_retries=0, timeout=PATIENCE, max_tokens=MOST_TOKENS, **given)


def _finished(agent: str, model: str, base_url: str | None) -> Finished:
    evals = Path(__file__).parents[1]
    folders = [evals / name for name in ("plain", "tau_rec", "shop", "users", "scorers")]
    folders += [suites_dir() / "tau_rec", suites_dir() / "shop"]
    files = [file for folder in folders for kind in ("*.py", "*.yaml") for file in sorted(folder.glob(kind))]
    return Finished("plain", (agent, model, base_url), [*files, evals / "agents" / "plain.py"])


def _print(found: Sequence[Done]) -> None:
    for row, one in found:
        print(f"\n{'passed' if row.values['passed'] else 'FAILED'} {row.case}: {one.about.splitlines()[0]}")
        for each in one.said:
            print(f"  > {each.message}\n  < [{each.answer['kind']}] {each.answer['message']} {each.answer['items']}")
        for fault in one.faults:
            print(f"  ! {fault}")
