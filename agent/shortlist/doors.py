"""The catalog and the profiles as the public door offers them: what changes one reaches everything built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortlist_tools.catalog import IngestReport, Item, Progress, Schema
from shortlist_tools.profile import Event, Recorded

if TYPE_CHECKING:
    from shortlist.runtime import Runtime


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


class ProfilesDoor:
    """The profiles of an open recommender."""

    def __init__(self, runtime: Runtime) -> None:
        self._profiles = runtime.profiles

    def record(self, user: str, events: Iterable[Event | Mapping[str, Any]]) -> Recorded:
        """Keep what `user` did; a repeated event is kept once, an unknown item is kept and named."""
        return self._profiles.record(user, events)

    def set(self, user: str, field: str, value: Any) -> None:
        """Keep what the host knows of `user`, such as `services` or `age_confirmed`; None forgets it."""
        self._profiles.set(user, field, value)

    def get(self, user: str) -> dict[str, Any]:
        """Return what is known of `user`: facts with their sources, events by kind, affinities."""
        return self._profiles.get(user)

    def export(self, user: str) -> dict[str, Any]:
        """Return everything stored about `user`, as JSON types."""
        return self._profiles.export(user)

    def correct(self, user: str, field: str, value: Any) -> None:
        """Replace a fact by what the user says it is."""
        self._profiles.correct(user, field, value)

    def erase(self, user: str) -> dict[str, int]:
        """Delete everything stored about `user`; return the rows deleted by table."""
        return self._profiles.erase(user)
