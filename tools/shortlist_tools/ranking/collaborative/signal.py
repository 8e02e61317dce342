"""What the ranking needs of a collaborative model: one score a catalog row, from what the user did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event


class CollaborativeSignal(Protocol):
    """A trained model, as the fusion sees it."""

    @property
    def version(self) -> str:
        """The artefact's version and checksum, for traces."""
        ...

    def collaborative_scores(self, snapshot: Snapshot, events: Sequence[Event]) -> NDArray[np.float64]:
        """Return how well each row of `snapshot` fits who did `events`, of shape (len(snapshot),).

        Scores are standard ones over the catalog (mean 0, deviation 1), always finite, so that they compare between
        users; the scale of the differences is the model's. Without events that tell anything, what is popular is ahead.
        An item that the model does not know, since it came later, has the score of its content where that is known,
        and 0 where it is not.

        Args:
            snapshot: The catalog as it is now; items that left it are passed over.
            events: What the user did, in any order, as far as it may be used.
        """
        ...
