"""The shop suite: Shortlist and the baselines in every conversation, judged, scored, and summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from shortlist_evals.agents import Agent, Ours, baselines
from shortlist_evals.conversations.stage import Clock, staged
from shortlist_evals.finished import Done, Finished
from shortlist_evals.jobs import run_tasks
from shortlist_evals.places import suites_dir
from shortlist_evals.scored import Scored, summary
from shortlist_evals.scorers import SCORERS, Price, scorers, scores
from shortlist_evals.shop.cases import CLASSES, LANGUAGES, Case
from shortlist_evals.shop.holding import Held, hold
from shortlist_evals.shop.judging import mistakes
from shortlist_evals.shop.reading import CaseError, read_cases
from shortlist_evals.transcripts import Transcript, said, write_transcripts

BASELINES = ("popular", "words", "meaning")
PRICES: dict[str, Price] = {}
"""Prices of a million tokens in USD, by model; a model that is not here costs nobody knows what."""


@dataclass(frozen=True)
class Task:
    """One trial of one case with one agent."""

    case: Case
    agent: str
    trial: int


def run(
    *,
    split: str | None = None,
    n: int | None = None,
    model: str | None = None,
    base_url: str | None = None,
    show: bool = False,
    trials: int = 1,
    jobs: int = 1,
    scorer: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Hold every conversation with Shortlist and with the baselines `popular`, `words` and `meaning`.

    Cases that a model has finished are kept in `.shortlist/evals/shop` and taken from there when the same run is
    started again over the same product, cases and model.

    Args:
        split: Only the cases of a class or a language (`gift`, `zh`), or of both (`gift-zh`).
        n: How many cases, spread evenly over classes and languages.
        model: A model to try; the built-in planner where it is None or `offline`.
        base_url: Where it is served.
        show: Whether to print each conversation that Shortlist did not pass.
        trials: How often each conversation is held with a model; the rest answers the same each time.
        jobs: How many processes.
        scorer: Names of the only scorers that count; all by default.
        progress: Told how many conversations are done.

    Returns:
        What `summary` returns, with `ours` (the name of the agent that is measured).

    Raises:
        CaseError: If a case cannot be used, or none is left.
        ScorerError: If a scorer does not exist.
    """
    scorers(scorer)
    ours = model or "offline"
    cases = spread(read_cases(split), n)
    finished = None if ours == "offline" else _finished(ours, base_url, scorer)
    before = finished.read() if finished else {}
    again = range(trials if ours != "offline" else 1)
    wanted = [Task(case, ours, trial) for case in cases for trial in again]
    wanted += [Task(case, name, 0) for name in BASELINES for case in cases]
    todo = [task for task in wanted if task.agent != ours or (task.case.id, task.trial) not in before]
    opened = partial(_opened, ours, base_url, tuple(scorer), finished, tuple(cases))
    fresh = run_tasks(todo, opened, jobs, lambda now, all_: progress(len(wanted) - all_ + now, len(wanted)))
    by_task = {(task.agent, task.case.id, task.trial): done for task, done in zip(todo, fresh, strict=True)}
    found: dict[str, list[Done]] = {ours: [], **{name: [] for name in BASELINES}}
    for task in wanted:
        done = by_task.get((task.agent, task.case.id, task.trial)) or before[task.case.id, task.trial]
        found[task.agent].append(done)
    write_transcripts("shop", (transcript for rows in found.values() for _, transcript in rows))
    if show:
        _print([transcript for _, transcript in found[ours]])
    result = summary({name: [row for row, _ in rows] for name, rows in found.items()}, passed="passed")
    return {**result, "ours": ours}


def spread(cases: Sequence[Case], n: int | None) -> list[Case]:
    """Return `n` of the cases, in their order: one of each class, then the second of each, languages by turns."""
    if n is None or n >= len(cases):
        return list(cases)
    seen: dict[tuple[str, str], int] = {}
    ranked = []
    for place, case in enumerate(cases):
        key = case.kind, case.language
        seen[key] = seen.get(key, 0) + 1
        later = (CLASSES.index(case.kind) + LANGUAGES.index(case.language)) % 2
        ranked.append((2 * seen[key] + later, place))
    return [cases[place] for place in sorted(place for _, place in sorted(ranked)[:n])]


def _finished(model: str, base_url: str | None, scorer: Sequence[str]) -> Finished:
    own = Path(__file__).parent
    folders = (own, own.parent / "scorers", own.parent / "invariants", suites_dir() / "shop")
    files = [file for folder in folders for kind in ("*.py", "*.yaml") for file in sorted(folder.glob(kind))]
    return Finished("shop", (model, base_url, *scorer), files)


@contextmanager
def _opened(
    ours: str, base_url: str | None, scorer: tuple[str, ...], finished: Finished | None, cases: tuple[Case, ...]
) -> Iterator[Callable[[Task], Done]]:
    """Open the demo and yield what holds one conversation: with Shortlist over a copy of its own each time."""
    with ExitStack() as stack:
        stage = stack.enter_context(staged())
        slips = list(mistakes(cases, stage))
        if slips:
            raise CaseError("; ".join(slips[:5]) + "; see the demo's schema.yaml, catalog and shoppers.json")
        shared = stack.enter_context(stage.opened("offline", None, Clock()))
        others: dict[str, Agent] = {agent.name: agent for agent in baselines(shared)}

        def work(task: Task) -> Done:
            clock = Clock()
            if task.agent in others:
                return scored(task, hold(task.case, others[task.agent], stage, clock), scorer)
            with stage.opened(ours, base_url, clock) as recommender:
                done = scored(task, hold(task.case, Ours(recommender, ours), stage, clock, PRICES.get(ours)), scorer)
            if finished is not None:
                finished.add(done)
            return done

        yield work


def scored(task: Task, held: Held, names: Sequence[str] = ()) -> Done:
    """Return the scores and the transcript of a conversation that was held.

    Of an agent that answers with items alone, only the scorers that need no more count.
    """
    case = task.case
    speaks = any(turn.answer.message for turn in held.heard.turns)
    chosen = [name for name in names or SCORERS if name in (case.scorers or SCORERS)]
    chosen = [name for name in chosen if speaks or SCORERS[name].of_items]
    values = {**(scores(held.heard, chosen) if chosen else {}), "passed": float(not held.faults)}
    rounded = {metric: round(value, 6) for metric, value in values.items()}
    row = Scored(case.id, case.kind, case.language, rounded, task.trial)
    labels = [f"turn {place}: {'; '.join(map(str, turn.labels.entries or ())) or 'nothing'}"
              for place, turn in enumerate(held.heard.turns, start=1)]  # fmt: skip
    transcript = Transcript(
        suite="shop",
        case=case.id,
        agent=task.agent,
        kind=case.kind,
        language=case.language,
        trial=task.trial,
        said=tuple(said(turn.message, turn.answer) for turn in held.heard.turns),
        values=rounded,
        about="\n".join([case.about, "entries in force:", *labels, *held.notes]),
        faults=held.faults,
    )
    return row, transcript


def _print(transcripts: Sequence[Transcript]) -> None:
    for one in transcripts:
        if one.faults:
            print(f"\nFAILED {one.case}: {one.about}")
            for each in one.said:
                print(
                    f"  > {each.message}\n  < [{each.answer['kind']}] {each.answer['message']} {each.answer['items']}"
                )
            for fault in one.faults:
                print(f"  ! {fault}")
