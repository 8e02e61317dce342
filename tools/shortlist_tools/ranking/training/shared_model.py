"""A trained model in use: aggregates over people alone, and the scores they give one user's events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.catalog.columns import Rows
from shortlist_tools.profile import Event
from shortlist_tools.ranking.collaborative import (
    NEW_ITEM,
    Features,
    Interactions,
    Ours,
    TowerScores,
    check_features,
    project,
)
from shortlist_tools.ranking.training.card import Card
from shortlist_tools.ranking.training.gathering import history_of

SNAPSHOTS = 4
"""Catalog versions whose rows are remembered."""


@dataclass(frozen=True, eq=False)
class SharedModel:
    """What `shortlist train` keeps; implements `CollaborativeSignal`.

    Attributes:
        items: Ids of the items it was fitted over, ascending.
        ours: The fitted parts.
        card: What it is.
        name: The version's name, such as `model-000003`.
    """

    items: tuple[str, ...]
    ours: Ours
    card: Card
    name: str = ""
    _rows: dict[str, Rows] = field(default_factory=dict, repr=False)
    _newcomers: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.items)}

    @property
    def version(self) -> str:
        """The version's name and checksum."""
        return f"{self.name}#{self.card.checksum[:12]}"

    def collaborative_scores(
        self, snapshot: Snapshot, events: Sequence[Event], vectors: Mapping[str, Features] | None = None
    ) -> NDArray[np.float64]:
        """Return how well each row of `snapshot` fits who did `events`, of shape (len(snapshot),), standardised.

        Without events that tell anything, what is popular is ahead. An item that came after training has the score of
        its content where `vectors` has one, and 0 where not; items that left the catalog are passed over.

        Args:
            snapshot: The catalog as it is now.
            events: What the user did, in any order, as far as it may be used.
            vectors: Content vectors of items that came after training, by id, from the embedder of training.
        """
        history = history_of(snapshot, self.items, events, self._number)
        scores = np.asarray(self.ours.scores(history)[0], dtype=np.float64)
        found = np.zeros(len(snapshot))
        rows = self._rows_in(snapshot)
        here = rows >= 0
        found[rows[here]] = scores[here]
        new = [name for name in vectors or {} if name in snapshot.row_of and name not in self._number]
        if vectors is not None and new:
            at = np.array([snapshot.row_of[name] for name in new], dtype=np.int64)
            found[at] = self._of_content(history, np.array([vectors[name] for name in new], dtype=np.float32))
        filled = np.zeros(len(snapshot), dtype=np.bool_)
        filled[rows[here]] = True
        filled[[snapshot.row_of[name] for name in new]] = True
        found[filled] = _standard(found[filled])
        return found

    def newcomers(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Return the ids of `snapshot` that came after training; kept for the last snapshots asked for."""
        found = self._newcomers.get(snapshot.version)
        if found is None:
            found = tuple(name for name in snapshot.ids if name not in self._number)
            if len(self._newcomers) >= SNAPSHOTS:
                self._newcomers.clear()
            self._newcomers[snapshot.version] = found
        return found

    def _rows_in(self, snapshot: Snapshot) -> Rows:
        """Return the row of each item in `snapshot`, -1 where it left; kept for the last snapshots asked for."""
        found = self._rows.get(snapshot.version)
        if found is None:
            found = np.array([snapshot.row_of.get(name, -1) for name in self.items], dtype=np.int64)
            if len(self._rows) >= SNAPSHOTS:
                self._rows.clear()
            self._rows[snapshot.version] = found
        return found

    def _of_content(self, history: Interactions, features: Features) -> NDArray[np.float64]:
        """Return what new items are worth by their content, beside the content of the items that are known."""
        part = self.ours.parts.get("content")
        if not isinstance(part, TowerScores) or not len(history):
            return np.zeros(len(features))
        check_features(features, ("",) * len(features))
        known = np.asarray(part.scores(history)[0], dtype=np.float64)
        new = np.asarray(part.of_items(history, project(features, part.tower.basis))[0], dtype=np.float64)
        found: NDArray[np.float64] = NEW_ITEM * (new - known.mean()) / max(float(known.std()), 1e-9)
        return found


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)
