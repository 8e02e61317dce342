"""The invariants suite: many random conversations, and what they broke."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from shortlist_evals.invariants.conversation import Conversation, converse, shown
from shortlist_evals.invariants.talker import Talker
from shortlist_evals.invariants.worlds import WORLDS, World, worlds
from shortlist_evals.places import DataMissingError, data_dir

N = 2_000
SEED = 1
LEAST_RECALL = 0.99
QUERIES = 60
KEPT = 20
"""Broken conversations that are written out in full."""


def run(
    *,
    n: int = N,
    seed: int = SEED,
    split: str | None = None,
    show: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Hold `n` random conversations and return what broke.

    Conversation `seed + i` is the same whatever the others are. Half of them have a misbehaving model; with chorus
    here, a quarter of them are over a part of it.

    Args:
        n: How many conversations.
        seed: The first one's seed.
        split: `demo` or `chorus`, also with `-offline` or `-faulty`, for conversations of that sort only.
        show: Whether to print every conversation, and hold each seed in every world, with and without the model.
        progress: Told how many are done.

    Returns:
        `n`, `turns`, `violations` (number), `by_check`, `skipped` (worlds, each with the reason), `replies` by kind,
        `seconds`, `chroma_recall@10` by world, `failures` (the first conversations in full), `passed`.
    """
    names, skipped = _here(split)
    started = time.monotonic()
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    failures: list[str] = []
    broken = turns = held = 0
    with worlds(names) as found:
        for name, faulty, one_seed in _plan(names, split, n, seed, every=show):
            one = converse(one_seed, found[name], faulty=faulty)
            held += 1
            turns += len(one.exchanges)
            kinds.update(reply.kind for _, reply in one.exchanges)
            counts.update(violation.check for violation in one.broken)
            broken += bool(one.broken)
            if show:
                print(shown(one), "\n")
            elif one.broken and len(failures) < KEPT:
                failures.append(_failure(one))
            progress(held, n)
        recall = {} if show else {name: chroma_recall(world) for name, world in found.items()}
    least = min((share for shares in recall.values() for share in shares.values()), default=1.0)
    return {
        "n": held,
        "turns": turns,
        "conversations_broken": broken,
        "violations": sum(counts.values()),
        "by_check": dict(counts.most_common()),
        "replies": dict(kinds.most_common()),
        "worlds": list(names),
        "skipped": skipped,
        "seconds": round(time.monotonic() - started, 1),
        "failures": failures,
        "chroma_recall@10": recall,
        "passed": broken == 0 and least >= LEAST_RECALL,
    }


def chroma_recall(world: World, n: int = QUERIES) -> dict[str, float]:
    """Return recall@10 of the way through Chroma against the exact one, for random requests over all and some items."""
    from shortlist_evals.chorus import recall

    talkers = [Talker(world, Random(place)) for place in range(n)]
    with world.searching() as searcher:
        return recall(searcher, [talker.say(None).text[:200] or "anything" for talker in talkers])


def _here(split: str | None) -> tuple[list[str], dict[str, str]]:
    """Return the worlds to talk over, and why others are left out."""
    wanted = [name for name in WORLDS if split is None or split.startswith(name)]
    skipped = {}
    for name in list(wanted):
        if name == "chorus":
            try:
                data_dir("chorus", "products.jsonl.gz")
            except DataMissingError as error:
                skipped[name] = str(error)
                wanted.remove(name)
    return wanted or ["demo"], skipped


def _plan(names: Sequence[str], split: str | None, n: int, seed: int, *, every: bool) -> list[tuple[str, bool, int]]:
    """Return world, misbehaving or not, and seed of each conversation."""
    models = {"offline": (False,), "faulty": (True,)}.get((split or "").rpartition("-")[2], (False, True))
    if every:
        return [(name, faulty, seed + i) for i in range(n) for name in names for faulty in models]
    return [
        (names[-1] if one % 4 == 3 else names[0], models[(one // 4 + one) % len(models)], one)
        for one in range(seed, seed + n)
    ]


def _failure(conversation: Conversation) -> str:
    sort = f"{conversation.world}-{'faulty' if conversation.faulty else 'offline'}"
    again = f"python -m shortlist_evals run invariants --seed {conversation.seed} --n 1 --split {sort} --show"
    return f"{again}\n{shown(conversation)}"


def render(result: dict[str, Any]) -> Any:
    """Return the result as a table, with the broken conversations under it."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"invariants: {result['n']} conversations, {result['turns']} turns, {result['seconds']} s")
    table.title_justify = "left"
    table.add_column("check")
    table.add_column("violations", justify="right")
    for name, count in result["by_check"].items():
        table.add_row(name, str(count))
    table.add_row("all", str(result["violations"]))
    notes = [f"skipped {name}: {why}" for name, why in result["skipped"].items()]
    notes.append(f"replies: {json.dumps(result['replies'])}")
    notes.append(f"recall@10 of Chroma against the exact way: {json.dumps(result['chroma_recall@10'])}")
    return Group(table, *(Text(line) for line in (*notes, *(f"\n{failure}" for failure in result["failures"]))))
