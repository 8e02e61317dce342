"""Parts of the users and of the movies, and how known events change what a profile is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from shortlist_evals.metrics import ndcg, paired_interval, recall
from shortlist_evals.scored import rounded
from shortlist_tools.catalog.columns import Rows
from shortlist_tools.ranking.collaborative import Interactions, Ours, Scores, Split, best

TOP = 10
ACTIVITY = ((30, "up to 30 ratings"), (100, "31 to 100"), (1_000_000, "more than 100"))
OFTEN, SELDOM = 50, 10
"""A movie is often rated from `OFTEN` users on, and seldom below `SELDOM`."""
KNOWN = (("0", 0, 0), ("1-5", 1, 5), ("6-20", 6, 20), ("more", 21, 1_000_000))


def activity(count: int) -> str:
    """Return the class of a user with that many training ratings."""
    return next(name for most, name in ACTIVITY if count <= most)


def values_of(ranking: Rows, wanted: Rows, people: Rows) -> dict[str, float]:
    """Return nDCG@10 and Recall@10 of one ranking; recall also over movies rated often, at times and seldom."""
    names, relevant = [str(one) for one in ranking if one >= 0], [str(one) for one in wanted]
    found = {
        "ndcg@10": ndcg(names, dict.fromkeys(relevant, 1.0), TOP),
        "recall@10": recall(names, relevant, TOP),
    }
    parts = {
        "often": people[wanted] >= OFTEN,
        "at times": (people[wanted] < OFTEN) & (people[wanted] >= SELDOM),
        "seldom": people[wanted] < SELDOM,
    }
    for name, chosen in parts.items():
        if chosen.any():
            found[f"recall_{name.replace(' ', '_')}@10"] = recall(names, [str(one) for one in wanted[chosen]], TOP)
    return found


def by_known_events(model: Ours, popular: Scores, split: Split, users: Rows, seed: int) -> dict[str, Any]:
    """Return, by number of known events, nDCG@10 with the history and without, and the gain, paired by user.

    Of each user only the last events are known, as many as a draw from the slice says; `more` is the whole history.
    What the user really had is never ranked, on both sides.
    """
    whole, held_out = split.fitted.of_users(users), split.held_out.of_users(users)
    draws = np.random.default_rng(seed)
    found: dict[str, Any] = {}
    count = np.diff(whole.starts)
    for name, low, high in KNOWN:
        wanted = draws.integers(low, min(high, 1_000) + 1, len(users)) if high < 1_000_000 else count
        kept = (whole.starts[1:][whole.user] - np.arange(len(whole))) <= wanted[whole.user]
        known = whole.where(kept)
        chosen = np.flatnonzero((np.diff(known.starts) >= low) & (np.diff(known.starts) <= high))
        with_it = _ndcg(model.scores(known), whole, held_out)[chosen]
        without = _ndcg(popular[users], whole, held_out)[chosen]
        found[name] = {
            "n": len(chosen),
            "with": rounded(paired_interval(with_it, np.zeros_like(with_it))),
            "without": rounded(paired_interval(without, np.zeros_like(without))),
            "gain": rounded(paired_interval(with_it, without)),
        }
    return found


def _ndcg(scores: Scores, whole: Interactions, held_out: Interactions) -> Any:
    from shortlist_tools.ranking.collaborative import ndcg_of

    return ndcg_of(best(scores, whole), held_out)


def parts_table(found: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the rows of the table by known events."""
    from shortlist_evals.figures import interval_text

    return [
        (name, str(one["n"]), interval_text(one["with"]), interval_text(one["without"]),
         interval_text(one["gain"], sign="+"))
        for name, one in found.items()
    ]  # fmt: skip
