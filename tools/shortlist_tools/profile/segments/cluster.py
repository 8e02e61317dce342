"""Groups people by k-means, with as many groups as are both apart from each other and found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.profile.segments.features import Floats, People
from shortlist_tools.profile.segments.model import LEAST_MEMBERS, Choice, MissingExtraError, SegmentError

MOST_SEGMENTS = 10
RESAMPLES = 6
PART = 0.8
SEED = 20260101
MOST_SILHOUETTE = 2_000
"""People that a silhouette is measured on."""
Labels = NDArray[np.int64]


def grouped(people: People, k: int | None = None) -> tuple[Labels, Floats, tuple[Choice, ...]]:
    """Return each person's group, the centres, and how well each number of groups fits.

    The number is that with the greatest product of silhouette and stability. Stability is the mean adjusted Rand index
    between the groups of all and those found from random parts of 80 % (after Ben-Hur, Elisseeff and Guyon, 2002).
    Groups of fewer than `LEAST_MEMBERS` are dissolved into the nearest others.

    Args:
        people: Their features.
        k: The number, where it is given.

    Raises:
        SegmentError: If there are too few people.
        MissingExtraError: If scikit-learn is not installed.
    """
    most = min(MOST_SEGMENTS, len(people) // LEAST_MEMBERS)
    if most < 2 or (k is not None and not 2 <= k <= most):
        wanted = 2 * LEAST_MEMBERS if k is None else max(2, k) * LEAST_MEMBERS
        raise SegmentError(
            f"{len(people)} people can be placed, which makes at most {most} segments of {LEAST_MEMBERS} or more: at "
            f"least {wanted} with three events each are needed; `shortlist profile import` brings in more"
        )
    tried = [(_judged(people.points, one), one) for one in ([k] if k is not None else range(2, most + 1))]
    best = max(tried, key=lambda pair: (pair[0].silhouette * pair[0].stability, -pair[1]))[1]
    labels, centres = _settled(people.points, _fit(people.points, best))
    return labels, centres, tuple(choice for choice, _ in tried)


def _fit(points: Floats, k: int, seed: int = SEED) -> Any:
    try:
        from sklearn.cluster import KMeans
    except ImportError as error:
        raise MissingExtraError("segments need scikit-learn: install shortlist[segments]") from error
    from threadpoolctl import threadpool_limits

    # So few points are grouped sooner than threads are handed their parts.
    with threadpool_limits(1):
        return KMeans(n_clusters=k, n_init=4, random_state=seed).fit(points)


def _judged(points: Floats, k: int) -> Choice:
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    whole = _fit(points, k)
    labels = whole.labels_
    size = min(MOST_SILHOUETTE, len(points))
    silhouette = float(silhouette_score(points, labels, sample_size=size, random_state=SEED))
    draws = np.random.default_rng(SEED)
    found = []
    for number in range(RESAMPLES):
        part = draws.choice(len(points), size=max(k, round(PART * len(points))), replace=False)
        again = _fit(points[part], k, SEED + number + 1).predict(points)
        found.append(adjusted_rand_score(labels, again))
    return Choice(k=k, silhouette=round(silhouette, 4), stability=round(float(np.mean(found)), 4))


def _settled(points: Floats, fitted: Any) -> tuple[Labels, Floats]:
    """Return groups that are large enough, the largest first."""
    labels = np.asarray(fitted.labels_, dtype=np.int64)
    counts = np.bincount(labels)
    kept = [int(one) for one in np.argsort(-counts, kind="stable") if counts[one] >= LEAST_MEMBERS]
    labels = nearest(points, fitted.cluster_centers_[kept])
    centres = np.array([points[labels == one].mean(axis=0) for one in range(len(kept))])
    return labels, centres


def nearest(points: Floats, centres: Floats | Sequence[Sequence[float]]) -> Labels:
    """Return the place of the centre nearest to each point."""
    distances = ((points[:, None, :] - np.asarray(centres)[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(distances.argmin(axis=1), dtype=np.int64)
