"""Putting a slate together: the score first, then what is varied, in proportion, or a surprise; each move is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import ProfileSummary, pair_index
from shortlist_tools.ranking.diversity.control import Mix
from shortlist_tools.ranking.diversity.likeness import likeness
from shortlist_tools.ranking.diversity.measures import SMOOTHING
from shortlist_tools.ranking.rank import Moved, Mover, Ranked
from shortlist_tools.ranking.signals import Rows, Scores, novelty, scaled

POOL = 100
"""Only the best this many are considered; what stands lower is too far from what was asked."""
UNKNOWN = 0.3
"""Share of the mix that is left to kinds of which nothing is known, so that a profile cannot close in on itself."""
SLATE = 5.0
"""Items shown lately that count as one more slate."""
AGAINST = ("dismissed", "returned")


def rerank(
    snapshot: Snapshot,
    ranked: Sequence[Ranked],
    size: int,
    mix: Mix,
    profile: ProfileSummary | None = None,
    interests: Mapping[str, float] | None = None,
    like: Sequence[str] = (),
    shown: Sequence[str] = (),
) -> list[Ranked]:
    """Return `ranked` with the first `size` chosen one by one for score and purpose; the others follow as they were.

    Each step takes the item of the greatest `s + a A - d max_sim - c dKL + r s n`: `s` its score scaled to the pool,
    `A` its likeness to `like`, `max_sim` its likeness to the nearest item taken (Carbonell and Goldstein, 1998), `dKL`
    how much it raises the calibration error of the slate (Steck, 2018), `n` its novelty; ties go to the better place.
    Scores and terms stay as they are; an item in another place than before says what moved it. With a mix of nothing
    the order is the one given.

    Args:
        snapshot: The catalog.
        ranked: Best first.
        size: Of the slate.
        mix: How much each purpose counts.
        profile: What the person has met.
        interests: The wanted share of each kind of item; what they lack to 1 is for all other kinds together.
        like: Ids of items that the slate should be near to.
        shown: Ids of items shown lately, which the mix of interests is kept to together with the slate.
    """
    pool = list(ranked[:POOL])
    if len(pool) < 2 or mix == Mix():
        return list(ranked)
    taken, why = _chosen(snapshot, pool, min(size, len(pool)), mix, profile, interests or {}, like, shown)
    order = [*taken, *(place for place in range(len(pool)) if place not in set(taken))]
    reranked = [_noted(pool[before], before, after, why) for after, before in enumerate(order)]
    return [*reranked, *ranked[POOL:]]


def _chosen(
    snapshot: Snapshot,
    pool: Sequence[Ranked],
    size: int,
    mix: Mix,
    profile: ProfileSummary | None,
    interests: Mapping[str, float],
    like: Sequence[str],
    shown: Sequence[str],
) -> tuple[list[int], dict[int, Mover]]:
    """Return the places taken, in order, and for those not taken by score alone what counted most."""
    rows = np.array([one.row for one in pool], dtype=np.int64)
    score = scaled(np.array([one.score for one in pool]))
    alike = likeness(snapshot, rows)
    models = np.array([snapshot.row_of[one] for one in like if one in snapshot.row_of], dtype=np.int64)
    near = likeness(snapshot, rows, models).max(axis=1) if len(models) else np.zeros(len(pool))
    new = novelty(snapshot, rows, profile)
    proportion = _Proportion(snapshot, rows, interests, shown)
    taken: list[int] = []
    why: dict[int, Mover] = {}
    nearest = np.zeros(len(pool))
    for _ in range(size):
        parts: dict[Mover, Scores] = {
            "diversity": -mix.diversity * nearest,
            "likeness": mix.alike * near,
            "calibration": -mix.calibration * proportion.errors(),
            "serendipity": mix.serendipity * score * new,
        }
        total = np.round(score + np.sum(list(parts.values()), axis=0), 9)
        total[taken] = -np.inf
        best, plain = int(np.argmax(total)), next(place for place in range(len(pool)) if place not in taken)
        if best != plain:
            why[best] = max(parts, key=lambda name: (parts[name][best] - parts[name][plain], name))
        taken.append(best)
        proportion.take(best)
        nearest = np.maximum(nearest, alike[:, best])
    return taken, why


class _Proportion:
    """The wanted mix of kinds, and how far a slate would be from it with each further item.

    Kinds that the mix does not name count as one, "something else", which what is left of the mix belongs to.
    """

    def __init__(self, snapshot: Snapshot, rows: Rows, interests: Mapping[str, float], shown: Sequence[str]) -> None:
        index = pair_index(snapshot)
        named = sorted(interests)
        place = {name: at for at, name in enumerate(named)}
        earlier = [snapshot.row_of[one] for one in shown if one in snapshot.row_of]
        kinds = [
            place.get(str(snapshot.value(row, index.kind)) if index.kind else "", len(named))
            for row in [*rows.tolist(), *earlier]
        ]
        self._kind = np.array(kinds[: len(rows)], dtype=np.int64)
        shares = np.array([interests[name] for name in named])
        self._wanted = np.append(shares, max(0.0, 1.0 - shares.sum())) if named else np.zeros(1)
        self._counts = np.bincount(kinds[len(rows) :], minlength=len(named) + 1).astype(np.float64)
        self._before = self._counts.sum()

    def take(self, at: int) -> None:
        """Note that the item at this place of the pool is on the slate."""
        self._counts[self._kind[at]] += 1

    def errors(self) -> Scores:
        """Return how much more calibration error each item leaves than the best one, shape (n,); see `measures`."""
        if not self._wanted.any():
            return np.zeros(len(self._kind))
        size = self._counts.sum() + 1
        without, with_one = self._parts(self._counts / size), self._parts((self._counts + 1) / size)
        found: Scores = (without.sum() - without + with_one)[self._kind]
        # One item changes a long history little: what it changes counts by the length of the history.
        found = found - found.min()
        found *= 1.0 + self._before / SLATE
        return found

    def _parts(self, shown: Scores) -> Scores:
        p = self._wanted
        q = (1 - SMOOTHING) * shown + SMOOTHING * p
        costs: Scores = p * np.log(np.divide(p, q, out=np.ones_like(p), where=p > 0))
        return costs


def _noted(one: Ranked, before: int, after: int, why: Mapping[int, Mover]) -> Ranked:
    if before == after:
        return one
    # What gave way was moved by what was taken in its stead.
    by = why.get(before) or next(iter(why.values()), "diversity")
    return one.model_copy(update={"moved": (*one.moved, Moved(by=by, before=before, after=after))})


def interests_of(snapshot: Snapshot, profile: ProfileSummary | None) -> dict[str, float]:
    """Return the mix of kinds that a person turns to, shares that sum to 1; empty where nothing is known.

    Of every item seen the kinds count once; what was dismissed or returned does not count. `UNKNOWN` of the mix goes by
    the kinds' shares of the catalog: what somebody was never shown says nothing of whether they would like it.
    """
    index = pair_index(snapshot)
    if profile is None or index.kind is None:
        return {}
    codes = np.array([code for code, (field, _) in enumerate(index.pairs) if field == index.kind], dtype=np.int64)
    seen = {item for kind, ids in profile.seen.items() if kind not in AGAINST for item in ids}
    own = [index.of(snapshot.row_of[item]) for item in seen if item in snapshot.row_of]
    counts, whole = (
        np.bincount(found, minlength=len(index.pairs))[codes]
        for found in (np.concatenate(own) if own else np.zeros(0, dtype=np.int64), index.codes)
    )
    if not counts.any():
        return {}
    mixed = (1 - UNKNOWN) * counts / counts.sum() + UNKNOWN * whole / whole.sum()
    return {index.pairs[code][1]: float(share) for code, share in zip(codes.tolist(), mixed, strict=True)}
