"""Makes the segments of all people, keeps them in the store, and finds the one that a newcomer is nearest to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.segments.cluster import Labels, grouped
from shortlist_tools.profile.segments.describe import leanings_of, price_of, sentence_of
from shortlist_tools.profile.segments.features import Floats, People, people_of
from shortlist_tools.profile.segments.model import Choice, Segment, Segments
from shortlist_tools.profile.summary import Affinity, ProfileSummary
from shortlist_tools.store import Store, tables

Grouping = tuple[Segments, People, Labels]
"""The segments, the people, and the segment of each."""
KEY = "profile.segments"
FEW = 5
"""Events with items below which a person counts as new."""
BORROWED = 0.3
"""What a segment's leaning weighs beside a person's own affinity."""
MOST_BORROWED = 6


def segment_people(
    store: Store,
    snapshot: Snapshot,
    now: float,
    ids: Sequence[str] | None = None,
    matrix: NDArray[np.floating] | None = None,
    k: int | None = None,
) -> Grouping:
    """Make the segments, keep them in the store, and return them with the people and the segment of each.

    Args:
        store: Where events are, and segments are kept: aggregates of at least five people each, nobody named.
        snapshot: The catalog.
        now: The moment (Unix seconds).
        ids: Items that have vectors; None compares taste by the catalog's values.
        matrix: Their vectors.
        k: How many; chosen by silhouette and stability where None.

    Raises:
        SegmentError: If there are too few people.
        MissingExtraError: If scikit-learn is not installed.
    """
    with store.read() as connection:
        people = people_of(connection, snapshot, now, ids, matrix)
    labels, centres, choices = grouped(people, k)
    segments = _described(people, labels, centres, choices, snapshot, now)
    meta = tables.meta
    with store.write() as connection:
        connection.execute(delete(meta).where(meta.c.key == KEY))
        connection.execute(insert(meta), [{"key": KEY, "value": segments.model_dump(mode="json")}])
    return segments, people, labels


def stored_segments(store: Store) -> Segments | None:
    """Return the segments made last, if any were."""
    meta = tables.meta
    with store.read() as connection:
        found = connection.scalar(select(meta.c.value).where(meta.c.key == KEY))
    return Segments.model_validate(found) if found else None


def nearest_segment(summary: ProfileSummary, segments: Segments) -> Segment | None:
    """Return the segment that shares most with the little that is known of a newcomer; None where it shares nothing.

    What is known are the first affinities and stated facts about values of the catalog. The score is the sum over them
    of the weight times how far the segment's share lies above everybody's.
    """
    known = {(one.field, one.value): one.weight for one in summary.affinities}
    known |= dict.fromkeys(_facts(summary.facts), 1.0)
    scores = [
        sum(known.get((one.field, one.value), 0.0) * (one.share - one.expected) for one in segment.leanings)
        for segment in segments.segments
    ]
    best = max(range(len(scores)), key=lambda place: scores[place], default=None)
    return segments.segments[best] if best is not None and scores[best] > 0 else None


def with_segment(summary: ProfileSummary, segments: Segments | None) -> ProfileSummary:
    """Return the summary of a newcomer with what the nearest segment leans to, marked as shared; others as they are."""
    if segments is None or summary.user is None or summary.events >= FEW:
        return summary
    segment = nearest_segment(summary, segments)
    if segment is None:
        return summary
    own = {(one.field, one.value) for one in summary.affinities}
    borrowed = tuple(
        Affinity(field=one.field, value=one.value, weight=round(BORROWED * (one.share - one.expected), 4), shared=True)
        for one in segment.leanings
        if (one.field, one.value) not in own
    )
    return summary.model_copy(update={"affinities": (*summary.affinities, *borrowed[:MOST_BORROWED])})


def _described(
    people: People, labels: Labels, centres: Floats, choices: tuple[Choice, ...], snapshot: Snapshot, now: float
) -> Segments:
    index, everybody = pair_index(snapshot), people.shares.mean(axis=0)
    found = []
    for number, centre in enumerate(centres):
        members = labels == number
        leanings = leanings_of(people.shares[members].mean(axis=0), everybody, index)
        price = price_of(people, members.astype(np.float64))
        found.append(
            Segment(
                number=number + 1,
                people=int(members.sum()),
                leanings=leanings,
                price=price,
                centre=tuple(round(float(one), 5) for one in centre),
                sentence=sentence_of(leanings, price, snapshot.schema),
            )
        )
    return Segments(built=now, people=len(people), space=people.space, choices=choices, segments=tuple(found))


def _facts(facts: Mapping[str, Any]) -> set[tuple[str, str]]:
    pairs = set()
    for field, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                name, sign, rest = one.partition("=")
                pairs.add((name, rest) if sign and field == "likes" else (field, one))
    return pairs
