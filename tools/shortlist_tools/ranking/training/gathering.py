"""The events of everybody who lets them be learnt from, as interactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import func, select

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Consents, Event
from shortlist_tools.profile.rights import refusals
from shortlist_tools.profile.strengths import strength, top_rating
from shortlist_tools.ranking.collaborative import Interaction, Interactions, interactions_of
from shortlist_tools.store import Store, tables

TURNED_DOWN = frozenset({"dismissed"})
"""Kinds of events that are about an item which the person did not turn to."""
EACH = 5_000
Told = Callable[[int, int], None]


def gathered(store: Store, snapshot: Snapshot, told: Told = lambda done, total: None) -> Interactions:
    """Return what everybody did with items of the catalog, as far as each lets it be learnt from.

    Events with items that left the catalog are passed over.

    Args:
        store: Where the events are.
        snapshot: The catalog; items are numbered by its rows.
        told: Told how many events are read, of how many.
    """
    return interactions_of(_rows(store, snapshot, told), items=snapshot.ids)


def history_of(
    snapshot: Snapshot, items: Sequence[str], events: Sequence[Event], number: Mapping[str, int]
) -> Interactions:
    """Return one user's events as the only history, over `items`; the scale of ratings is the catalog's.

    Args:
        snapshot: The catalog.
        items: Ids of the model's items, ascending.
        events: What the user did; what is about other items is passed over.
        number: Place of each of `items`.
    """
    top = top_rating(snapshot)
    rows = [
        Interaction("", event.item_id, strength(event, top), event.time, event.kind not in TURNED_DOWN)
        for event in events
        if event.item_id and event.item_id in number
    ]
    own = interactions_of(rows, users=("",))  # over the few items of the user, whose order is that of all
    return replace(own, items=tuple(items), item=np.array([number[own.items[one]] for one in own.item], dtype=np.int64))


def _rows(store: Store, snapshot: Snapshot, told: Told) -> Iterator[Interaction]:
    events, top = tables.events, top_rating(snapshot)
    with_items = events.c.item_id.is_not(None)
    columns = (events.c.user_id, events.c.kind, events.c.item_id, events.c.value, events.c.channel, events.c.time)
    with store.read() as connection:
        refused = refusals(connection, "train")
        total = int(connection.scalar(select(func.count()).select_from(events).where(with_items)) or 0)
        told(0, total)
        query = select(*columns).where(with_items).order_by(events.c.user_id, events.c.time, events.c.id)
        for done, row in enumerate(connection.execute(query, execution_options={"yield_per": EACH}), start=1):
            if done % EACH == 0 or done == total:
                told(done, total)
            if row.item_id in snapshot.row_of and refused.get(row.user_id, _ALL).may_event(
                "train", row.kind, row.channel
            ):
                event = Event.model_construct(kind=row.kind, item_id=row.item_id, value=row.value, time=row.time)
                weight = strength(event, top)
                yield Interaction(row.user_id, row.item_id, weight, row.time, row.kind not in TURNED_DOWN)


_ALL = Consents()
