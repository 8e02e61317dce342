"""The catalog and the profiles as the public door offers them: what changes one reaches everything built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortlist.segments_door import SegmentsDoor
from shortlist_tools.catalog import IngestReport, Item, Progress, Schema
from shortlist_tools.profile import (
    Consents,
    Erased,
    ErasureList,
    Event,
    ImportProgress,
    ImportReport,
    Level,
    Profile,
    ProfileFact,
    Recorded,
)

if TYPE_CHECKING:
    from shortlist.runtime import Runtime
    from shortlist_tools.profile.page import Page


class CatalogDoor:
    """The catalog of an open recommender."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    def schema(self) -> Schema:
        """The schema: fields, roles, words, currency rates."""
        return self._runtime.catalog.schema

    @property
    def version(self) -> str:
        """A mark that changes with every visible change."""
        return self._runtime.catalog.version

    def __len__(self) -> int:
        return len(self._runtime.catalog.snapshot())

    def ingest(
        self,
        *paths: str | Path,
        schema: str | Path | Schema | None = None,
        strict: bool = False,
        rejects: str | Path | None = None,
        progress: Callable[[Progress], None] | None = None,
        retire_missing: bool = False,
        understand: bool = False,
    ) -> IngestReport:
        """Take the items of `paths` (CSV, JSON, JSONL, gzipped or not, Parquet) into the catalog.

        Args:
            paths: Files of one catalog.
            schema: What the fields are; inferred where None, and kept for the next time.
            strict: Refuse everything when a row is bad, instead of rejecting the row.
            rejects: Where to write the rows that could not be used; beside the first file by default.
            progress: Called with how far it is.
            retire_missing: Retire items that the files no longer have.
            understand: Let the model read descriptions and reviews too; the statistical method always does.

        Raises:
            IngestError: If no file can be read, or `strict` met a bad row.
        """
        report = self._runtime.catalog.ingest(
            *paths,
            schema=schema,
            strict=strict,
            rejects=rejects,
            progress=progress,
            retire_missing=retire_missing,
            understand=self._runtime.model if understand else None,
        )
        if len(self):
            self._runtime.services()
        return report

    def update(self, id: str, **values: Any) -> None:
        """Change values of one item; None removes a value.

        Raises:
            UnknownItemError: If there is no such item.
        """
        self._runtime.catalog.update(id, **values)

    def retire(self, ids: Iterable[str]) -> None:
        """Take items out of the catalog; profiles keep what was done with them."""
        self._runtime.catalog.retire(ids)

    def get(self, ids: Iterable[str]) -> list[Item]:
        """Return items in the order of `ids`.

        Raises:
            UnknownItemError: Naming the ids that there are not.
        """
        return self._runtime.catalog.get(ids)


class ProfilesDoor(SegmentsDoor):
    """The profiles of an open recommender, and the rights of those they are about."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self._profiles = runtime.profiles
        self._rights = runtime.profiles.rights
        self._store = runtime.store

    def record(self, user: str, events: Iterable[Event | Mapping[str, Any]]) -> Recorded:
        """Keep what `user` did and lets be kept; a repeated event is kept once, an unknown item is kept and named."""
        return self._profiles.record(user, events)

    def set(self, user: str, field: str, value: Any) -> None:
        """Keep what the host knows of `user`, such as `services` or `age_confirmed`; None forgets it."""
        self._profiles.set(user, field, value)

    def get(self, user: str) -> dict[str, Any]:
        """Return what is known of `user`: facts with their sources, events by kind, affinities."""
        return self._profiles.get(user)

    def profile(self, user: str) -> Profile:
        """Return the deep profile of `user`: every fact with its confidence, its evidence and a sentence."""
        return self._profiles.profile(user)

    def page(self, user: str, language: str | None = None) -> Page:
        """Return the profile page of `user`: what is believed and why, in `en`, `zh` or the language of the person."""
        from shortlist_tools.profile.page import evidence_for, page_of

        profile = self.profile(user)
        self._rights.note(user, "read")
        return page_of(
            profile,
            self._runtime.catalog.snapshot(),
            self.consents(user),
            self.level(user),
            self._rights.forbidden(user),
            evidence_for(self._store, profile),
            language,
        )

    def find(self, user: str, said: str) -> list[ProfileFact]:
        """Return the facts of `user` that `said` names: an id or its beginning, `field=value`, a value, or a field.

        Raises:
            ProfileError: If nothing, or more than one thing, is called so.
        """
        from shortlist_tools.profile.page import find_facts

        return find_facts(self.profile(user), said, self._runtime.catalog.schema)

    def why(self, user: str, fact: ProfileFact) -> list[Event]:
        """Return the events of `user` that are still kept of those `fact` rests on, newest first."""
        from shortlist_tools.profile.page import evidence_of

        self._rights.note(user, "read")
        found = evidence_of(self._store, user, fact.evidence).values()
        return sorted(found, key=lambda event: (-event.time, event.id))

    def import_events(
        self,
        *paths: str | Path,
        columns: Mapping[str, str] | None = None,
        zone: str = "UTC",
        rejects: str | Path | None = None,
        progress: Callable[[ImportProgress], None] | None = None,
    ) -> ImportReport:
        """Keep the events of files (CSV, JSONL, JSON, Parquet) of many people; importing again changes nothing.

        Args:
            paths: The files; every row names a person, a kind and a time.
            columns: Column by our name, where a file calls it something unusual.
            zone: The time zone of times that name none, such as `Asia/Shanghai`.
            rejects: A file for the rows left out, as JSONL with file, line, field, reason and value.
            progress: Called after every 5,000 rows.

        Raises:
            CallerError: If no path is given, or `columns` or `zone` name something unknown.
            IngestError: If a file cannot be read at all.
        """
        return self._profiles.import_events(*paths, columns=columns, zone=zone, rejects=rejects, progress=progress)

    def export(self, user: str) -> dict[str, Any]:
        """Return everything stored about `user`, as JSON types that a person can read; times as ISO 8601."""
        return self._profiles.export(user)

    def correct(self, user: str, field: str, value: Any) -> None:
        """Replace a fact by what the user says it is."""
        self._profiles.correct(user, field, value)

    def history(self, user: str, field: str) -> list[dict[str, Any]]:
        """Return what was said of `field` before the present fact, oldest first: value, origin, source and time."""
        return self._profiles.history(user, field)

    def forbid(self, user: str, field: str, value: Any = None) -> None:
        """Never conclude `value` of `field` again, or with None anything of the field; what was concluded goes."""
        self._rights.forbid(user, field, value)

    def permit(self, user: str, field: str, value: Any = None) -> bool:
        """Take back a `forbid`; return whether there was one."""
        return self._rights.permit(user, field, value)

    def consent(self, user: str, purpose: str, source: str = "*", *, granted: bool) -> int:
        """Keep what `user` allows: for `record`, `personalise`, `infer` or `train`, from one source or from all.

        Sources are chats, facts, feedback, purchases, ratings, searches, social and views. What may not be kept any
        more is deleted; returns how many rows that were.

        Raises:
            ProfileError: If there is no such purpose or source; names those there are.
        """
        return self._rights.consent(user, purpose, source, granted)

    def consents(self, user: str) -> Consents:
        """Return the answers of `user`; what was not asked is allowed."""
        return self._rights.consents(user)

    def allow(self, user: str, level: int) -> None:
        """Set how personal it may be: 0 nothing kept, 1 this session, 2 observed behaviour, 3 inferred facts."""
        self._rights.allow(user, level)

    def level(self, user: str | None) -> Level:
        """Return the level allowed, the one that evidence supports, and the one in effect: the lower of the two."""
        return self._rights.level(user)

    def forget_events(self, user: str, *, kinds: Sequence[str] = (), items: Sequence[str] = ()) -> int:
        """Delete what `user` did, of these kinds and with these items where given; return how many events went."""
        return self._rights.forget_events(user, kinds=kinds, items=items)

    def erase(self, user: str) -> dict[str, int]:
        """Delete everything stored about `user`, everywhere; return the rows deleted by table.

        Raises:
            ErasureError: If something is left in a file; it says in which.
        """
        return self._profiles.erase(user)

    def erase_and_prove(self, user: str) -> Erased:
        """Do what `erase` does, and say which files were searched for how many traces.

        Raises:
            ErasureError: If something is left in a file; it says in which.
        """
        return self._rights.erase(user)

    def erasures(self) -> ErasureList:
        """Return the list of erasures as keyed hashes, to keep beside backups on another machine."""
        return self._rights.erasures()

    def apply_erasures(self, erasures: ErasureList) -> int:
        """Erase, in a restored backup, those of `erasures` whom it still holds; return how many.

        A list beside a SQLite file (`shop.db.erasures`) is applied at every opening without being asked.

        Raises:
            ErasureError: If the list is of another database.
        """
        return self._rights.apply_erasures(erasures)

    def retain(self, days: float) -> dict[str, int]:
        """Delete events, sessions, turns and conclusions older than `days`; return the rows deleted by table."""
        return self._rights.retain(days)

    def audit_log(self, user: str) -> list[dict[str, Any]]:
        """Return who read or changed what of `user`, oldest first; `shortlist_tools.profile.acting` names the actor."""
        return self._rights.audit_log(user)

    def encrypt_again(self) -> int:
        """Write every personal field with the newest key of `SHORTLIST_KEY` (NEW,OLD); return the number of rows.

        Raises:
            StoreKeyError: If there is no key, or it does not open what is stored.
        """
        return self._store.encrypt_again()
