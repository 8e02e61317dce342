"""Which question is worth asking: the one whose answer would change the slate and that people can answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.catalog import Field, Snapshot
from shortlist_tools.text import tokens

WORTH = 0.3
"""A field is asked about when the answer, weighed by how likely people know it, replaces this share of the slate."""
COMPANION = 0.15
"""Beside a field that is worth a question, another one is named from this share on: it costs the user few words."""
MOST_FIELDS = 3
MOST_TOLD_APART = 3
"""A word tells items apart when at most one in so many has it in its title."""
SPREAD = 0.2
"""From this spread on (80th less 20th percentile, over the median) figures count as different."""


def questions(
    snapshot: Snapshot,
    candidates: NDArray[np.int64],
    slate: Sequence[int],
    taken: Collection[str],
    suggested: str | None = None,
    open_access: str | None = None,
) -> list[str]:
    """Return up to three fields to ask about, the most useful first; empty when no answer would change the slate.

    The first must be worth a question, the others are its companions. A field's use is `known × coverage × expected
    share of the slate that an answer excludes`, where an answer's likelihood is its share of the candidates.

    Args:
        snapshot: The catalog.
        candidates: Rows that meet every hard requirement, best first, shape (n,).
        slate: Rows that would be shown.
        taken: Fields that are settled, or were asked about before.
        suggested: A field that the model would ask about; it wins ties.
        open_access: The field of availability, where what the user has access to is not known; else never asked about.
    """
    rows = candidates
    if len(rows) <= 2 * len(slate) or not slate:
        return []
    roles = snapshot.schema.roles
    skipped = set(taken) | {
        roles.get(role)
        for role in ("title", "variant_group", "sponsored", "popularity", "availability")
        if roles.get(role) != open_access
    }
    scored = []
    for field in snapshot.schema.fields:
        # No answer excludes more than the whole slate, so a field that few people know is never worth it.
        if field.name in skipped or field.known < WORTH or not field.shown or field.kind in ("text", "date"):
            continue
        use = field.known * _use(snapshot, field, rows, slate)
        if field.name == suggested:
            use *= 1.2
        if use >= COMPANION:
            scored.append((-round(use, 6), field.name))
    best = sorted(scored)[:MOST_FIELDS]
    return [name for _, name in best] if best and -best[0][0] >= WORTH else []


def are_told_apart(rows: Sequence[int], words: str, snapshot: Snapshot, kinds: Collection[str]) -> bool:
    """Return whether `words` already single out some of the items at `rows`, beyond the kind they name.

    They do where a word that is no plain name of a kind stands in the title of some items and not of most: to show
    those answers more than a question would.
    """
    kind = snapshot.schema.role("kind")
    plain = set(tokens(" ".join([kind.name, *kinds, *_first_names(kind, kinds)]))) if kind is not None else set()
    telling = [word for word in dict.fromkeys(tokens(words)) if word not in plain and len(word) > 1]
    role = snapshot.schema.roles.get("title")
    if not telling or role is None:
        return False
    titles = [set(tokens(_all_languages(snapshot.item(row).values.get(role)))) for row in rows]
    counts = [sum(word in title for title in titles) for word in telling]
    return any(0 < count <= max(1, len(titles) // MOST_TOLD_APART) for count in counts)


def _all_languages(title: object) -> str:
    return " ".join(map(str, title.values())) if isinstance(title, Mapping) else str(title or "")


def _first_names(kind: Field, kinds: Collection[str]) -> list[str]:
    return [names[0] for value, by in kind.values.items() if value in kinds for names in by.values() if names]


def _use(snapshot: Snapshot, field: Field, rows: NDArray[np.int64], slate: Sequence[int]) -> float:
    """Return the expected share of the slate that an answer excludes, times the field's coverage."""
    if field.kind in ("number", "money"):
        return _use_of_bound(snapshot.numbers(field.name), rows, slate, field.better)
    if field.kind == "flag":
        flags = np.nan_to_num(snapshot.numbers(field.name), nan=-1.0)
        return _use_of_codes(flags[rows], flags[list(slate)])
    if field.kind == "category":
        codes, _ = snapshot.codes(field.name)
        return _use_of_codes(codes[rows], codes[list(slate)])
    return _use_of_values(
        [_values(snapshot, field, row) for row in rows], [_values(snapshot, field, row) for row in slate]
    )


def _use_of_codes(candidates: NDArray[Any], slate: NDArray[Any]) -> float:
    """Do what `_use_of_values` does where an item has one value, coded as a number, or none (-1)."""
    values, counts = np.unique(candidates[candidates >= 0], return_counts=True)
    if len(values) == 0:
        return 0.0
    excluded = (slate[None, :] != values[:, None]).mean(axis=1)
    return float((counts / counts.sum()) @ excluded) * float(counts.sum()) / len(candidates)


def _values(snapshot: Snapshot, field: Field, row: int) -> frozenset[object]:
    value = snapshot.value(int(row), field.name)
    if value is None:
        return frozenset()
    return frozenset(value) if isinstance(value, list | tuple) else frozenset({value})


def _use_of_values(candidates: Sequence[frozenset[object]], slate: Sequence[frozenset[object]]) -> float:
    known = [values for values in candidates if values]
    if not known:
        return 0.0
    weight: dict[object, float] = {}
    for values in known:
        for value in values:
            weight[value] = weight.get(value, 0.0) + 1.0 / len(values)
    total = sum(weight.values())
    excluded = sum(
        share / total * sum(value not in values for values in slate) / len(slate) for value, share in weight.items()
    )
    return excluded * len(known) / len(candidates)


def _use_of_bound(
    values: NDArray[np.float64], rows: NDArray[np.int64], slate: Sequence[int], better: str | None
) -> float:
    """Return the share of the slate that a bound at any candidate's value excludes, where values differ enough.

    Where lower is better the bound is an upper one, and excludes an item from every candidate that is below it; where
    nothing is better, half of the slate. An unknown value keeps no bound.
    """
    among = values[rows]
    among = among[~np.isnan(among)]
    if len(among) < 2 or among.min() == among.max():
        return 0.0
    shown = values[list(slate)]
    below, above = (np.array([float(np.mean(side)) for side in sides]) for sides in _sides(among, shown))
    excluded = {"lower": below, "higher": above}.get(better or "", (below + above) / 2)
    excluded = np.where(np.isnan(shown), 1.0, excluded)
    low, middle, high = map(float, np.percentile(among, (20, 50, 80)))
    spread = (high - low) / max(abs(middle), 1e-9)
    return float(np.mean(excluded)) * min(1.0, spread / SPREAD) * len(among) / len(rows)


def _sides(
    among: NDArray[np.float64], shown: NDArray[np.float64]
) -> tuple[list[NDArray[np.bool_]], list[NDArray[np.bool_]]]:
    return [among < value for value in shown], [among > value for value in shown]
