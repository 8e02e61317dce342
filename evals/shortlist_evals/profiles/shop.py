"""The shop that the shoppers visit: a store of its own over the demo catalog, whose clock follows their events."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from shortlist.demo import FOLDER, catalog_files
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile import Event, Profiles
from shortlist_tools.profile.model import Profile
from shortlist_tools.profile.semantic import Reading
from shortlist_tools.store import Store

HOUR = 3600.0
"""How long after its last event a profile is looked at, in seconds."""


class Shop:
    """Takes in shoppers' events one after the other and gives their profiles, through the same door as any host.

    Args:
        catalog: What is sold.
        store: Where the events are kept.
    """

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self._now = 0.0
        self._catalog = catalog
        self._profiles = Profiles(store, catalog, clock=lambda: self._now)
        self._events: dict[str, Sequence[Event]] = {}
        self._sayings: dict[str, Mapping[int, tuple[str, str]]] = {}
        self._taken: dict[str, int] = {}

    @property
    def snapshot(self) -> Snapshot:
        """What is sold now."""
        return self._catalog.snapshot()

    def expect(self, user: str, events: Sequence[Event], sayings: Mapping[int, tuple[str, str]]) -> None:
        """Prepare what `user` will do, oldest first, and the fact that is said after so many events."""
        self._events[user], self._sayings[user], self._taken[user] = events, sayings, 0

    def profile(self, user: str, upto: int) -> Profile:
        """Return the profile of `user` an hour after the first `upto` events; they are taken in where they are not."""
        self.take(user, upto)
        self._now = self._events[user][upto - 1].time + HOUR
        return self._profiles.profile(user)

    async def read(self, user: str, model: Model, budget: Budget) -> Reading:
        """Let `model` read what `user` wrote until now within `budget`, and return the facts that are kept of it."""
        return await self._profiles.infer(user, model, budget)

    def take(self, user: str, upto: int) -> None:
        """Take in the first `upto` events of `user`."""
        taken = self._taken[user]
        if upto > taken:
            self._now = self._events[user][upto - 1].time
            self._profiles.record(user, self._events[user][taken:upto])
            for place, (field, value) in self._sayings[user].items():
                if taken < place <= upto:
                    self._profiles.set(user, field, value, source="user")
            self._taken[user] = upto

    def count_people(self) -> None:
        """Count anew how everybody's attention spreads."""
        self._profiles.count_people()


@contextmanager
def open_shop() -> Iterator[Shop]:
    """Yield a shop over the demo catalog, kept in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "profiles.db")
        try:
            catalog = Catalog(store)
            catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
            yield Shop(catalog, store)
        finally:
            store.close()
