"""Taking snapshots of the database: whole, or from the one before by what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shortlist_tools.catalog.item import Item
from shortlist_tools.catalog.patching import patched
from shortlist_tools.catalog.rows import decode
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.snapshot import Snapshot, build_columns
from shortlist_tools.catalog.visible import changes_since, read_schema, read_version
from shortlist_tools.store import Store
from shortlist_tools.store.tables import items

_KEPT_CHARACTERS = 100_000_000
_BATCH = 5_000
Docs = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Taken:
    """A snapshot, the schema as the database had it, and the items' texts where they are few enough to keep."""

    snapshot: Snapshot
    schema: Schema
    docs: Docs | None


@dataclass(frozen=True)
class Source:
    """Where snapshots come from: the store, and how items too many to keep are looked up."""

    store: Store
    get: Callable[[Sequence[str]], list[Item]]
    every: Callable[[], Iterator[Item]]

    def take(self, before: Taken | None) -> Taken:
        """Return a snapshot of the catalog as it is now, made from the one `before` where little has changed."""
        with self.store.read() as connection:
            version, schema = read_version(connection), read_schema(connection)
            if before is not None and before.schema == schema:
                names = changes_since(connection, before.snapshot.version, version)
                if names is not None:
                    return self._patched(before, version, _rows(connection, names), names)
            return self._whole(connection, version, schema)

    def _whole(self, connection: Connection, version: str, schema: Schema) -> Taken:
        ids: list[str] = []
        docs: Docs | None = {}
        characters = 0

        def values() -> Iterator[dict[str, Any]]:
            nonlocal docs, characters
            statement = select(items.c.id, items.c.doc, items.c.derived).order_by(items.c.id)
            for name, doc, derived in connection.execute(statement, execution_options={"yield_per": _BATCH}):
                ids.append(name)
                characters += len(doc) + len(derived)
                if docs is not None:
                    docs[name] = (doc, derived)
                    docs = docs if characters < _KEPT_CHARACTERS else None
                yield decode(name, doc, derived).values

        columns = build_columns(schema, values())
        snapshot = Snapshot(
            version=version, schema=schema, ids=ids, columns=columns, load=self._loader(docs), texts=self._texts(docs)
        )
        return Taken(snapshot, schema, docs)

    def _patched(self, before: Taken, version: str, rows: Docs, names: set[str]) -> Taken:
        old = before.snapshot
        changes = {old.row_of[name]: decode(name, *rows[name]).values if name in rows else None for name in names}
        gone = {name for name in names if name not in rows}
        docs = None
        if before.docs is not None:
            docs = {name: pair for name, pair in (before.docs | rows).items() if name not in gone}
        snapshot = Snapshot(
            version=version,
            schema=before.schema,
            ids=tuple(name for name in old.ids if name not in gone) if gone else old.ids,
            columns=patched(before.schema, old.columns, changes),
            load=self._loader(docs),
            texts=self._texts(docs),
        )
        return Taken(snapshot, before.schema, docs)

    def _loader(self, docs: Docs | None) -> Callable[[Sequence[str]], list[Item]]:
        if docs is None:
            return self.get
        kept = docs
        return lambda names: [decode(name, *kept[name]) for name in names]

    def _texts(self, docs: Docs | None) -> Callable[[str], list[str | dict[str, str]]]:
        def texts(field: str) -> list[str | dict[str, str]]:
            found = (decode(name, *pair) for name, pair in docs.items()) if docs is not None else self.every()
            return [item.values.get(field, "") for item in found]

        return texts


def _rows(connection: Connection, names: set[str]) -> Docs:
    listed = sorted(names)
    found: Docs = {}
    for start in range(0, len(listed), 500):
        chosen = items.c.id.in_(listed[start : start + 500])
        rows = connection.execute(select(items.c.id, items.c.doc, items.c.derived).where(chosen))
        found |= {row.id: (row.doc, row.derived) for row in rows}
    return found
