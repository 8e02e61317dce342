"""Running graded search, and showing what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shortlist_evals.chorus.catalogs import open_searcher
from shortlist_evals.chorus.queries import Query, chinese_queries, chorus_queries
from shortlist_evals.chorus.systems import DEPTH, cross_validated, rank_all, score_all, summary
from shortlist_evals.metrics import mean_interval
from shortlist_tools.search import Searcher, recall_of

CHINESE = ("demo", "litemall")
FILTERED = (0.8, 0.5, 0.2)
"""Shares of the items that the random filters of `recall` let through."""


def run(split: str = "dev", n: int | None = None) -> dict[str, Any]:
    """Rank, score and compare; returns JSON-able figures.

    Keys: `chorus` and `zh` (`demo`, `litemall`), each with `queries`, `skipped`, `systems` and `differences` (every
    figure a mean with the bounds of its 95 % bootstrap interval); `chorus` has `cross_validated` and `recall` besides.

    Args:
        split: Which judgements of chorus: `judgements_SPLIT.csv`.
        n: Only the first n queries of each set.
    """
    with open_searcher("chorus") as searcher:
        queries = chorus_queries(split)[:n]
        english = compare(searcher, queries)
        scorable = [query for query in queries if query.scorable]
        tuned = cross_validated(searcher, scorable)
        english["cross_validated"] = {name: [round(x, 4) for x in mean_interval(v)] for name, v in tuned.items()}
        english["recall"] = recall(searcher, [query.text for query in queries])
    chinese = {}
    for name in CHINESE:
        with open_searcher(name) as searcher:
            chinese[name] = compare(searcher, chinese_queries(name)[:n])
    return {"n": english["queries"], "split": split, "depth": DEPTH, "chorus": english, "zh": chinese}


def compare(searcher: Searcher, queries: Sequence[Query]) -> dict[str, Any]:
    """Return every system's figures over those of `queries` that can be scored; the others are named in `skipped`."""
    scorable = [query for query in queries if query.scorable]
    scores = score_all(rank_all(searcher, scorable), scorable)
    skipped = [query.text for query in queries if not query.scorable]
    return {"queries": len(scorable), "skipped": skipped, **summary(scores)}


def recall(searcher: Searcher, texts: Sequence[str], n: int = 10, seed: int = 0) -> dict[str, float]:
    """Return recall at `n` of the Chroma path against the exact one: over all items, and inside random filters.

    `filtered` is the mean over three filters that let different shares of the items through, `sketch` the recall of
    the sketch over all four.
    """
    nearest = searcher.nearest()
    if nearest is None or not nearest.wait():
        return {}
    vectors = list(searcher.embedder.embed(list(texts)))
    draws = np.random.default_rng(seed)
    total = len(nearest.built.ids)
    filters = [np.flatnonzero(draws.random(total) < share) for share in FILTERED]
    return {
        "all": round(recall_of("chroma", nearest, vectors, n), 4),
        "filtered": round(recall_of("chroma", nearest, vectors, n, filters), 4),
        "sketch": round(recall_of("sketch", nearest, vectors, n, [None, *filters]), 4),
    }


def render(result: Mapping[str, Any]) -> Any:
    """Return a rich group of one table a set of queries."""
    from rich.console import Group
    from rich.text import Text

    english = result["chorus"]
    parts: list[Any] = [_table(f"chorus, {result['split']}", english)]
    tuned = english["cross_validated"]
    parts.append(
        Text(f"weights chosen on other queries: nDCG {_said(tuned['ndcg'])}, judged-only {_said(tuned['judged_ndcg'])}")
    )
    if english["recall"]:
        found = english["recall"]
        chroma = f"all {found['all']}, filtered {found['filtered']}"
        parts.append(Text(f"recall@10 of Chroma: {chroma}; of the sketch: {found['sketch']}"))
    parts += [_table(f"Chinese, {name}", figures) for name, figures in result["zh"].items()]
    return Group(*parts)


def _table(title: str, found: Mapping[str, Any]) -> Any:
    from rich.table import Table

    left_out = f"; {len(found['skipped'])} without a positive grade left out" if found["skipped"] else ""
    table = Table("system", "nDCG@10", "judged-only", "unjudged@10", title_justify="left")
    table.title = f"{title}: {found['queries']} queries{left_out}"
    for system, metrics in found["systems"].items():
        table.add_row(system, *(_said(metrics[name]) for name in ("ndcg", "judged_ndcg", "unjudged")))
    table.add_section()
    for name, metrics in found["differences"].items():
        table.add_row(name, _said(metrics["ndcg"], "+"), _said(metrics["judged_ndcg"], "+"), "")
    return table


def _said(interval: Sequence[float], sign: str = "") -> str:
    mean, low, high = interval
    return f"{mean:{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"
