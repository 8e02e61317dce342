"""Running the queries over the catalog with its reviews and without them, and showing what reviews are worth."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from shortlist_evals.agents import Ranking, by_popularity, by_words
from shortlist_evals.figures import interval_text, realness
from shortlist_evals.metrics import ndcg, paired_interval, recall, reciprocal_rank
from shortlist_evals.places import data_dir
from shortlist_evals.reviews.queries import Query, load_queries
from shortlist_evals.scored import Scored, rounded, summary

if TYPE_CHECKING:
    from shortlist_tools.search import Searcher

K = 10
DEPTH = 50
METRICS = ("recall@10", "mrr", "ndcg@10")
COMPARED = (
    ("hybrid", "hybrid, no reviews"),
    ("meaning", "meaning, no reviews"),
    ("words", "words, no reviews"),
    ("hybrid", "words"),
    ("hybrid", "meaning"),
)


def run(
    *, n: int | None = None, split: str | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Rank the catalog of litemall for every query by every system, and score the rankings.

    `words`, `meaning` and `hybrid` are search as it is; `…, no reviews` the same over the goods without their reviews;
    `lexical` is plain BM25 over titles and descriptions, `popular` ignores the query.

    Args:
        n: Only the first n queries.
        split: Only queries in this language, `en` or `zh`.
        progress: Told how many systems have ranked.

    Returns:
        The keys of `scored.summary` (agents are systems) and `differences`, paired by query.
    """
    queries = [query for query in load_queries() if split in (None, query.language)][:n]
    rows: dict[str, list[Scored]] = {}
    with open_systems() as systems:
        for done, (name, ranking) in enumerate(systems.items(), start=1):
            rows[name] = [score(query, ranking(query.text, DEPTH)) for query in queries]
            progress(done, len(systems))
    result = summary(rows)
    return {**result, "differences": differences(result["cases"])}


def score(query: Query, ranking: Sequence[str]) -> Scored:
    """Return recall@10 and the reciprocal rank over everything graded, and nDCG@10 over the grades."""
    values = {
        "recall@10": recall(ranking, query.grades, K),
        "mrr": reciprocal_rank(ranking, query.grades, K),
        "ndcg@10": ndcg(ranking, query.grades, K),
    }
    return Scored(query.id, "graded" if len(query.grades) > 1 else "single", query.language, values)


@contextmanager
def open_systems() -> Iterator[dict[str, Ranking]]:
    """Yield the systems by name, over the goods with their reviews and over the same goods without them."""
    from shortlist_tools.catalog import Catalog
    from shortlist_tools.search import Searcher
    from shortlist_tools.store import Store

    systems: dict[str, Ranking] = {}
    with TemporaryDirectory(prefix="shortlist-reviews-") as place:
        folder = Path(place)
        opened: list[tuple[Searcher, Store]] = []
        try:
            for name, suffix in (("with", ""), ("without", ", no reviews")):
                store = Store.open(folder / f"{name}.db")
                catalog = Catalog(store)
                searcher = Searcher(catalog, store, folder / name, kind="exact")
                opened.append((searcher, store))
                catalog.ingest(_goods(folder / f"{name}.jsonl", reviews=not suffix))
                searcher.prepare()
                systems |= _systems(searcher, suffix)
            systems["lexical"] = by_words(searcher)
            systems["popular"] = by_popularity(catalog.snapshot())
            yield systems
        finally:
            for searcher, store in opened:
                searcher.close()
                store.close()


def _systems(searcher: Searcher, suffix: str) -> dict[str, Ranking]:
    return {
        f"words{suffix}": lambda text, n: [hit.id for hit in searcher.search(text, n=n, by="words")],
        f"meaning{suffix}": lambda text, n: [hit.id for hit in searcher.search(text, n=n, by="meaning")],
        f"hybrid{suffix}": lambda text, n: [hit.id for hit in searcher.search(text, n=n)],
    }


def _goods(path: Path, reviews: bool) -> Path:
    """Write the goods of litemall to `path`, with or without their reviews, and return it."""
    with path.open("w", encoding="utf-8") as out:
        for file in sorted(one for one in data_dir("litemall").iterdir() if ".jsonl" in one.name):
            opener = gzip.open if file.suffix == ".gz" else open
            with opener(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    if not reviews:
                        row.pop("reviews", None)
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def differences(cases: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return paired differences by metric, each `[mean, low, high]`, of the pairs in `COMPARED`."""
    found = {}
    for one, other in COMPARED:
        chosen = sorted(cases[one])
        found[f"{one} - {other}"] = {
            metric: rounded(
                paired_interval([cases[one][c][metric] for c in chosen], [cases[other][c][metric] for c in chosen])
            )
            for metric in METRICS
        }
    return found


def render(result: Mapping[str, Any]) -> Any:
    """Return a table by system, and the differences in sentences."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"reviews: {result['n']} queries over litemall (95 % intervals)"
    table = Table("system", "R@10", "MRR", "nDCG@10", title=title, title_justify="left", box=SIMPLE_HEAD)
    for name, metrics in result["agents"].items():
        table.add_row(name, *(interval_text(metrics[metric]) for metric in METRICS))
    lines = [Text(_sentence(what, metrics["ndcg@10"])) for what, metrics in result["differences"].items()]
    return Group(table, *lines)


def _sentence(what: str, interval: Sequence[float]) -> str:
    return f"{what}: nDCG@10 {interval_text(interval, sign='+')}, {realness(interval, 'queries')}"
