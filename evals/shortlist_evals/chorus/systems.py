"""The systems that are compared: plain BM25, plain cosine similarity, and our search with and without vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from shortlist_evals.agents import by_words
from shortlist_evals.chorus.queries import Query
from shortlist_evals.metrics import judged_ndcg, mean_interval, ndcg, paired_interval, unjudged
from shortlist_evals.scored import rounded
from shortlist_tools.search import Searcher, Weights, fuse

DEPTH = 100
"""Items ranked for each query. Judged-only figures depend on it: judged items below the end are not found."""
K = 10
METRICS: dict[str, Callable[[Sequence[str], dict[str, float], int], float]] = {
    "ndcg": ndcg,
    "judged_ndcg": judged_ndcg,
    "unjudged": unjudged,
}
GRID = [Weights(cover, words, 1 - words) for cover in (0.0, 0.3, 0.6, 1.0, 2.0) for words in (0.2, 0.3, 0.4, 0.5, 0.6)]
FOLDS = 5

Rankings = dict[str, list[list[str]]]
Scores = dict[str, dict[str, list[float]]]


def rank_all(searcher: Searcher, queries: Sequence[Query], depth: int = DEPTH) -> Rankings:
    """Return each system's ranking for each query.

    `lexical` is BM25 over title, kind, brand and description, the usual baseline; `vector` is cosine similarity alone;
    `hybrid` is what search gives. `words` is what search gives while there are no vectors: the lexical baseline with
    attributes and reviews at half weight, and with cover.
    """
    plain = by_words(searcher)
    return {
        "lexical": [list(plain(query.text, depth)) for query in queries],
        "vector": [[hit.id for hit in searcher.search(query.text, n=depth, by="meaning")] for query in queries],
        "hybrid": [[hit.id for hit in searcher.search(query.text, n=depth)] for query in queries],
        "words": [[hit.id for hit in searcher.search(query.text, n=depth, by="words")] for query in queries],
    }


def score_all(rankings: Rankings, queries: Sequence[Query]) -> Scores:
    """Return every metric of every system, one value a query."""
    return {
        system: {
            name: [metric(ranking, query.grades, K) for ranking, query in zip(ranked, queries, strict=True)]
            for name, metric in METRICS.items()
        }
        for system, ranked in rankings.items()
    }


def summary(scores: Scores) -> dict[str, object]:
    """Return means with intervals by system, and how hybrid differs from each other system on the same queries."""
    systems = {
        system: {name: rounded(mean_interval(values)) for name, values in found.items()}
        for system, found in scores.items()
    }
    differences = {
        f"hybrid - {system}": {
            name: rounded(paired_interval(scores["hybrid"][name], found[name])) for name in ("ndcg", "judged_ndcg")
        }
        for system, found in scores.items()
        if system != "hybrid"
    }
    return {"systems": systems, "differences": differences}


def cross_validated(searcher: Searcher, queries: Sequence[Query], depth: int = DEPTH) -> dict[str, list[float]]:
    """Return nDCG and judged-only nDCG of hybrid with weights chosen, for each query, on the other folds' queries only.

    Weights come from a grid of 25; each fold takes those with the best mean of both metrics on the four others. What
    this loses against the weights in use is what they owe to having been chosen on these queries.
    """
    table = [_on_grid(searcher, query, depth) for query in queries]
    fold = [place % FOLDS for place in range(len(queries))]
    held_out: dict[str, list[float]] = {"ndcg": [], "judged_ndcg": []}
    for place in range(len(queries)):
        others = [row for at, row in enumerate(table) if fold[at] != fold[place]]
        chosen = int(np.argmax(np.mean(others, axis=(0, 2))))
        held_out["ndcg"].append(table[place][chosen][0])
        held_out["judged_ndcg"].append(table[place][chosen][1])
    return held_out


def _on_grid(searcher: Searcher, query: Query, depth: int) -> list[tuple[float, float]]:
    found = searcher.candidates(query.text, n=depth)
    ids = [searcher.catalog.snapshot().ids[row] for row in found.rows]
    scored = []
    for weights in GRID:
        order = np.argsort(-fuse(found, weights), kind="stable")[:depth]
        ranking = [ids[place] for place in order]
        scored.append((ndcg(ranking, query.grades, K), judged_ndcg(ranking, query.grades, K)))
    return scored
