"""Normalised discounted cumulative gain, plain and over judged items only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return nDCG@k = DCG@k / IDCG@k, between 0 and 1.

    DCG@k = sum over ranks i = 1..k of grade(i) / log2(i + 1), with the grade itself as gain; IDCG@k is the DCG@k of
    the grades in descending order (Järvelin and Kekäläinen, 2002, with log base 2; what trec_eval computes).

    Items without a grade gain nothing, and neither do negative grades. A query without a positive grade has no ideal
    to divide by: 0.0, and it should be left out of means. An item that is ranked twice counts once, at its first rank.

    Args:
        ranking: Item ids, best first.
        grades: Grade of each judged item.
        k: How many ranks count.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    if ideal == 0.0:
        return 0.0
    return _dcg(grades.get(item, 0.0) for item in _first(ranking)[:k]) / ideal


def judged_ndcg(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return nDCG@k of the ranking with all unjudged items taken out (Sakai, 2007, "condensed lists").

    Fair where the judged pool was drawn from other systems' results, since what nobody judged counts neither way. It
    depends on how deep the ranking is: judged items below its end are not found. Edge cases as in `ndcg`.
    """
    return ndcg([item for item in ranking if item in grades], grades, k)


def unjudged(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return the share of the first k items that have no grade, between 0 and 1; 0.0 for an empty ranking."""
    top = _first(ranking)[:k]
    return sum(item not in grades for item in top) / len(top) if top else 0.0


def _dcg(gains: Iterable[float]) -> float:
    return sum(max(gain, 0.0) / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _first(ranking: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ranking))
