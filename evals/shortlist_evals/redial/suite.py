"""Running search over the dialogues' contexts, and showing how often it finds what a person recommended next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from shortlist_evals.figures import interval_text, realness
from shortlist_evals.jobs import run_tasks
from shortlist_evals.metrics import paired_interval, recall
from shortlist_evals.redial.turns import Turn, load_turns, open_movies, popularity
from shortlist_evals.scored import Scored, rounded, summary

KS = (1, 10, 50)
SEARCHES: dict[str, Literal["words", "meaning", "both"]] = {"words": "words", "meaning": "meaning", "hybrid": "both"}
Ranked = dict[str, list[str]]


def run(
    *, n: int | None = None, jobs: int = 1, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Rank all movies for every turn by words, meaning and both, with everything said so far as the query.

    `recall@k` counts the movies that nobody had named yet, with the named ones taken out of every ranking: nobody
    recommends them again as news. `all_recall@k` counts all recommended movies in the plain ranking. `popular` ranks by
    how many other dialogues name a movie and ignores what was said.

    Args:
        n: Only the first n turns.
        jobs: Processes.
        progress: Told how many turns are done.

    Returns:
        The keys of `scored.summary` (agents are systems, a case is a turn) but `cases` and `kinds`, since thousands of
        turns would make no small file; `new`, the number of turns that recommend something new, `dialogues`, and
        `differences` of hybrid to each other system, paired by turn.
    """
    everything = load_turns()
    turns = everything[:n]
    with open_movies():
        pass
    found = run_tasks(turns, partial(open_ranker, None), jobs, progress)
    popular = popularity(everything)
    rows: dict[str, list[Scored]] = {name: [] for name in (*SEARCHES, "popular")}
    for turn, rankings in zip(turns, found, strict=True):
        for name, ranking in (rankings | {"popular": popular[turn.dialogue]}).items():
            rows[name].append(score(turn, ranking))
    result = summary(rows)
    new = sum(bool(turn.new) for turn in turns)
    found_differences = differences(result["cases"])
    kept = {key: value for key, value in result.items() if key not in ("cases", "kinds")}
    return {**kept, "new": new, "dialogues": len({turn.dialogue for turn in turns}), "differences": found_differences}


@contextmanager
def open_ranker(folder: Path | None) -> Iterator[Callable[[Turn], Ranked]]:
    """Yield the work on one turn: names of movies, best first, by system; deep enough for what may be taken out."""
    with open_movies(folder) as searcher:
        title = searcher.catalog.schema.roles["title"]
        snapshot = searcher.catalog.snapshot()
        names = [str(text) for text in snapshot.text(title)]

        def rank(turn: Turn) -> Ranked:
            query, depth = "\n".join(turn.said), max(KS) + len(turn.named)
            return {
                name: list(dict.fromkeys(names[hit.row] for hit in searcher.search(query or "movie", n=depth, by=by)))
                for name, by in SEARCHES.items()
            }

        yield rank


def score(turn: Turn, ranking: Sequence[str]) -> Scored:
    """Return recall at each k on new items and on all; `kind` says whether a movie had been named before."""
    values = {f"all_recall@{k}": recall(ranking, turn.wanted, k) for k in KS}
    if turn.new:
        unnamed = [name for name in ranking if name not in turn.named]
        values |= {f"recall@{k}": recall(unnamed, turn.new, k) for k in KS}
    return Scored(turn.id, "after a name" if turn.named else "no name yet", "en", values)


def differences(cases: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return hybrid minus each other system on new items, `[mean, low, high]` by metric."""
    ours = cases["hybrid"]
    chosen = [case for case in sorted(ours) if "recall@1" in ours[case]]
    return {
        f"hybrid - {name}": {
            f"recall@{k}": rounded(
                paired_interval([ours[c][f"recall@{k}"] for c in chosen], [theirs[c][f"recall@{k}"] for c in chosen])
            )
            for k in KS
        }
        for name, theirs in cases.items()
        if name != "hybrid"
    }


def render(result: Mapping[str, Any]) -> Any:
    """Return a table by system, and the differences in sentences."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"redial: {result['n']} turns given, {result['new']} with something new (95 % intervals)"
    metrics = [f"{group}recall@{k}" for group in ("", "all_") for k in KS]
    heads = [f"R@{k} {group}" for group in ("new", "all") for k in KS]
    table = Table("system", *heads, title=title, title_justify="left", box=SIMPLE_HEAD)
    for name, found in result["agents"].items():
        table.add_row(name, *(interval_text(found[metric]) for metric in metrics))
    lines = [Text(_sentence(what, found["recall@10"])) for what, found in result["differences"].items()]
    return Group(table, *lines)


def _sentence(what: str, interval: Sequence[float]) -> str:
    return f"{what}: R@10 on new items {interval_text(interval, sign='+')}, {realness(interval, 'turns')}"
