"""Segments of all people as the public door offers them: making them, reading them, publishing figures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shortlist.runtime import Runtime
    from shortlist_tools.profile.segments import Release, Segments
    from shortlist_tools.profile.segments.build import Grouping


class SegmentsDoor:
    """The segments of an open recommender."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def segment(self, k: int | None = None) -> Grouping:
        """Group all people into segments, used for newcomers from now on; return them, the people and each one's place.

        Args:
            k: How many; chosen by silhouette and stability where None.

        Raises:
            SegmentError: If there are too few people.
            MissingExtraError: If the extra `segments` is not installed.
        """
        nearest = self._runtime.searcher().nearest()
        built = nearest.built if nearest is not None else None
        return self._runtime.profiles.segment(built.ids if built else None, built.matrix if built else None, k)

    def segments(self) -> Segments | None:
        """Return the segments made last, if any were."""
        from shortlist_tools.profile.segments import stored_segments

        return stored_segments(self._runtime.store)

    def release_segments(self, epsilon: float, grouping: Grouping | None = None) -> Release:
        """Return figures of the segments that may be published, `epsilon`-differentially private, and note the cost.

        Args:
            epsilon: What the release may tell of one person; less is more private and less exact.
            grouping: As `segment` returned it; made anew where None.

        Raises:
            SegmentError: If the budget of the store does not allow it.
            MissingExtraError: If the extra `dp` is not installed.
        """
        from shortlist_tools.profile.segments import release

        _, people, labels = grouping or self.segment()
        snapshot = self._runtime.catalog.snapshot()
        return release(self._runtime.store, snapshot, people, labels, epsilon, self._runtime.clock())
