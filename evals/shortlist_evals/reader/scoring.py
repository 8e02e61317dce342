"""Micro precision, recall and F1 of ledger entries, with a bootstrap interval over utterances."""

from __future__ import annotations

import datetime
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortlist_evals.reader.cases import Entry
from shortlist_tools.catalog import Requirement

Key = tuple[str, str, str, bool, str, str]
"""What must be right of an entry, beside its group: field, op, value, hardness, unit, scope."""

_DRAWS = 1000


@dataclass(frozen=True)
class Tally:
    """Entries of one utterance, or of many: found and right, found in all, wanted in all."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Right ones among those found; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those wanted; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, `2·right / (found + wanted)`; 1 where both are empty."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return json.dumps(sorted(_value(one) for one in value), ensure_ascii=False)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return f"{round(float(value), 4):g}" if isinstance(value, int | float) else str(value)


def key_of(entry: Requirement | Entry) -> Key:
    """Return what must be right of an entry; `> last day` and `>= next day` say the same of a date."""
    op, value = str(entry.op), entry.value
    if op in (">", "<") and isinstance(value, str):
        day = datetime.date.fromisoformat(value) + datetime.timedelta(days=1 if op == ">" else -1)
        op, value = op + "=", day.isoformat()
    return entry.field, op, _value(value), bool(entry.hard), entry.unit or "", entry.scope or ""


def score(found: Sequence[Requirement | Entry], wanted: Sequence[Requirement | Entry]) -> Tally:
    """Return how many entries are right: equal in everything, groups up to a renaming of groups and branches."""
    best = 0
    for naming in _namings(found, wanted):
        have = Counter((*key_of(e), naming.get(e.group or "", "")) for e in found)
        want = Counter((*key_of(e), e.group or "") for e in wanted)
        best = max(best, sum((have & want).values()))
    return Tally(best, len(found), len(wanted))


def _namings(found: Iterable[Requirement | Entry], wanted: Iterable[Requirement | Entry]) -> Iterable[dict[str, str]]:
    """Yield the ways to rename the found branches to the wanted ones; branches of one group stay in one group."""
    mine = sorted({e.group for e in found if e.group})
    theirs = sorted({e.group for e in wanted if e.group})
    if not mine or not theirs or len(mine) > 6:
        yield {name: f"?{name}" for name in mine}
        return
    padded = theirs + [f"?{n}" for n in range(max(0, len(mine) - len(theirs)))]
    for order in itertools.permutations(padded, len(mine)):
        naming = dict(zip(mine, order, strict=True))
        groups = {
            (name.partition(":")[0], other.partition(":")[0]) for name, other in naming.items() if other[0] != "?"
        }
        if len({a for a, _ in groups}) == len(groups) == len({b for _, b in groups}):
            yield naming


def interval(tallies: Sequence[Tally], seed: int = 7) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the micro F1 over utterances."""
    if not tallies:
        return 0.0, 0.0
    counts = np.array([(t.right, t.found + t.wanted) for t in tallies], dtype=float)
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(_DRAWS, len(counts)))
    sums = counts[draws].sum(axis=1)
    f1 = np.where(sums[:, 1] > 0, 2 * sums[:, 0] / np.maximum(sums[:, 1], 1), 1.0)
    low, high = np.quantile(f1, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def figures(tally: Tally, n: int) -> dict[str, Any]:
    """Return a tally over `n` utterances as results keep it."""
    return {
        "utterances": n,
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "found": tally.found,
        "wanted": tally.wanted,
    }
