"""Small catalogs made on the spot for the stages of a turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist_tools.catalog import Field, Item, Schema, Snapshot

SCHEMA = Schema(
    name="shop",
    fields=(
        Field(name="title", kind="text"),
        Field(name="kind", kind="category", known=0.9),
        Field(name="brand", kind="category", known=0.9),
        Field(name="tags", kind="multi_category", known=0.9),
        Field(name="price", kind="money", unit="USD", better="lower", known=0.9),
        Field(name="weight", kind="number", unit="g", known=0.9),
        Field(name="battery", kind="number", unit="h", better="higher", known=0.9),
        Field(name="wireless", kind="flag", known=0.9),
        Field(name="secret", kind="category", known=0.9, shown=False),
        Field(name="model", kind="category", known=0.9),
        Field(name="obscure", kind="category", known=0.0),
    ),
    roles={"title": "title", "kind": "kind", "price": "price", "variant_group": "model"},
    rates={"CNY": 0.14},
)


@pytest.fixture(scope="session")
def make() -> Callable[..., Snapshot]:
    """Return a function from rows of values to a snapshot; ids are `i00`, `i01` … in the order of the rows."""
    from shortlist_tools.catalog.snapshot import build_columns

    def made(*rows: dict[str, Any], schema: Schema = SCHEMA) -> Snapshot:
        ids = [f"i{place:02d}" for place in range(len(rows))]
        items = {name: Item(id=name, values=dict(row)) for name, row in zip(ids, rows, strict=True)}
        return Snapshot(
            version=repr(rows),
            schema=schema,
            ids=ids,
            columns=build_columns(schema, list(rows)),
            load=lambda names: [items[name] for name in names],
            texts=lambda field: [items[name].values.get(field, "") for name in ids],
        )

    return made


@pytest.fixture(scope="session")
def services(
    demo_catalog: Any, demo_store: Any, demo_profiles: Any, demo_snapshot: Snapshot, tmp_path_factory: Any
) -> Any:
    """The parts of a recommender over the demo catalog, without a model and without built indexes."""
    from shortlist.demo import FOLDER
    from shortlist.reader import Reader
    from shortlist.settings import Settings
    from shortlist.turn.state import Past, Services, read_policies
    from shortlist_tools.search import Searcher
    from shortlist_tools.toolbox import build_toolbox

    searcher = Searcher(demo_catalog, demo_store, tmp_path_factory.mktemp("bare"), kind="exact")
    return Services(
        store=demo_store,
        catalog=demo_catalog,
        searcher=searcher,
        past=Past(demo_store),
        profiles=demo_profiles,
        toolbox=build_toolbox(demo_catalog, searcher, demo_profiles),
        reader=Reader(demo_snapshot.schema, demo_snapshot),
        snapshot=demo_snapshot,
        policies=read_policies(FOLDER / "policies.yaml"),
        settings=Settings(),
    )
