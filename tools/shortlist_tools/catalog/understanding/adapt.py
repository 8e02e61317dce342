"""Fitting the mood of words to a catalog's own reviews, where these carry ratings that differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from shortlist_tools.catalog.item import Review

ENOUGH = 30
"""Good and bad reviews that there must be, each, before anything is learned."""

_PRIOR = 50.0
_SURE = 2.3
_STRONGEST = 1.5
_MOST_TERMS = 3_000


def rating_scale(ratings: Iterable[float]) -> tuple[float, float] | None:
    """Return the lowest and highest rating in use, or None where ratings do not differ enough to mean anything."""
    counts = Counter(ratings)
    if len(counts) < 2 or max(counts.values()) > 0.98 * counts.total():
        return None
    return min(counts), max(counts)


def learn(reviews: Sequence[Review]) -> dict[str, float]:
    """Return terms (as `text.tokens` gives them) that tell good reviews from bad, with weights up to 1.5 either way.

    The weight is the log-odds ratio under an informative Dirichlet prior drawn from all reviews (Monroe, Colaresi and
    Quinn, "Fightin' Words", 2008, equations 15-22), kept where its z-score is beyond 2.3. Empty when the ratings do not
    differ, or when good or bad reviews are too few.
    """
    from shortlist_tools.text import tokens

    scale = rating_scale(review.rating for review in reviews if review.rating is not None)
    if scale is None:
        return {}
    low, high = scale
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    sizes = [0, 0]
    for review in reviews:
        if review.rating is None:
            continue
        place = (review.rating - low) / (high - low)
        if 0.4 < place < 0.7:
            continue
        sizes[place >= 0.7] += 1
        side = good if place >= 0.7 else bad
        texts = [review.text] if isinstance(review.text, str) else list(review.text.values())
        for text in texts:
            side.update(set(tokens(text)))
    if min(sizes) < ENOUGH:
        return {}
    return _log_odds(good, bad)


def _log_odds(good: Counter[str], bad: Counter[str]) -> dict[str, float]:
    every = good + bad
    total, goods, bads = every.total(), good.total(), bad.total()
    found: dict[str, float] = {}
    for term, number in every.items():
        if number < 5 or term.isdigit():
            continue
        prior = _PRIOR * number / total
        odds = math.log((good[term] + prior) / (goods + _PRIOR - good[term] - prior))
        odds -= math.log((bad[term] + prior) / (bads + _PRIOR - bad[term] - prior))
        deviation = math.sqrt(1 / (good[term] + prior) + 1 / (bad[term] + prior))
        if abs(odds / deviation) > _SURE:
            found[term] = max(-_STRONGEST, min(_STRONGEST, 0.6 * odds))
    strongest = sorted(found, key=lambda term: (-abs(found[term]), term))[:_MOST_TERMS]
    return {term: round(found[term], 4) for term in strongest}
