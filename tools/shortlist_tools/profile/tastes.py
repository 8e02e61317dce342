"""What a person says to like or not: kept as stated facts, the newest word wins, and the ranking follows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortlist_tools.profile.summary import Affinity, ProfileSummary

LIKES, DISLIKES = "likes", "dislikes"


def restated(facts: Mapping[str, Any], field: str, value: str, liked: bool | None) -> dict[str, list[str] | None]:
    """Return the two stated facts after the person said to like, or not to like, `value` of `field`.

    The newest statement wins: the value leaves the other list, and both where `liked` is None: that takes back what was
    said. A list that is None is empty now.
    """
    said = f"{field}={value}"
    lists = {name: [one for one in _listed(facts, name) if one != said] for name in (LIKES, DISLIKES)}
    if liked is not None:
        lists[LIKES if liked else DISLIKES].append(said)
    return {name: found or None for name, found in lists.items()}


def with_stated(summary: ProfileSummary) -> ProfileSummary:
    """Return `summary` with an affinity of 1 or -1 for each value that the person said to like or not to like."""
    said = {
        tuple(one.split("=", 1)): weight
        for name, weight in ((LIKES, 1.0), (DISLIKES, -1.0))
        for one in _listed(summary.facts, name)
    }
    if not said:
        return summary
    stated = [Affinity(field=field, value=value, weight=weight) for (field, value), weight in said.items()]
    rest = [one for one in summary.affinities if (one.field, one.value) not in said]
    return summary.model_copy(update={"affinities": (*stated, *rest)})


def _listed(facts: Mapping[str, Any], name: str) -> list[str]:
    found = facts.get(name)
    return [one for one in found if isinstance(one, str) and "=" in one] if isinstance(found, list) else []
