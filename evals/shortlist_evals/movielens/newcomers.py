"""Movies that nobody rated yet: each movie is new in one of five parts, held out of all training there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval, paired_interval
from shortlist_evals.scored import rounded
from shortlist_tools.catalog.columns import Bools, Floats, Rows
from shortlist_tools.ranking.collaborative import Features, Recency, Scores, Split, Tower, best, ndcg_of
from shortlist_tools.ranking.collaborative.interactions import Interactions

PARTS = 5
STEPS = (2.0, 3.0, 5.0, 10.0, 30.0)
"""Half-lives that content-only search may choose from, on the validation split."""


def new_items(
    split: Split, validation: Split, vectors: Features, users: Rows, seed: int, told: Callable[[str], None]
) -> dict[str, Any]:
    """Return how new movies are ranked among new movies, by our towers and by likeness to the history.

    All ratings of a fifth of the movies are taken out before training; a user's case is the mean over the parts in
    which the user chose one of them next. Content-only search ranks by the likeness of a movie's vector to the faded
    mean of the vectors of the history, with the half-life that ranks best on the validation split (the same task).
    """
    part = np.random.default_rng(seed).integers(0, PARTS, len(split.fitted.items))
    steps = max(STEPS, key=lambda one: float(np.nanmean(_by_likeness(validation, vectors, part, 0, one))))
    ours, theirs = [], []
    for number in range(PARTS):
        told(f"new movies, part {number + 1} of {PARTS}")
        ours.append(_by_towers(split, vectors, part, number)[users])
        theirs.append(_by_likeness(split, vectors, part, number, steps)[users])
    mine, others = _means(ours), _means(theirs)
    known = np.isfinite(mine)
    return {
        "n": int(known.sum()),
        "positives": int(np.isin(split.held_out.user, users).sum()),
        "half_life": steps,
        "ours": rounded(mean_interval(list(mine[known]))),
        "content": rounded(mean_interval(list(others[known]))),
        "difference": rounded(paired_interval(list(mine[known]), list(others[known]))),
    }


def _means(parts: list[Floats]) -> Floats:
    table = np.array(parts)
    count = np.isfinite(table).sum(axis=0)
    found: Floats = np.where(count > 0, np.nansum(table, axis=0) / np.maximum(count, 1), np.nan)
    return found


def _by_towers(split: Split, vectors: Features, part: Rows, number: int) -> Floats:
    known = _without(split.fitted, part, number)
    fitted = Tower().fit(known, vectors)
    return _judged(fitted.on(vectors).scores(known), split, part == number)


def _by_likeness(split: Split, vectors: Features, part: Rows, number: int, steps: float) -> Floats:
    known = _without(split.fitted, part, number)
    centred = vectors - vectors.mean(axis=0)
    content = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    scores = np.asarray(known.matrix(Recency(steps)(known)) @ content, dtype=np.float32) @ content.T
    return _judged(scores, split, part == number)


def _without(rows: Interactions, part: Rows, number: int) -> Interactions:
    return rows.where(part[rows.item] != number)


def _judged(scores: Scores, split: Split, new: Bools) -> Floats:
    held_out = split.held_out.where(new[split.held_out.item])
    return ndcg_of(best(scores, split.fitted, new), held_out)
