"""Running the shoppers against every agent, and showing how soon each found what they would take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from shortlist_evals.figures import interval_text, realness
from shortlist_evals.jobs import run_tasks
from shortlist_evals.metrics import paired_interval
from shortlist_evals.personas.talking import SHELF, STATES, Task, open_stage
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_evals.transcripts import write_transcripts

SHOPPERS = 96
SEED = 7
AGENTS = ("offline", "words", "meaning", "popular", SHELF)
SHOWN = ("hit@1", "hit@3", "hit@5", "turns", "regret")
COMPARED = ("hit@1", "hit@3", "success", "turns", "regret")


def run(
    *,
    n: int | None = None,
    seed: int | None = None,
    model: str | None = None,
    base_url: str | None = None,
    trials: int = 1,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Let every shopper talk to every agent, cold and warm, and return the scores.

    Args:
        n: How many shoppers; the first of them are the same whatever n is.
        seed: Of the shoppers.
        model: A model to try beside the built-in planner.
        base_url: Where it is served.
        trials: How often each talks, in other words.
        jobs: Processes.
        progress: Told how many conversations are over.

    Returns:
        The keys of `scored.summary`, with `cold`, `warm` and `single` (cold, one item at a time) as classes, and
        `differences`: offline minus each other agent by class, paired by shopper, and `warm - cold` of offline.
    """
    shoppers, started = n or SHOPPERS, SEED if seed is None else seed
    names = (*AGENTS, model) if model else AGENTS
    tasks = [
        Task(number, name, state, trial)
        for name in names for trial in range(trials) for state in STATES for number in range(shoppers)
    ]  # fmt: skip
    opened = partial(open_stage, shoppers, started, model, base_url)
    found = run_tasks(tasks, opened, jobs, progress)
    rows: dict[str, list[Scored]] = {name: [] for name in names}
    for task, (row, _) in zip(tasks, found, strict=True):
        rows[task.agent].append(row)
    write_transcripts("personas", (transcript for _, transcript in found))
    result = summary(rows, "success")
    return {**result, "seed": started, "differences": differences(result["cases"])}


def differences(cases: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return paired differences, each `[mean, low, high]` by metric, from `cases` by agent and case."""
    ours = cases["offline"]
    found: dict[str, Any] = {}
    for state in STATES:
        chosen = sorted(case for case in ours if case.endswith(state))
        for name, theirs in cases.items():
            if name != "offline":
                pair = ([ours[case] for case in chosen], [theirs[case] for case in chosen])
                found[f"{state}: offline - {name}"] = _paired(*pair)
    warm = sorted(case for case in ours if case.endswith("warm"))
    found["offline: warm - cold"] = _paired(
        [ours[case] for case in warm], [ours[case.removesuffix("warm") + "cold"] for case in warm]
    )
    return found


def _paired(ours: Sequence[Mapping[str, float]], theirs: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    return {
        metric: rounded(paired_interval([row[metric] for row in ours], [row[metric] for row in theirs]))
        for metric in COMPARED
    }


def render(result: Mapping[str, Any]) -> Any:
    """Return a table by state and agent, and the differences in sentences."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"personas: {result['n'] // len(STATES)} shoppers, {result['trials']} trial(s) (95 % intervals)"
    table = Table("", "agent", *SHOWN, title=title, title_justify="left", box=SIMPLE_HEAD)
    for state in STATES:
        for name, classes in result["classes"].items():
            table.add_row(state, name, *(interval_text(classes[state][metric], 2) for metric in SHOWN))
        table.add_section()
    lines = [Text(_sentence(what, metrics)) for what, metrics in result["differences"].items()]
    return Group(table, *lines, *(Text(_ratio(state, result["classes"])) for state in STATES))


def _ratio(state: str, classes: Mapping[str, Any]) -> str:
    ours, theirs = (classes[name][state]["success"][0] for name in ("offline", "words"))
    times = f"{ours / theirs:.2f} times" if theirs else "no multiple of"
    return f"{state}: success within five turns is {times} that of words ({ours:.2f} and {theirs:.2f})"


def _sentence(what: str, metrics: Mapping[str, Sequence[float]]) -> str:
    success = metrics["success"]
    real = realness(success, "shoppers")
    return f"{what}: success {interval_text(success, 2, '+')}, {real}; regret {metrics['regret'][0]:+.3f}"
