"""Running every simulation of the ranking with its seed fixed, and showing what came out beside what was promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shortlist_evals.figures import interval_text
from shortlist_evals.places import DataMissingError
from shortlist_evals.ranking import clicking, exploring, exposing, federating, learning, narrowing, shifting, starting
from shortlist_evals.scored import Scored, summary

SEED = 20
"""Not the one that the simulations were written with, but seen while they were tuned: a fresh one tells more."""
PEOPLE = 60
Check = tuple[str, str, str, bool]
"""What was promised, the bound, the figure, and whether it is kept."""


def run(
    *,
    n: int | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Run all simulations and return their figures.

    Args:
        n: How many people learn; the others that live two hundred turns are an eighth of them.
        seed: Of everything drawn.
        progress: Told how many simulations are over.

    Returns:
        The keys of `scored.summary` over people with planted weights (agents `learning` and `without`), then one key a
        simulation: `learning`, `clicks`, `narrowing`, `narrowing_with_tags`, `bandit`, `fairness`,
        `fairness_of_the_less_wanted`, `kinds`, `cold_start`, `federated` (why it was left out, where its data is
        absent), and `checks`.
    """
    started, people = SEED if seed is None else seed, n or PEOPLE
    found = learning.run(started, people)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "learning": lambda: learning.differences(found),
        "clicks": lambda: clicking.run(started),
        "narrowing": lambda: narrowing.run(started, max(2, people // 8)),
        "narrowing_with_tags": lambda: narrowing.run(started, max(2, people // 8), plain=False),
        "bandit": lambda: exploring.run(started),
        "fairness": lambda: exposing.run(started),
        "fairness_of_the_less_wanted": lambda: exposing.run(started, less=exposing.LESS),
        "kinds": lambda: shifting.run(started),
        "cold_start": lambda: starting.run(started),
        "federated": lambda: _federated(started),
    }
    result: dict[str, Any] = {}
    for done, (name, part) in enumerate(parts.items()):
        progress(done, len(parts))
        result[name] = part()
    rows = {
        agent: [
            Scored(f"person-{place:03d}", "planted", "en", scores if agent == "learning" else _shared(scores))
            for place, scores in enumerate(each)
        ]
        for agent, each in found.items()
    }
    result = {**summary(rows), **result, "seed": started}
    return {**result, "checks": [list(check) for check in checks(result)]}


def _shared(scores: Mapping[str, float]) -> dict[str, float]:
    """Return the scores that say something of who has learned nothing: no weights, no correlation."""
    return {name: value for name, value in scores.items() if name != "rank_correlation"}


def _federated(seed: int) -> dict[str, Any]:
    try:
        return federating.run(seed)
    except DataMissingError as error:
        return {"left_out": str(error)}


def checks(result: Mapping[str, Any]) -> list[Check]:
    """Return what was promised of these figures, and whether it is kept."""
    correlation = result["agents"]["learning"]["rank_correlation"]
    narrow, bandit, fair, kinds = (result[name] for name in ("narrowing", "bandit", "fairness", "kinds"))
    gained = result["learning"]["hit@3"]
    regret, covered = bandit["regret"], bandit["off_policy"]["covered"]
    found: list[Check] = [
        _check("planted weights after ten turns, rank correlation", "at least 0.8", correlation, correlation[0] >= 0.8),
        _check("hit@3 with learning minus without", "above 0", gained, gained[1] > 0),
        _check(
            "kinds seen in 200 turns, times those of pure relevance", "at least 2", narrow["times_as_many_kinds"],
            narrow["times_as_many_kinds"] >= 2,
        ),
        _check(
            "change of the hit rate with diversity", "at least -0.03", narrow["hit_rate_change"],
            narrow["hit_rate_change"] >= -0.03,
        ),
        _check(
            "regret of exploring, against greedy", f"below {regret['greedy'][0]:.0f}", regret["thompson"],
            regret["thompson"][2] < regret["greedy"][1],
        ),
        _check("off-policy intervals that hold the true value", "0.92 to 0.98", covered, 0.92 <= covered <= 0.98),
        _check(
            "exposure of the group that was hardly shown", f"at least {fair['declared'] - fair['bound']:g}",
            fair["exposure"]["after"], fair["within_bound"],
        ),
        _check("more goods on a slate after three searches for one", "above 0", kinds["shift_in_three"],
               kinds["shift_in_three"][1] > 0),
        _check("and fewer again after three for other things", "above 0", kinds["return_in_three"],
               kinds["return_in_three"][1] > 0),
    ]  # fmt: skip
    if "left_out" not in result["federated"]:
        quiet = result["federated"]["minus_central"]["federated, noise 0"]
        found.append(
            _check("federated without noise minus central, nDCG@10", "0 within", quiet, quiet[1] <= 0 <= quiet[2])
        )
    return found


def _check(what: str, bound: str, figure: Any, kept: bool) -> Check:
    return what, bound, interval_text(figure, 3) if isinstance(figure, list) else f"{figure:g}", bool(kept)


def render(result: Mapping[str, Any]) -> Any:
    """Return the promises with their figures, and every simulation in a table of its own."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table

    promised = Table("promised", "bound", "figure", "kept", box=SIMPLE_HEAD, title=f"ranking, seed {result['seed']}")
    for what, bound, figure, kept in result["checks"]:
        promised.add_row(what, bound, figure, "yes" if kept else "[red]no[/red]")
    tables = [promised]
    for name in (
        "clicks",
        "narrowing",
        "narrowing_with_tags",
        "bandit",
        "fairness",
        "fairness_of_the_less_wanted",
        "kinds",
        "cold_start",
        "federated",
    ):
        if name not in result:  # kept before this simulation was written
            continue
        table = Table(name.replace("_", " "), "", box=SIMPLE_HEAD)
        for key, value in result[name].items():
            for label, figure in value.items() if isinstance(value, dict) else [("", value)]:
                table.add_row(f"{key.replace('_', ' ')} {label}".strip(), _said(figure))
        tables.append(table)
    return Group(*tables)


def _said(figure: Any) -> str:
    if isinstance(figure, list) and len(figure) == 3 and all(isinstance(each, float) for each in figure):
        return interval_text(figure, 3)
    if isinstance(figure, list):
        return " ".join(_said(each) for each in figure)
    return str(figure)
