"""Training what all users share, over the parts of an open recommender."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import select

if TYPE_CHECKING:
    from shortlist.runtime import Runtime
    from shortlist_tools.catalog import Snapshot
    from shortlist_tools.ranking.collaborative import Features
    from shortlist_tools.ranking.feedback import Answered
    from shortlist_tools.ranking.training import Card
    from shortlist_tools.search import Searcher
    from shortlist_tools.store import Store

MOST_SLATES = 20_000
"""Slates that everybody's weights are learned from, the newest."""


def train_shared(runtime: Runtime, people: int, progress: Callable[[str, int, int], None] | None = None) -> Card:
    """Fit a model on the recorded events and the items' content, publish it, and return its card.

    Where enough slates with reactions were logged, everybody's weights of signals are learned with it.

    Raises:
        TrainingError: If there is nothing to learn from, or another process is training.
    """
    from shortlist_tools.ranking.training import Options, train

    snapshot = runtime.services().snapshot
    runtime.prepare(wait=True)
    vectors = content_of(snapshot, runtime.searcher())
    told = progress or (lambda stage, done, total: None)
    return train(
        runtime.store, snapshot, runtime.models, vectors, Options(people=people), told, answered_slates(runtime.store)
    )


def answered_slates(store: Store) -> list[Answered]:
    """Return the logged slates of users who let them be learnt from, with the reactions to them, oldest first.

    Slates of people who never reacted to any tell nothing of taste and are left out; guests' reactions are not kept.
    """
    from shortlist.turn.choice import slate_of
    from shortlist_tools.profile import Consents, Event
    from shortlist_tools.profile.rights import refusals
    from shortlist_tools.ranking.feedback import join
    from shortlist_tools.store import tables

    turns, events = tables.turns, tables.events
    columns = (turns.c.user_id, turns.c.session_id, turns.c.reply, turns.c.created)
    newest = select(*columns).where(turns.c.user_id.is_not(None)).order_by(turns.c.created.desc()).limit(MOST_SLATES)
    slates: dict[str, list[Any]] = {}
    done: dict[str, list[Any]] = {}
    with store.read() as connection:
        refused, everything = refusals(connection, "train"), Consents()
        for user, session, reply, created in connection.execute(newest):
            slate = slate_of(reply["items"] if reply else (), float(created), session)
            if slate.items and refused.get(user, everything).may("train", "chats"):
                slates.setdefault(user, []).append(slate)
        told = select(events).where(events.c.item_id.is_not(None)).order_by(events.c.time, events.c.id)
        for row in connection.execute(told).mappings():
            if row["user_id"] in slates and refused.get(row["user_id"], everything).may_event(
                "train", row["kind"], row["channel"]
            ):
                fields = {name: row[name] for name in Event.model_fields}
                done.setdefault(row["user_id"], []).append(Event.model_construct(**fields))
    found: list[Answered] = []
    for user, reactions in done.items():
        answered = join(slates[user], reactions).answered
        found += answered if any(one.worth for one in answered) else ()
    return sorted(found, key=lambda one: one.slate.time)


def content_of(snapshot: Snapshot, searcher: Searcher) -> Features | None:
    """Return the vector of each item as the search has it, zeros where it has none; None while there are none."""
    nearest = searcher.nearest()
    if nearest is None:
        return None
    built = nearest.built
    rows = np.array([built.row_of.get(name, -1) for name in snapshot.ids], dtype=np.int64)
    found = np.array(built.matrix[np.maximum(rows, 0)], dtype=np.float32)
    found[rows < 0] = 0.0
    return found
