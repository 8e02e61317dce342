"""Publishes figures of segments with differential privacy, from a budget that is kept in the store."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, insert, select

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Rows
from shortlist_tools.profile.pairs import PairIndex, pair_index
from shortlist_tools.profile.segments.cluster import Labels
from shortlist_tools.profile.segments.features import Floats, People
from shortlist_tools.profile.segments.model import MissingExtraError, SegmentError
from shortlist_tools.store import Store, tables

Counts = NDArray[np.int64]
KEY = "profile.privacy_budget"
LIMIT = 4.0
"""Epsilon that all releases of one store may spend together."""
MOST_VALUES = 2
"""Values that one person counts for, those turned to most."""
SENSITIVITY = 1 + MOST_VALUES
"""How far all counts together move when one person comes or goes: one segment, and at most two values in it."""
FALSE_ALARMS = 0.05
"""Values of no one that are expected to be shown in one release."""


class ReleasedValue(BaseModel):
    """How many people of a segment count for one value, with noise."""

    model_config = ConfigDict(frozen=True)

    field: str
    value: str
    people: int


class ReleasedSegment(BaseModel):
    """A segment as it may be published: everything in it comes from noisy counts."""

    model_config = ConfigDict(frozen=True)

    number: int
    people: int
    values: tuple[ReleasedValue, ...]


class Release(BaseModel):
    """Figures that may be published, what they cost, and what is left of the budget."""

    model_config = ConfigDict(frozen=True)

    epsilon: float
    scale: float
    segments: tuple[ReleasedSegment, ...]
    spent: float
    left: float


def release(
    store: Store,
    snapshot: Snapshot,
    people: People,
    labels: Labels,
    epsilon: float,
    now: float,
    limit: float = LIMIT,
) -> Release:
    """Return the people of each segment and of its values, epsilon-differentially private, and note what it cost.

    A person is in one segment and counts for the at most two kinds of item turned to most, so that one person more or
    less moves all counts by at most three; each gets discrete Laplace noise of scale 3 / epsilon (Ghosh, Roughgarden
    and Sundararajan, 2012), as OpenDP draws it. All kinds of the catalog are counted (all values where it has no
    kinds), and those shown are chosen by the noisy counts alone: where they rise above what noise does.

    Who is in which group
    with which values is protected; the limits of the groups are taken as given.

    Raises:
        SegmentError: If epsilon is not above 0, or the budget does not allow it.
        MissingExtraError: If OpenDP is not installed.
    """
    if not 0 < epsilon < float("inf"):
        raise SegmentError(f"epsilon: expected a number above 0, got {epsilon!r:.20}")
    noisy = _Mechanism(epsilon)
    index = pair_index(snapshot)
    domain = counted_codes(index)
    counts = counts_of(people, labels, domain)
    spent = _spend(store, epsilon, now, limit)
    drawn = noisy(counts.ravel()).reshape(counts.shape).clip(min=0)
    # P(noise > t) is at most exp(-t / scale) / 2, for each of the counts.
    least = max(1.0, noisy.scale * math.log(counts.size / (2 * FALSE_ALARMS)))
    pairs = [index.pairs[code] for code in domain.tolist()]
    segments = []
    for number, row in enumerate(drawn.tolist()):
        values = tuple(
            ReleasedValue(field=pairs[place][0], value=pairs[place][1], people=row[1 + place])
            for place in sorted(range(len(pairs)), key=lambda place: (-row[1 + place], place))
            if row[1 + place] > least
        )
        segments.append(ReleasedSegment(number=number + 1, people=row[0], values=values))
    left = round(limit - spent, 6)
    return Release(epsilon=epsilon, scale=noisy.scale, segments=tuple(segments), spent=spent, left=left)


def counted_codes(index: PairIndex) -> Rows:
    """Return the values that people are counted by: the kinds of item, or all where the catalog has no kinds."""
    fields = np.array(index.fields)[index.field_of] if index.pairs else np.zeros(0, dtype=str)
    return np.flatnonzero(fields == index.kind) if index.kind is not None else np.arange(len(index.pairs))


def counts_of(people: People, labels: Labels, domain: Rows) -> Counts:
    """Return people by segment (rows), all of them first, then by the values of `domain` they count for (columns)."""
    shares = people.shares[:, domain]
    found = np.zeros((int(labels.max()) + 1, 1 + shares.shape[1]), dtype=np.int64)
    order = np.argsort(-shares, axis=1, kind="stable")[:, :MOST_VALUES]
    for person, label in enumerate(labels.tolist()):
        found[label, 0] += 1
        strongest = order[person]
        found[label, 1 + strongest[shares[person, strongest] > 0]] += 1
    return found


def movement(epsilons: tuple[float, ...], draws: int = 4_000) -> dict[float, tuple[float, float]]:
    """Return by how many people a published count moves at each epsilon: the median and the 95th percentile.

    The noise does not depend on the data, so that nothing of the budget is spent.

    Raises:
        MissingExtraError: If OpenDP is not installed.
    """
    found = {}
    for epsilon in epsilons:
        moved = np.abs(_Mechanism(epsilon)(np.zeros(draws, dtype=np.int64)))
        found[epsilon] = (float(np.median(moved)), float(np.quantile(moved, 0.95)))
    return found


def spent_of(store: Store) -> float:
    """Return what all releases of the store have spent."""
    return float(sum(one["epsilon"] for one in _releases(store)))


class _Mechanism:
    """Discrete Laplace noise from OpenDP, of the scale at which its own privacy map grants `epsilon`."""

    def __init__(self, epsilon: float) -> None:
        try:
            import opendp.prelude as dp
        except ImportError as error:
            raise MissingExtraError("published figures need OpenDP: install shortlist[dp]") from error
        dp.enable_features("contrib")
        space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
        self.scale = SENSITIVITY / epsilon
        self._measurement = space >> dp.m.then_laplace(scale=self.scale)
        granted = float(self._measurement.map(SENSITIVITY))
        if granted > epsilon * (1 + 1e-9):
            raise SegmentError(f"OpenDP grants epsilon {granted:g} where {epsilon:g} was asked; choose a larger one")

    def __call__(self, counts: Floats | Counts) -> Counts:
        return np.array(self._measurement([int(one) for one in counts]), dtype=np.int64)


def _spend(store: Store, epsilon: float, now: float, limit: float) -> float:
    """Note a release before it is drawn, so that what was seen was paid for; return what is spent with it."""
    meta = tables.meta
    with store.write() as connection:
        made = list(connection.scalar(select(meta.c.value).where(meta.c.key == KEY)) or [])
        spent = sum(one["epsilon"] for one in made) + epsilon
        if spent > limit + 1e-9:
            left = max(0.0, limit - (spent - epsilon))
            raise SegmentError(
                f"the privacy budget does not allow epsilon {epsilon:g}: {left:g} of {limit:g} is left; publish what "
                "was released before, or ask for less"
            )
        connection.execute(delete(meta).where(meta.c.key == KEY))
        row = {"key": KEY, "value": [*made, {"time": now, "epsilon": epsilon, "what": "segments"}]}
        connection.execute(insert(meta), [row])
    return round(float(spent), 6)


def _releases(store: Store) -> list[dict[str, Any]]:
    meta = tables.meta
    with store.read() as connection:
        return list(connection.scalar(select(meta.c.value).where(meta.c.key == KEY)) or [])
