"""The prompts suite: every recorded call of every version scored, and versions of one prompt compared call by call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from shortlist_evals.figures import realness
from shortlist_evals.metrics import paired_interval
from shortlist_evals.prompts.calls import Recorded, paths, read_call, unlike, versions
from shortlist_evals.prompts.scoring import score
from shortlist_evals.recorder import CassetteError
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_prompts import Prompts
from shortlist_prompts.errors import CallerError, OperatorError


class NoCallsError(OperatorError):
    """No call is recorded."""


class UnknownVersionError(CallerError):
    """No call of this version is recorded; names those there are."""


def run(
    *,
    prompt: str | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Score the recorded calls, offline, and return `summary` by version, with the differences between versions.

    Keys beside those of `scored.summary`, whose agents are versions: `differences` (newer less older version of one
    prompt: `[mean, low, high]` by metric over the calls that both have, and their number `n`), `faults`, `passed`.

    Args:
        prompt: Only this prompt (`plan`) or version (`plan@1.1.0`), and the versions it is compared with.
        folder: Where calls are kept.
        progress: Told how many are done.

    Raises:
        NoCallsError: If none is recorded.
        UnknownVersionError: If none of `prompt` is.
    """
    known = versions(folder)
    if not known:
        raise NoCallsError("no call is recorded; `record calls` takes them from the recorded conversations")
    if prompt and not any(prompt in (one, one.partition("@")[0]) for one in known):
        raise UnknownVersionError(
            f"no call of {prompt} is recorded; there are: {', '.join(known)}; "
            f"`record calls --prompt {prompt}` asks for it"
        )
    chosen = [one for one in known if not prompt or one.partition("@")[0] == prompt.partition("@")[0]]
    files = [path for version in chosen for path in paths(version, folder)]
    prompts = Prompts.load(locked=False)
    agents: dict[str, list[Scored]] = {version: [] for version in chosen}
    faults: list[str] = []
    for done, path in enumerate(files):
        progress(done, len(files))
        try:
            recorded = read_call(path)
        except CassetteError as error:
            faults.append(f"{path.parent.name}: {error}")
            continue
        if why := unlike(recorded, prompts):
            faults.append(f"{path.parent.name}/{path.stem}: {why}")
        agents[recorded.version].append(_scored(recorded))
    progress(len(files), len(files))
    result = summary(agents)
    return {**result, "differences": _differences(result["cases"]), "faults": faults, "passed": not faults}


def _scored(recorded: Recorded) -> Scored:
    call = recorded.call
    return Scored(f"{call.prompt}/{call.id}", call.kind, call.language, score(recorded))


def _differences(cases: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return what each version gains over an older one of the same prompt, over the calls that both have."""
    found: dict[str, Any] = {}
    for old, new in combinations(sorted(cases, key=_order), 2):
        if old.partition("@")[0] != new.partition("@")[0]:
            continue
        pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        both = sorted(set(cases[old]) & set(cases[new]))
        for case in both:
            for metric in sorted(set(cases[old][case]) & set(cases[new][case])):
                pairs[metric].append((cases[new][case][metric], cases[old][case][metric]))
        means = {
            metric: rounded(paired_interval([a for a, _ in values], [b for _, b in values]))
            for metric, values in sorted(pairs.items())
        }
        found[f"{new} - {old}"] = {"n": len(both), **means}
    return found


def _order(version: str) -> tuple[str, tuple[int, ...]]:
    name, _, number = version.partition("@")
    return name, tuple(int(part) for part in number.split("."))


def render(result: dict[str, Any]) -> Any:
    """Return a table of versions and metrics, the differences with a plain sentence each, and the faults."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table("version", "calls", "metric", "mean", "interval")
    for version, metrics in result["agents"].items():
        calls = str(len(result["cases"][version]))
        for place, (metric, (mean, low, high)) in enumerate(metrics.items()):
            first = place == 0
            table.add_row(
                version if first else "", calls if first else "", metric, f"{mean:.3g}", f"{low:.3g} to {high:.3g}"
            )
    lines = [
        f"{pair}, {found['n']} calls, {metric}: {interval[0]:+.3g} ({interval[1]:+.3g} to {interval[2]:+.3g}), "
        + realness(interval, "calls", "show")
        for pair, found in result["differences"].items()
        for metric, interval in found.items()
        if metric != "n"
    ]
    return Group(table, *map(Text, lines), *(Text(line, style="red") for line in result["faults"]))
