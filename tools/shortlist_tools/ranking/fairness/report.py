"""A report of fairness: what groups of items are shown, and how well groups of people are served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.ranking.fairness.exposure import Target, exposure, members


@dataclass(frozen=True)
class Exposed:
    """One group of items: the share of items that it is, of attention that it gets, and that it was declared to get."""

    group: str
    items: float
    attention: float
    declared: float

    @property
    def gap(self) -> float:
        """What it lacks of its declared share, 0 where it lacks nothing."""
        return max(0.0, self.declared - self.attention)


@dataclass(frozen=True)
class Served:
    """One group of people: how many they are, their mean quality, and how far it is from that of all."""

    group: str
    people: int
    quality: float
    difference: float


def exposures(snapshot: Snapshot, slates: Sequence[Sequence[int]], targets: Sequence[Target]) -> list[Exposed]:
    """Return what every declared group gets over `slates` (rows, the topmost first)."""
    found = []
    for target in targets:
        rows = members(snapshot, target)
        name = f"{target.field}={'|'.join(target.values)}"
        found.append(Exposed(name, len(rows) / max(1, len(snapshot)), exposure(slates, rows), target.share))
    return found


def served(quality: Sequence[float], groups: Mapping[str, Sequence[bool]]) -> list[Served]:
    """Return how well each group of people is served, those served worst first.

    Args:
        quality: A score a person, such as nDCG.
        groups: By name, whether each person belongs to it.
    """
    scores = np.asarray(quality, dtype=np.float64)
    overall = float(scores.mean()) if len(scores) else 0.0
    found = []
    for name, belongs in groups.items():
        chosen = scores[np.asarray(belongs, dtype=np.bool_)]
        if len(chosen):
            found.append(Served(name, len(chosen), float(chosen.mean()), float(chosen.mean()) - overall))
    return sorted(found, key=lambda one: (one.difference, one.group))
