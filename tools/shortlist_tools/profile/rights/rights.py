"""A user's rights over the profile in one store: consent, forbidding, export, erasure, retention, the audit log."""

from __future__ import annotations

import logging
import time as clock
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select

from shortlist_tools.profile.rights import audit, erasing
from shortlist_tools.profile.rights.consent import (
    ANY,
    INFERRED,
    Consents,
    Level,
    check_consent,
    drop_refused,
    read_consents,
    refusals,
    write_consent,
)
from shortlist_tools.profile.rights.erasing import Erased
from shortlist_tools.profile.rights.erasure_list import ErasureList, erasure_list
from shortlist_tools.profile.rights.errors import ErasureError, ProfileError
from shortlist_tools.profile.rights.exporting import exported
from shortlist_tools.profile.rights.forbidding import Forbidden, lift, permitted, read_forbidden, write_forbidden
from shortlist_tools.profile.rights.retention import DAY, delete_old, delete_passing
from shortlist_tools.profile.rights.sensitive import sensitive
from shortlist_tools.store import Store, tables

log = logging.getLogger("shortlist")
LONGEST_ID = 200
"""Characters of a user id, as conversations take it."""


class Rights:
    """What a user may see, allow, forbid, correct and have erased.

    Args:
        store: Where the profiles are.
        now: The present moment in Unix seconds.
        places: Files and directories beside the database that an erasure searches too: indexes, logs.
    """

    def __init__(self, store: Store, now: Callable[[], float] = clock.time, places: Sequence[Path] = ()) -> None:
        self._store = store
        self._now = now
        self.places = list(places)
        self._forgetting: list[Callable[[str], None]] = []

    def when_erased(self, forget: Callable[[str], None]) -> None:
        """Call `forget(user)` at every erasure: whoever holds something of users in memory says here how it goes."""
        self._forgetting.append(forget)

    def consent(self, user: str, purpose: str, source: str, granted: bool) -> int:
        """Keep an answer of `user`; what may not be kept any more is deleted. Return how many rows that were.

        Raises:
            ProfileError: If there is no such purpose or source.
        """
        check_user(user)
        check_consent(purpose, source)
        with self._store.write() as connection:
            write_consent(connection, user, purpose, source, granted, self._now())
            gone = 0 if granted else drop_refused(connection, user, read_consents(connection, user), self._now())
            self.log(connection, user, "consent", purpose=purpose, source=source, granted=granted, deleted=gone)
        if gone:
            self._forget(user)
            self._store.sweep()
        return gone

    def allow(self, user: str, level: int) -> None:
        """Set the most personal level: 0 nothing kept, 1 this session, 2 observed behaviour, 3 inferred facts.

        Raises:
            ProfileError: If there is no such level.
        """
        if level not in (0, 1, 2, 3):
            raise ProfileError(f"level {level!r:.20} is not known; there are 0, 1, 2 and 3")
        for least, purpose in enumerate(("record", "personalise", "infer"), start=1):
            self.consent(user, purpose, ANY, level >= least)

    def consents(self, user: str) -> Consents:
        """Return the answers of `user`."""
        with self._store.read() as connection:
            return read_consents(connection, user)

    def level(self, user: str | None) -> Level:
        """Return the level that `user` allows and the one that what is known supports; a guest has the session."""
        if user is None:
            return Level(allowed=1, supported=1)
        events, facts = tables.events, tables.facts
        with self._store.read() as connection:
            allowed = read_consents(connection, user).level
            origins = set(connection.scalars(select(facts.c.origin).where(facts.c.user_id == user).distinct()))
            read = connection.scalar(select(tables.inferred.c.id).where(tables.inferred.c.user_id == user).limit(1))
            seen = connection.scalar(select(func.count()).select_from(events).where(events.c.user_id == user))
        return Level(allowed=allowed, supported=3 if read or origins & INFERRED else 2 if seen or origins else 1)

    def forbid(self, user: str, field: str, value: Any = None) -> None:
        """Never conclude `value` of `field` again (None: anything of the field); what was concluded goes.

        What the user states is kept: forbidding is about what others conclude.

        Raises:
            ProfileError: If `field` is empty.
        """
        check_user(user)
        if not field:
            raise ProfileError("forbidding needs the name of a field")
        with self._store.write() as connection:
            gone = write_forbidden(connection, user, field, value, self._now())
            self.log(connection, user, "forbid", field=field, deleted=gone)
        self._forget(user)

    def permit(self, user: str, field: str, value: Any = None) -> bool:
        """Take back a `forbid`; return whether there was one."""
        with self._store.write() as connection:
            lifted = lift(connection, user, field, value)
            self.log(connection, user, "permit", field=field)
        return bool(lifted)

    def forbidden(self, user: str) -> Forbidden:
        """Return what `user` forbade to conclude, as pairs of a field and a value; None is every value of it."""
        with self._store.read() as connection:
            return read_forbidden(connection, user)

    def may_keep(self, connection: Connection, user: str, field: str, value: Any, origin: str) -> Any:
        """Return what may be kept of a fact: None where consent, a `forbid` or the guard of sensitive facts speaks.

        What the person states is kept, whatever it tells; what is concluded never tells what is sensitive.
        """
        consents = read_consents(connection, user)
        if not consents.may("record", "facts") or value is None:
            return None
        if origin == "stated":
            return value
        if origin in INFERRED and (not consents.may("infer") or sensitive(field, value)):
            return None
        return permitted(field, value, read_forbidden(connection, user))

    def forget_events(self, user: str, *, kinds: Sequence[str] = (), items: Sequence[str] = ()) -> int:
        """Delete events of `user`, those of `kinds` and of `items` where given; return how many."""
        events = tables.events
        chosen = [events.c.user_id == user]
        chosen += [events.c.kind.in_(list(kinds))] if kinds else []
        with self._store.write() as connection:
            count = 0
            for start in range(0, max(1, len(items)), 500):
                where = [*chosen, *([events.c.item_id.in_(list(items[start : start + 500]))] if items else [])]
                count += connection.execute(delete(events).where(*where)).rowcount
            self.log(connection, user, "forget_events", events=count)
        self._forget(user)
        self._store.sweep()
        return count

    def export(self, user: str) -> dict[str, list[dict[str, Any]]]:
        """Return everything stored about `user` by table, as JSON types that a person can read."""
        with self._store.read() as connection:
            found = exported(connection, user)
        self.note(user, "export")
        return found

    def erase(self, user: str) -> Erased:
        """Delete everything about `user`, everywhere, and prove it by a search of every file.

        Raises:
            ErasureError: If something is left in a file; it says in which.
        """
        return erasing.erase_user(self._store, user, self._now(), self.places, self._forget)

    def resume(self) -> int:
        """Finish erasures that a crash broke off, and repeat those that a restored backup does not know; how many."""
        try:
            return erasing.resume(self._store, self._now())
        except ErasureError as error:
            log.warning("an erasure is still under way: %s", error)
            return 0

    def erasures(self) -> ErasureList:
        """Return the list of erasures, as keyed hashes, to keep beside backups on another machine."""
        with self._store.read() as connection:
            return erasure_list(connection)

    def apply_erasures(self, erasures: ErasureList) -> int:
        """Erase, in a restored backup, those of `erasures` whom it still holds; return how many.

        Raises:
            ErasureError: If the list is of another store.
        """
        return erasing.apply_list(self._store, erasures, self._now())

    def retain(self, days: float | None) -> dict[str, int]:
        """Delete what is older than `days`: events, sessions, turns, conclusions, log lines. Return rows by table.

        With None only the conversations go that nobody lets be kept.

        Raises:
            ProfileError: If `days` is not above 0.
        """
        if days is not None and not days > 0:
            raise ProfileError(f"days: expected a number above 0, got {days!r:.20}")
        if days is None and not self._somebody_refuses():
            return {}
        with self._store.write() as connection:
            counts = {} if days is None else delete_old(connection, self._now() - days * DAY)
            counts["sessions"] = counts.get("sessions", 0) + delete_passing(connection, self._now())
        if any(counts.values()):
            self._store.sweep()
        return counts

    def audit_log(self, user: str) -> list[dict[str, Any]]:
        """Return who read or changed what of `user`, oldest first: time, actor, action, detail."""
        with self._store.read() as connection:
            return audit.log_of(connection, user)

    def note(self, user: str, action: str, **detail: Any) -> None:
        """Add a line to the audit log in a transaction of its own."""
        with self._store.write() as connection:
            self.log(connection, user, action, **detail)

    def log(self, connection: Connection, user: str, action: str, **detail: Any) -> None:
        """Add a line to the audit log in the caller's transaction."""
        audit.note(connection, user, action, self._now(), **detail)

    def _somebody_refuses(self) -> bool:
        with self._store.read() as connection:
            return bool(refusals(connection, "record"))

    def _forget(self, user: str) -> None:
        for forget in self._forgetting:
            forget(user)


def check_user(user: str) -> None:
    """Raise ProfileError if `user` cannot be a user id."""
    if not isinstance(user, str) or not user:
        raise ProfileError(f"a profile belongs to a user id, a text that is not empty; got {user!r:.60}")
    if len(user) > LONGEST_ID or not _storable(user):
        raise ProfileError(
            f"a user id has at most {LONGEST_ID} characters, all of which can be written; got {len(user)}: {user!r:.60}"
        )


def _storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
