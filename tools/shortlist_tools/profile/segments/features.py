"""People as points: the long-term profile vector beside how they behave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.pairs import PairIndex, pair_index
from shortlist_tools.profile.rights import Consents, refusals
from shortlist_tools.profile.statistics import Statistics
from shortlist_tools.profile.strengths import strength, top_rating
from shortlist_tools.profile.vectors import vectors_of
from shortlist_tools.store import tables

LEAST_EVENTS = 3
"""Events with items from which a person can be placed."""
MOST_PEOPLE, MOST_OF_ONE = 5_000, 300
BEHAVIOUR = 0.25
"""What one standard deviation of a trait weighs beside a profile vector of length one."""
TAKING = frozenset({"added", "bought", "watched", "liked", "shared"})
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class People:
    """The people that segments are made of; nobody is named.

    Attributes:
        points: Features, of shape (people, dimensions).
        shares: Each person's attention by pair of the catalog, of shape (people, pairs); a field's pairs sum to 1 or
            more where items have several values.
        prices: Where each buys within a kind, in standard deviations of the logarithm of the price.
        space: `meaning` or `values`.
    """

    points: Floats
    shares: Floats
    prices: Floats
    space: str

    def __len__(self) -> int:
        return len(self.points)


def people_of(
    connection: Connection,
    snapshot: Snapshot,
    now: float,
    ids: Sequence[str] | None = None,
    matrix: NDArray[np.floating] | None = None,
) -> People:
    """Return everybody who did enough and lets what all share be learned from it, as seen at `now` (Unix seconds).

    Args:
        connection: To the store.
        snapshot: The catalog.
        now: The moment.
        ids: Items that have vectors, and None where there are none yet: then taste is compared by values.
        matrix: Their vectors.
    """
    index = pair_index(snapshot)
    space = "meaning" if ids is not None and matrix is not None else "values"
    if ids is None or matrix is None:
        ids, matrix = snapshot.ids, _by_values(index, len(snapshot))
    relative, top = _relative_prices(index), top_rating(snapshot)
    vectors, shares, traits = [], [], []
    for events in _everybody(connection, snapshot):
        vector = vectors_of(Statistics(events), (), snapshot, ids, matrix, now).long_term
        weights = _weights(events, snapshot, top)
        if vector is None or not weights.any():
            continue
        vectors.append(vector.astype(np.float64))
        shares.append(index.shares(weights))
        traits.append(_traits(events, weights, index, relative))
    if not vectors:
        return People(np.zeros((0, 1)), np.zeros((0, len(index.pairs))), np.zeros(0), space)
    behaviour = np.array(traits)
    spread = behaviour.std(axis=0)
    scaled = (behaviour - behaviour.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    points = np.hstack([np.array(vectors), BEHAVIOUR * scaled])
    return People(points, np.array(shares), behaviour[:, 0], space)


def _everybody(connection: Connection, snapshot: Snapshot) -> Iterator[list[Event]]:
    events = tables.events
    with_items = events.c.item_id.is_not(None)
    counted = select(events.c.user_id).where(with_items).group_by(events.c.user_id)
    users = connection.scalars(counted.having(func.count() >= LEAST_EVENTS).order_by(events.c.user_id)).all()
    chosen = list(users[:: max(1, -(-len(users) // MOST_PEOPLE))])
    refused = refusals(connection, "train")
    for start in range(0, len(chosen), 200):
        part = select(events).where(with_items, events.c.user_id.in_(chosen[start : start + 200]))
        rows = connection.execute(part.order_by(events.c.user_id, events.c.time, events.c.id)).mappings().all()
        for user, own in groupby(rows, key=lambda row: row["user_id"]):
            allowed = refused.get(user, Consents())
            read = [
                Event.model_validate({name: row[name] for name in Event.model_fields})
                for row in list(own)[-MOST_OF_ONE:]
                if allowed.may_event("train", row["kind"], row["channel"]) and row["item_id"] in snapshot.row_of
            ]
            if len(read) >= LEAST_EVENTS:
                yield read


def _weights(events: Sequence[Event], snapshot: Snapshot, top: float) -> Floats:
    weights = np.zeros(len(snapshot))
    for event in events:
        row = snapshot.row_of[event.item_id or ""]
        weights[row] = min(2.0, weights[row] + max(0.0, strength(event, top)))
    return weights


def _traits(events: Sequence[Event], weights: Floats, index: PairIndex, relative: Floats) -> list[float]:
    """Return where the person buys, how widely he or she looks, how much is taken, how much is done."""
    priced = weights * ~np.isnan(relative)
    price = float(np.nansum(priced * relative) / priced.sum()) if priced.sum() > 0 else 0.0
    kinds = np.bincount(index.kinds, weights)
    share = kinds[kinds > 0] / kinds.sum()
    spread = float(-(share * np.log(share)).sum())
    taken = sum(event.kind in TAKING for event in events) / len(events)
    return [price, spread, taken, math.log1p(len(events))]


def _relative_prices(index: PairIndex) -> Floats:
    """Return each item's log price within its kind, in standard deviations; NaN without a price."""
    found = np.full(len(index.prices), np.nan)
    for rows in index.priced.values():
        prices = index.prices[rows]
        found[rows] = (prices - prices.mean()) / (prices.std() or 1.0)
    return found


def _by_values(index: PairIndex, size: int) -> NDArray[np.float32]:
    matrix = np.zeros((size, len(index.pairs)), dtype=np.float32)
    matrix[index.owner, index.codes] = 1.0
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    matrix /= lengths
    return matrix
