"""What an item is by itself, as signals over the whole catalog: quality, popularity, age, place of its price."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import pair_index
from shortlist_tools.ranking.signals.arrays import Scores, percentile

PRIOR_REVIEWS = 20.0
"""Reviews' worth of the catalog's mean rating that a rating is shrunk towards, where no review counts are known."""


@lru_cache(maxsize=4)
def standing(snapshot: Snapshot) -> tuple[Scores, Scores]:
    """Return quality and popularity of every row, each 0 to 1; 0.5 and 0 where the catalog does not know.

    Quality is the rating shrunk towards the mean, `(n r + m C) / (n + m)`, with `m` the median review count, between
    its 5th and 95th percentile. Popularity is the log of the count over the log of the greatest.
    """
    size = len(snapshot.ids)
    counts = np.zeros(size)
    role = snapshot.schema.role("popularity")
    if role is not None and role.kind == "number":
        counts = np.nan_to_num(snapshot.numbers(role.name), nan=0.0).clip(min=0.0)
    peak = float(counts.max(initial=0.0))
    popularity = np.log1p(counts) / np.log1p(peak) if peak > 0 else np.zeros(size)
    rating = snapshot.schema.role("rating")
    if rating is None or rating.kind != "number":
        return np.full(size, 0.5), popularity
    values = snapshot.numbers(rating.name)
    if np.isnan(values).all():
        return np.full(size, 0.5), popularity
    mean = float(np.nanmean(values))
    known = np.where(np.isnan(values), mean, values)
    reviews = np.where(np.isnan(values), 0.0, counts if peak > 0 else PRIOR_REVIEWS)
    weight = float(np.median(counts[counts > 0])) if peak > 0 else PRIOR_REVIEWS
    shrunk = (reviews * known + weight * mean) / (reviews + weight)
    low, high = np.percentile(shrunk, [5, 95])
    quality = np.clip((shrunk - low) / (high - low), 0.0, 1.0) if high > low else np.full(size, 0.5)
    return quality, popularity


@lru_cache(maxsize=4)
def freshness(snapshot: Snapshot) -> Scores:
    """Return the mid-rank of every row's date of release, 0 (the oldest) to 1; 0 where it has none."""
    field = snapshot.schema.role("released")
    if field is None or field.kind not in ("date", "number"):
        return np.zeros(len(snapshot))
    return percentile(snapshot.numbers(field.name))


@lru_cache(maxsize=4)
def price_places(snapshot: Snapshot) -> Scores:
    """Return the mid-rank of every row's price among the prices of its kind, 0 to 1; NaN where it has none."""
    index = pair_index(snapshot)
    places = np.full(len(snapshot), np.nan)
    for rows in index.priced.values():
        places[rows] = percentile(index.prices[rows])
    return places
