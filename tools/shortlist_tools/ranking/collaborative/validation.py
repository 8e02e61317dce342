"""Holding out the last of each history, and judging a model by how it ranks them among all items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shortlist_tools.catalog.columns import Bools, Floats, Rows
from shortlist_tools.ranking.collaborative.interactions import Interactions
from shortlist_tools.ranking.collaborative.protocol import Scores

TOP = 10
LEAST_LEFT = 2
"""Chosen items that a history keeps at least when some are held out."""


class Split(NamedTuple):
    """What is fitted on, and what is held out; both with the same users and items."""

    fitted: Interactions
    held_out: Interactions


def split_last(interactions: Interactions, last: int = 5) -> Split:
    """Hold out what each user chose last: `last` items, or a third of a history too short for that.

    Rows of one second are told apart by the number of the item. Histories of fewer than three items stay whole.
    """
    rows = np.flatnonzero(interactions.chosen)
    user = interactions.user[rows]
    count = np.bincount(user, minlength=interactions.users)
    ends = np.cumsum(count)
    place = ends[user] - 1 - np.arange(len(rows))
    wanted = np.where(count >= last + LEAST_LEFT, last, np.where(count > LEAST_LEFT, np.maximum(1, count // 3), 0))
    aside = np.zeros(len(interactions), dtype=np.bool_)
    aside[rows[place < wanted[user]]] = True
    return Split(interactions.where(~aside), interactions.where(aside))


def best(scores: Scores, histories: Interactions, allowed: Bools | None = None, top: int = TOP) -> Rows:
    """Return the items of the `top` greatest scores of each user, best first, without those of the history.

    Equal scores go by the number of the item. Where fewer items are left, the rest is -1.

    Args:
        scores: Of shape (users, items); not changed.
        histories: What each user has.
        allowed: The only items that count, by number.
        top: How many.
    """
    found = np.full((len(scores), top), -1, dtype=np.int64)
    for user, given in enumerate(scores):
        own = np.array(given)
        own[histories.item[histories.starts[user] : histories.starts[user + 1]]] = -np.inf
        if allowed is not None:
            own[~allowed] = -np.inf
        bar = np.partition(own, len(own) - top)[len(own) - top] if len(own) > top else -np.inf
        places = np.flatnonzero((own >= bar) & (own > -np.inf))
        chosen = places[np.lexsort((places, -own[places]))][:top]
        found[user, : len(chosen)] = chosen
    return found


def ndcg_of(ranked: Rows, held_out: Interactions) -> Floats:
    """Return nDCG of each user's ranking against what was held out, each such item alike; NaN where nothing was.

    `sum over ranks i of hit / log2(i + 1)`, divided by the same of the best possible ranking.
    """
    discount = 1.0 / np.log2(np.arange(2, ranked.shape[1] + 2))
    ideal = np.concatenate(([np.nan], np.cumsum(discount)))
    wanted = np.zeros((held_out.users, len(held_out.items)), dtype=np.bool_)
    wanted[held_out.user, held_out.item] = True
    hits = np.take_along_axis(wanted, np.maximum(ranked, 0), axis=1) & (ranked >= 0)
    count = np.minimum(wanted.sum(axis=1), ranked.shape[1])
    found: Floats = hits @ discount / ideal[count]
    return found


def mean_ndcg(scores: Scores, split: Split) -> float:
    """Return the mean nDCG@10 over users with something held out; 0 without any."""
    values = ndcg_of(best(scores, split.fitted), split.held_out)
    return float(np.nanmean(values)) if np.isfinite(values).any() else 0.0
