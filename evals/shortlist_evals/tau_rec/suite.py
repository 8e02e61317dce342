"""The tau_rec suite: scripted movie goers with hidden goals, and every policy of the desk, four agents beside ours."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from shortlist_evals.agents import Agent, Ours, baselines
from shortlist_evals.jobs import run_tasks
from shortlist_evals.places import data_dir, suites_dir
from shortlist_evals.scored import summary
from shortlist_evals.tau_rec.dialogue import Played, play
from shortlist_evals.tau_rec.kept import Kept
from shortlist_evals.tau_rec.references import Oracle
from shortlist_evals.tau_rec.tasks import Task, TaskError, read_films, read_tasks
from shortlist_evals.transcripts import write_transcripts
from shortlist_evals.users import read_pools

LANGUAGES = ("en", "zh")
REFERENCES = ("oracle", "never_asks", "popular", "words", "meaning")
SETTINGS: dict[str, Any] = {"vector_index": "exact"}
CAVEAT = (
    "The person is scripted: no model plays the user, its words come from paraphrase pools, and the tasks are a part "
    "of tau-rec's. These scores do not compare with the published leaderboard."
)


@dataclass(frozen=True)
class Job:
    """One trial of one case with one agent."""

    task: Task
    agent: str
    language: str
    trial: int


def run(
    *,
    split: str | None = None,
    n: int | None = None,
    seed: int = 0,
    model: str | None = None,
    base_url: str | None = None,
    show: bool = False,
    trials: int = 1,
    jobs: int = 1,
    patience: int = 3,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Let every person of tau-rec's tasks talk to Shortlist and to five reference agents.

    The user is scripted (`shortlist_evals.users`): scores do not compare with tau-rec's published leaderboard, whose
    users are played by a model. Trials of a model that are finished are kept in `.shortlist/evals/tau_rec` and taken
    from there when the same run is started again over the same code, data and model.

    The references: `oracle` reads the script instead of the words, `never_asks` is Shortlist without questions,
    `popular` ignores what is said, `words` and `meaning` rank by everything said.

    Args:
        split: `en`, `zh`, or `all` (the default): each task is a case in each language.
        n: Only the first `n` tasks.
        seed: Which phrases the first trial begins with.
        model: A model to try; the built-in planner where it is None or `offline`.
        base_url: Where it is served.
        show: Whether to print each conversation.
        trials: How often each case is played, each time in other words.
        jobs: How many processes.
        patience: How many rejections a person has.
        progress: Told how many trials are done.

    Returns:
        What `summary` returns, with `ours` (the name of the agent that is measured), `patience`, `caveat` and
        `references`.

    Raises:
        TaskError: If a task cannot be used, or none is left.
        ModelGoneError: If the model stops answering; what is finished is kept.
    """
    ours = model or "offline"
    wanted = _jobs(split, n, ours, trials)
    kept = None if ours == "offline" else Kept((ours, base_url, seed, patience))
    finished = {key: Played(*done) for key, done in kept.read().items()} if kept else {}
    todo = [job for job in wanted if job.agent != ours or (f"{job.task.id}-{job.language}", job.trial) not in finished]
    opened = partial(_opened, ours, base_url, seed, patience, kept)
    done = run_tasks(todo, opened, jobs, lambda now, total: progress(len(wanted) - len(todo) + now, len(wanted)))
    played = dict(zip([_key(job) for job in todo], done, strict=True))
    rows: dict[str, list[Played]] = {agent: [] for agent in (ours, *REFERENCES)}
    for job in wanted:
        found = played.get(_key(job)) or finished[f"{job.task.id}-{job.language}", job.trial]
        rows[job.agent].append(found)
    transcripts = [one.transcript for agent in rows for one in rows[agent]]
    write_transcripts("tau_rec", transcripts)
    if show:
        _print(rows[ours])
    result = summary({agent: [one.row for one in found] for agent, found in rows.items()}, passed="reward")
    return {
        **result,
        "trials": trials,
        "ours": ours,
        "patience": patience,
        "references": list(REFERENCES),
        "caveat": CAVEAT,
    }


def _jobs(split: str | None, n: int | None, ours: str, trials: int) -> list[Job]:
    """Return every trial of every case with every agent, in the order of the results."""
    if split not in (None, "all", *LANGUAGES):
        raise TaskError(f"no split is called {split!r}; splits are: all, en, zh")
    languages, tasks = LANGUAGES if split in (None, "all") else (split,), read_tasks()[:n]
    return [
        Job(task, agent, language, trial)
        for agent in (ours, *REFERENCES)
        for task in tasks
        for language in languages
        for trial in range(trials)
    ]


def _key(job: Job) -> tuple[str, str, str, int]:
    return job.agent, job.task.id, job.language, job.trial


@contextmanager
def _opened(
    ours: str, base_url: str | None, seed: int, patience: int, kept: Kept | None
) -> Iterator[Callable[[Job], Played]]:
    """Open every agent over a catalog of its own and yield what plays one job."""
    films, pools = read_films(), read_pools(suites_dir() / "tau_rec" / "phrases.yaml")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shortlist-tau-rec-")))
        agents: dict[str, Agent] = {agent.name: agent for agent in _agents(stack, folder, ours, base_url, films)}

        def work(job: Job) -> Played:
            played = play(job.task, agents[job.agent], films, pools, job.language, job.trial, seed, patience)
            if kept is not None and job.agent == ours:
                kept.add_answered(played, ours)
            return played

        yield work


def _agents(
    stack: ExitStack, folder: Path, ours: str, base_url: str | None, films: Mapping[str, Mapping[str, Any]]
) -> Sequence[Agent]:
    """Return the agent that is measured, and the references beside it."""
    from shortlist import Recommender
    from shortlist.turn.state import read_policies

    policies = read_policies(suites_dir() / "tau_rec" / "policies.yaml")
    silent = policies.model_copy(update={"asking_turns": 0})
    found: list[Agent] = [Oracle(films)]
    for name, model, rules in ((ours, ours, policies), ("never_asks", "offline", silent)):
        settings = {**SETTINGS, "model": model, **({"base_url": base_url} if base_url and name == ours else {})}
        database = folder / f"{len(found)}.db"
        recommender = stack.enter_context(Recommender.open(database, policies=rules, settings=settings))
        recommender.catalog.ingest(
            data_dir("tau-rec", "catalog.json"), schema=suites_dir() / "tau_rec" / "schema.yaml",
            rejects=folder / "rejected",
        )  # fmt: skip
        recommender.prepare(wait=True)
        found.append(Ours(recommender, name))
    return [*found, *baselines(recommender, k=1)]


def _print(played: Sequence[Played]) -> None:
    for one in played:
        talk, row = one.transcript, one.row
        mark = "right" if row.values["reward"] else "WRONG"
        print(f"\n{mark} {row.case} trial {row.trial} ({row.kind})\n  wanted: {talk.about}")
        for each in talk.said:
            print(f"  > {each.message}\n  < [{each.answer['kind']}] {each.answer['message']} {each.answer['items']}")
        for fault in talk.faults:
            print(f"  ! {fault}")


def render(result: Mapping[str, Any]) -> Any:
    """Return the scores as tables: agents, reliability, strata and languages of the one measured, and the caveat."""
    from shortlist_evals.tau_rec.tables import tables

    return tables(result)
