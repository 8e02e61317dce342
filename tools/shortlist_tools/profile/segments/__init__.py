"""Segments: groups of people with like taste and behaviour, for cold start and for figures that may be published."""

from shortlist_tools.profile.segments.build import nearest_segment, segment_people, stored_segments, with_segment
from shortlist_tools.profile.segments.features import People, people_of
from shortlist_tools.profile.segments.model import (
    Choice,
    Leaning,
    MissingExtraError,
    Segment,
    SegmentError,
    Segments,
)
from shortlist_tools.profile.segments.plots import plot_movement, plot_segments
from shortlist_tools.profile.segments.release import Release, ReleasedSegment, movement, release, spent_of

__all__ = [
    "Choice",
    "Leaning",
    "MissingExtraError",
    "People",
    "Release",
    "ReleasedSegment",
    "Segment",
    "SegmentError",
    "Segments",
    "movement",
    "nearest_segment",
    "people_of",
    "plot_movement",
    "plot_segments",
    "release",
    "segment_people",
    "spent_of",
    "stored_segments",
    "with_segment",
]
