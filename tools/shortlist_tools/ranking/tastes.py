"""What a person learned to like or dislike adds to items: one term for each value that an item has."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import pair_index
from shortlist_tools.ranking.signals import Rows, Scores, gathered, sums_over


def taste_total(snapshot: Snapshot, rows: Rows, tastes: Mapping[str, float]) -> Scores:
    """Return the sum of the tastes for the values that each row has, shape (n,); `tastes` is by `field=value`."""
    index = pair_index(snapshot)
    worth = np.zeros(len(index.pairs))
    for pair, value in tastes.items():
        code = index.code_of.get(_pair(pair))
        if code is not None:
            worth[code] = round(value, 6)
    return sums_over(index.starts, index.codes, rows, worth)


def taste_terms(snapshot: Snapshot, rows: Rows, tastes: Mapping[str, float]) -> list[list[tuple[str, float]]]:
    """Return for each row the tastes that its item meets, as `field=value` with what each adds."""
    index = pair_index(snapshot)
    coded = {index.code_of.get(_pair(pair), -1): (pair, value) for pair, value in tastes.items() if value}
    owner, places = gathered(index.starts, rows)
    found: list[list[tuple[str, float]]] = [[] for _ in rows]
    for at, code in zip(owner.tolist(), index.codes[places].tolist(), strict=True):
        if code in coded:
            found[at].append(coded[code])
    return found


def _pair(text: str) -> tuple[str, str]:
    field, _, value = text.partition("=")
    return field, value
