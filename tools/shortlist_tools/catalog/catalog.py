"""The catalog: what the store keeps of items and schema, and every door to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from shortlist_tools.catalog.document import Document, DocumentWriter
from shortlist_tools.catalog.errors import IngestError, UnknownItemError, ValueRefusedError
from shortlist_tools.catalog.ingest import Derive, Ingest, IngestReport, Progress
from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.planned import plan_schema
from shortlist_tools.catalog.reading import Rows
from shortlist_tools.catalog.rows import content_hash, decode, encode
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.schema_file import save_schema
from shortlist_tools.catalog.snapshot import Snapshot
from shortlist_tools.catalog.taking import Source, Taken
from shortlist_tools.catalog.understanding import Reader, aspects_of, overlay
from shortlist_tools.catalog.understanding import understand as understand_items
from shortlist_tools.catalog.understanding.statistical import Items
from shortlist_tools.catalog.values import coerce
from shortlist_tools.catalog.visible import (
    add_to_version,
    digest,
    noted_version,
    read_schema,
)
from shortlist_tools.catalog.visible import (
    write_schema as _write_schema,
)
from shortlist_tools.model import Model
from shortlist_tools.store import Store
from shortlist_tools.store.tables import items

_CHUNK = 500


class Catalog:
    """The items of one store. Safe to share by threads; other processes' changes show at the next `version`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._source = Source(store, self.get, self.items)
        self._taken: Taken | None = None
        self._seen: tuple[int | None, str] = (None, "")

    @property
    def version(self) -> str:
        """A digest of every visible item and the schema; the same content has the same version."""
        moment, seen = self.store.moment(), self._seen
        if moment is None or seen[0] != moment:
            seen = self._seen = (moment, noted_version(self.store))
        return seen[1]

    @property
    def schema(self) -> Schema:
        """The schema in force."""
        with self.store.read() as connection:
            return read_schema(connection)

    def save_schema(self, schema: Schema) -> None:
        """Replace the schema, without reading any file again: words, labels, roles, units as they are stored."""
        with self.store.write() as connection:
            _write_schema(connection, schema)

    def ingest(
        self,
        *paths: str | Path,
        schema: str | Path | Schema | None = None,
        strict: bool = False,
        rejects: str | Path | None = None,
        progress: Callable[[Progress], None] | None = None,
        retire_missing: bool = False,
        understand: Model | None = None,
        write_schema: str | Path | None = None,
    ) -> IngestReport:
        """Bring files into the catalog and return what changed.

        Rows with an id that is known update that item. Nothing is visible before all is. A run that was killed goes on
        where it stopped when the same files and schema are given again.

        Args:
            paths: CSV, JSON, JSONL or Parquet files; `.gz` may follow.
            schema: The schema, or a YAML file with it; None infers one, keeping what the catalog's own says.
            strict: Refuse everything when any row is bad.
            rejects: A file for the bad rows, as JSONL with file, line, field, reason and value.
            progress: Called with a `Progress` every 2,000 rows.
            retire_missing: Retire items that no file has.
            write_schema: A YAML file for the schema in force afterwards, with a comment on what was decided.
            understand: A `Model` that content understanding asks; None uses the statistical method.

        Raises:
            IngestError: If a file cannot be read at all, or `strict` and a row is bad.
            SchemaError: If the schema file is wrong.
        """
        if not paths:
            raise IngestError("no file to ingest: give at least one path")
        files = [Path(path) for path in paths]
        rows = Rows(files)
        plan = plan_schema(schema, rows, files[0].name.partition(".")[0], self.schema)
        decisions = list(plan.decisions)
        job = Ingest(
            self.store,
            files,
            rows,
            plan.schema,
            strict=strict,
            rejects=Path(rejects) if rejects else None,
            progress=progress,
            retire_missing=retire_missing,
            decisions=decisions,
            derive=self._derive(understand, decisions),
        )
        report = job.run()
        if write_schema is not None:
            save_schema(self.schema, write_schema, plan.comments, plan.decisions)
        return report

    def _derive(self, model: Model | None, decisions: list[str]) -> Derive:
        """Return what derives values of the staged items: statistics, and over them what `model` read, if given."""
        if model is None:
            return understand_items

        def derive(schema: Schema, staged: Items) -> tuple[Schema, Iterator[tuple[str, dict[str, Any]]]]:
            schema, derived = understand_items(schema, staged)
            reader = Reader(model, self.store, schema, aspects_of(schema))
            read = dict(reader.read(staged()))
            told = reader.outcome
            decisions.append(f"understanding: {told.asked} items by {model.name}, {told.cached} from the cache")
            if told.failed:
                decisions.append(
                    f"the model failed on {told.failed} items, statistics stand in for them: {told.reason}"
                )
            return schema, overlay(derived, read)

        return derive

    def update(self, id: str, **values: Any) -> None:
        """Change values of one item; None removes a value.

        Raises:
            UnknownItemError: If there is no such item.
            ValueRefusedError: If a value names no field or does not fit it.
        """
        schema = self.schema
        checked: dict[str, Any] = {}
        for name, value in values.items():
            field = schema.get(name)
            if field is None:
                raise ValueRefusedError(name, f"no such field; fields are {', '.join(schema.by_name)}", value)
            checked[name] = coerce(field.model_copy(update={"scale": 1.0}), value, schema)
        with self.store.write() as connection:
            row = connection.execute(select(items).where(items.c.id == id)).first()
            if row is None:
                raise UnknownItemError([id])
            old = decode(row.id, row.doc)
            merged = {name: value for name, value in {**old.values, **checked}.items() if value is not None}
            doc = encode(old.model_copy(update={"values": merged}))
            new = {"id": id, "hash": content_hash(doc), "doc": doc, "derived": row.derived}
            connection.execute(delete(items).where(items.c.id == id))
            connection.execute(insert(items).values(new))
            plus, minus = digest(id, new["hash"], row.derived), digest(id, row.hash, row.derived)
            add_to_version(connection, [plus], [minus], [id])

    def retire(self, ids: Iterable[str]) -> None:
        """Remove items.

        Raises:
            UnknownItemError: If one is not there; then none is removed.
        """
        names = list(dict.fromkeys(ids))
        with self.store.write() as connection:
            found: dict[str, int] = {}
            for chunk in _chunks(names):
                rows = connection.execute(
                    select(items.c.id, items.c.hash, items.c.derived).where(items.c.id.in_(chunk))
                )
                found |= {row.id: digest(*row) for row in rows}
            missing = [name for name in names if name not in found]
            if missing:
                raise UnknownItemError(missing)
            for chunk in _chunks(names):
                connection.execute(delete(items).where(items.c.id.in_(chunk)))
            add_to_version(connection, [], found.values(), names)

    def get(self, ids: Iterable[str]) -> list[Item]:
        """Return the items of `ids`, in their order.

        Raises:
            UnknownItemError: Naming every id that is not in the catalog.
        """
        names = list(ids)
        found: dict[str, Item] = {}
        with self.store.read() as connection:
            for chunk in _chunks(list(dict.fromkeys(names))):
                rows = connection.execute(select(items.c.id, items.c.doc, items.c.derived).where(items.c.id.in_(chunk)))
                found |= {row.id: decode(*row) for row in rows}
        missing = [name for name in names if name not in found]
        if missing:
            raise UnknownItemError(missing)
        return [found[name] for name in names]

    def items(self) -> Iterator[Item]:
        """Yield every item, by id."""
        with self.store.read() as connection:
            statement = select(items.c.id, items.c.doc, items.c.derived).order_by(items.c.id)
            for row in connection.execute(statement, execution_options={"yield_per": _CHUNK}):
                yield decode(*row)

    def documents(self) -> Iterator[Document]:
        """Yield every item's text for search, by id."""
        writer = DocumentWriter(self.schema)
        for item in self.items():
            yield writer.document(item)

    def snapshot(self) -> Snapshot:
        """Return the catalog as it is now, as columns; the same object until something changes.

        After `update` and `retire`, in whichever process, only what changed is read again.
        """
        version = self.version
        taken = self._taken
        if taken is not None and taken.snapshot.version == version:
            return taken.snapshot
        with self._lock:
            if self._taken is None or self._taken.snapshot.version != self.version:
                self._taken = self._source.take(self._taken)
            return self._taken.snapshot


def _chunks(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), _CHUNK):
        yield names[start : start + _CHUNK]
