"""Running all models on the ratings, and showing what each ranks right, for whom, and of which movies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shortlist_evals.figures import interval_text, realness
from shortlist_evals.metrics import paired_interval
from shortlist_evals.movielens.models import OURS, STRONG, Compared, compared, split_of
from shortlist_evals.movielens.newcomers import new_items
from shortlist_evals.movielens.ratings import load_ratings, load_vectors
from shortlist_evals.movielens.slices import activity, by_known_events, parts_table, values_of
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_tools.catalog.columns import Rows
from shortlist_tools.ranking.collaborative import best, split_last

SEED = 20_260
STEPS = 60
"""Steps of the work, about; the progress is told in these."""
KEPT = ("popular", STRONG, OURS)
"""Models whose scores are kept by user, for paired comparisons with later results."""


def run(
    *, n: int | None = None, seed: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:  # fmt: skip
    """Hold out each user's last five ratings, fit every model on the rest, and rank all movies for every user.

    All settings are chosen on a validation split inside the rest: the five ratings before.

    Args:
        n: Only the first n users are scored; all are learnt from.
        seed: Of what is drawn: which movies are new, how many events are known.
        progress: Told how many steps are done.

    Returns:
        The keys of `scored.summary` (agents are models, a case is a user, its class the user's activity; `cases` of
        the most telling models only), `differences` of ours to each other model, `known_events`, `new_items`,
        `chosen` (what validation chose) and `missing`.
    """
    done = 0

    def told(_: str) -> None:
        nonlocal done
        done = min(done + 1, STEPS - 1)
        progress(done, STEPS)

    ratings = load_ratings()
    vectors = load_vectors(ratings.items)
    split = split_of(ratings)
    models = compared(split, vectors, told)
    users = np.arange(min(n or ratings.users, ratings.users))
    result = summary({name: _rows(models, name, users) for name in models.scores})
    differences = {
        f"{OURS} - {name}": _difference(result["cases"][OURS], result["cases"][name])
        for name in models.scores
        if not name.startswith(OURS)
    }
    known = by_known_events(models.ours, models.scores["popular"], split, users, seed or SEED)
    new = new_items(split, split_last(split.fitted), vectors, users, seed or SEED, told)
    progress(STEPS, STEPS)
    cases = {
        name: {case: {metric: one[metric] for metric in ("ndcg@10", "recall@10")} for case, one in found.items()}
        for name, found in result["cases"].items()
        if name in KEPT
    }
    return {
        **result, "cases": cases, "differences": differences, "known_events": known, "new_items": new,
        "chosen": models.chosen, "missing": models.missing,
    }  # fmt: skip


def _rows(models: Compared, name: str, users: Rows) -> list[Scored]:
    fitted, held_out = models.split.fitted.of_users(users), models.split.held_out.of_users(users)
    ranked = best(models.scores[name][users], fitted)
    people, count = models.split.fitted.people, np.diff(fitted.starts)
    return [
        Scored(
            f"u{user:03d}", activity(int(count[user])), "en",
            values_of(ranked[user], held_out.item[held_out.starts[user] : held_out.starts[user + 1]], people),
        )
        for user in range(len(users))
    ]  # fmt: skip


def _difference(ours: Mapping[str, Mapping[str, float]], theirs: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    names = sorted(ours)
    found: dict[str, Any] = {
        metric: rounded(paired_interval([ours[one][metric] for one in names], [theirs[one][metric] for one in names]))
        for metric in ("ndcg@10", "recall@10")
    }
    base = float(np.mean([theirs[one]["ndcg@10"] for one in names]))
    found["ndcg_gain"] = round(found["ndcg@10"][0] / base, 4) if base else 0.0
    return found


def render(result: Mapping[str, Any]) -> Any:
    """Return the tables: by model, by activity, by known events, and what is new."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"movielens: {result['n']} users, last five ratings held out, all movies ranked (95 % intervals)"
    heads = ("nDCG@10", "R@10", "R@10 often rated", "at times", "seldom")
    metrics = ("ndcg@10", "recall@10", "recall_often@10", "recall_at_times@10", "recall_seldom@10")
    table = Table("model", *heads, title=title, title_justify="left", box=SIMPLE_HEAD)
    order = sorted(result["agents"].items(), key=lambda one: one[1]["ndcg@10"][0])
    for name, found in order:
        table.add_row(name, *(interval_text(found[one]) if one in found else "" for one in metrics))
    labels = sorted({label for parts in result["classes"].values() for label in parts})
    activities = Table("nDCG@10 by activity", *labels, box=SIMPLE_HEAD)
    for name, _ in order:
        parts = result["classes"][name]
        cells = (interval_text(parts[label]["ndcg@10"]) if label in parts else "" for label in labels)
        activities.add_row(name, *cells)
    known = Table("events known", "users", "with history", "without (popular)", "gain", box=SIMPLE_HEAD)
    for row in parts_table(result["known_events"]):
        known.add_row(*row)
    new = result["new_items"]
    lines = [_sentence(what, found) for what, found in result["differences"].items()]
    lines.append(
        f"new movies ({new['n']} users): ours {interval_text(new['ours'])}, content alone "
        f"{interval_text(new['content'])}; difference {interval_text(new['difference'], sign='+')}, "
        f"{realness(new['difference'], 'users')}"
    )
    lines += [f"{name} is missing: {why}" for name, why in result["missing"].items()]
    return Group(table, activities, known, *(Text(line) for line in lines))


def _sentence(what: str, found: Mapping[str, Any]) -> str:
    interval: Sequence[float] = found["ndcg@10"]
    share = f"{100 * found['ndcg_gain']:+.1f} %"
    return f"{what}: nDCG@10 {interval_text(interval, sign='+')} ({share}), {realness(interval, 'users')}"
