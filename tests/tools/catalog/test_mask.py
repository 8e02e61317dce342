"""Exact filters: against a slow oracle over random catalogs, and the rules one by one."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shortlist_tools.catalog import (
    Catalog,
    Field,
    Item,
    Requirement,
    RequirementError,
    Schema,
    Snapshot,
    check_requirement,
)
from shortlist_tools.catalog.patching import patched
from shortlist_tools.catalog.snapshot import build_columns
from shortlist_tools.store import Store

from .naive import RATES, holds, passes

WORDS = ["red", "Blue", "绿色", "Sci-Fi", "x"]
DAYS = ["1999-12-31", "2000-01-01", "2015-06-30", "2026-11-21"]
NUMBERS = [-3.0, 0.0, 0.1, 2.5, 7.0, 14.0, 50.0, 100.0, 1e6]
OPS = {
    "number": ["==", "!=", "<", "<=", ">", ">=", "between", "in", "not_in", "exists", "lowest", "highest"],
    "category": ["==", "!=", "in", "not_in", "exists"],
    "multi_category": ["contains", "not_contains", "contains_any", "not_in", "exists"],
    "text": ["contains", "not_contains", "contains_any", "==", "!=", "in", "not_in", "exists"],
    "flag": ["==", "!=", "exists"],
}
OPS |= {"money": OPS["number"], "date": OPS["number"]}
ONE = {
    "number": st.sampled_from(NUMBERS),
    "money": st.sampled_from(NUMBERS),
    "date": st.sampled_from(DAYS),
    "category": st.sampled_from(WORDS),
    "multi_category": st.sampled_from(WORDS),
    "text": st.sampled_from(["re", "blue", "绿", "sci-fi", "zzz"]),
    "flag": st.booleans(),
}
VALUE = ONE | {
    "multi_category": st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
    "text": st.sampled_from(["a red thing", "Blue", {"en": "Blue sky", "zh": "绿色的天"}, "SCI-FI zzz", "re"]),
}
KINDS = sorted(OPS)


@st.composite
def catalogs(draw):
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    fields = [
        Field(name=f"f{number}", kind=kind, unit="USD" if kind == "money" else None)
        for number, kind in enumerate(kinds)
    ]
    fields.append(Field(name="kind", kind="category"))
    schema = Schema(fields=tuple(fields), roles={"kind": "kind"}, rates=RATES)
    rows = []
    for number in range(draw(st.integers(0, 7))):
        values = {}
        for field in fields:
            value = draw(st.none() | VALUE[field.kind])
            if value is not None and value != []:
                values[field.name] = value
        rows.append(Item(id=f"i{number}", values=values))
    return schema, rows


@st.composite
def requirements(draw, schema):
    field = draw(st.sampled_from(schema.fields))
    op = draw(st.sampled_from(OPS[field.kind]))
    one = ONE[field.kind]
    if op == "exists":
        value = draw(st.booleans())
    elif op in ("lowest", "highest"):
        value = None
    elif op == "between":
        value = sorted(draw(st.lists(one, min_size=2, max_size=2)))
    elif op in ("in", "not_in", "contains_any"):
        value = draw(st.lists(one, min_size=1, max_size=3))
    elif op == "contains" and draw(st.booleans()):
        value = draw(st.lists(one, min_size=1, max_size=2))
    else:
        value = draw(one)
    return Requirement(
        field=field.name,
        op=op,
        value=value,
        unit=draw(st.sampled_from([None, "CNY", "EUR"])) if field.kind == "money" else None,
        hard=draw(st.sampled_from([True, True, True, False])),
        status=draw(st.sampled_from(["active", "active", "active", "withdrawn"])),
        group=draw(st.sampled_from([None, None, "g1:a", "g1:b", "g2:a", "g2:b"])),
        scope=draw(st.sampled_from([None, None, "slate", *(f"kind:{word}" for word in WORDS)])),
    )


def snapshot_of(schema, rows):
    texts = lambda name: [row.values.get(name, "") for row in rows]  # noqa: E731
    by_id = {row.id: row for row in rows}
    return Snapshot(
        version="v",
        schema=schema,
        ids=[row.id for row in rows],
        columns=build_columns(schema, (row.values for row in rows)),
        load=lambda ids: [by_id[name] for name in ids],
        texts=texts,
    )


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_mask_is_what_a_slow_reading_of_each_item_says(data):
    schema, rows = data.draw(catalogs())
    asked = data.draw(st.lists(requirements(schema), max_size=5))
    snapshot = snapshot_of(schema, rows)
    assert snapshot.mask(asked).tolist() == [passes(row, asked, schema) for row in rows]
    some = np.array([number for number in range(len(rows)) if number % 2 == 0], dtype=np.int64)
    assert snapshot.mask_rows(asked, some).tolist() == [passes(rows[row], asked, schema) for row in some]
    for requirement in asked:
        checked = check_requirement(requirement, schema)
        for number, row in enumerate(rows):
            assert snapshot.satisfies(number, requirement) == holds(row, requirement, schema)
            assert snapshot.satisfies(number, checked) == holds(row, requirement, schema)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_catalog_that_went_through_a_file_and_the_database_filters_the_same(data):
    schema, rows = data.draw(catalogs())
    asked = data.draw(st.lists(requirements(schema), max_size=4))
    if not rows:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.jsonl"
        path.write_text("".join(json.dumps({"id": row.id, **row.values}) + "\n" for row in rows), "utf-8")
        store = Store.open(Path(folder) / "shop.db")
        catalog = Catalog(store)
        catalog.ingest(path, schema=schema)
        snapshot = catalog.snapshot()
        assert snapshot.mask(asked).tolist() == [passes(row, asked, schema) for row in rows]
        store.close()


SCHEMA = Schema(
    fields=(
        Field(name="price", kind="money", unit="USD"),
        Field(name="weight", kind="number", unit="g"),
        Field(name="size", kind="number"),
        Field(name="genres", kind="multi_category"),
        Field(name="brand", kind="category"),
    ),
    roles={"price": "price"},
    rates={"CNY": 0.14},
)
ROWS = [
    Item(id="a", values={"price": 98.0, "weight": 250.0, "genres": ["Drama"], "brand": "Sony"}),
    Item(id="b", values={"price": 98.01, "weight": 2000.0, "size": 3.0}),
    Item(id="c", values={}),
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"field": "price", "op": "<=", "value": 700.0, "unit": "CNY"}, "a"),
        ({"field": "weight", "op": "<", "value": 1.0, "unit": "kg"}, "a"),
        ({"field": "brand", "op": "!=", "value": "Bose"}, "a"),
        ({"field": "brand", "op": "!=", "value": "Sony"}, ""),
        ({"field": "brand", "op": "not_in", "value": ["Bose"]}, "a"),
        ({"field": "brand", "op": "==", "value": "sony"}, "a"),
        ({"field": "genres", "op": "not_contains", "value": "Horror"}, "a"),
        ({"field": "brand", "op": "exists", "value": False}, "bc"),
        ({"field": "price", "op": "lowest"}, "abc"),
    ],
)
def test_units_are_converted_and_what_is_missing_never_satisfies(asked, expected):
    snapshot = snapshot_of(SCHEMA, ROWS)
    mask = snapshot.mask([Requirement(**asked)])
    assert "".join(name for name, kept in zip(snapshot.ids, mask, strict=True) if kept) == expected


def test_an_item_that_nobody_marked_as_sponsored_is_not():
    fields = (Field(name="ad", kind="flag"), Field(name="waterproof", kind="flag"))
    schema = Schema(fields=fields, roles={"sponsored": "ad"})
    rows = [Item(id="a", values={"ad": True}), Item(id="b", values={"ad": False}), Item(id="c", values={})]
    snapshot = snapshot_of(schema, rows)
    assert snapshot.mask([Requirement(field="ad", op="==", value=False)]).tolist() == [False, True, True]
    assert snapshot.mask([Requirement(field="ad", op="!=", value=True)]).tolist() == [False, True, True]
    assert snapshot.mask([Requirement(field="ad", op="==", value=True)]).tolist() == [True, False, False]
    assert not snapshot.mask([Requirement(field="waterproof", op="==", value=False)]).any()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"field": "colour", "op": "==", "value": "red"}, "no field is called 'colour'"),
        ({"field": "price", "op": "<", "value": 5.0, "unit": "JPY"}, "no rate is declared for JPY"),
        ({"field": "weight", "op": "<", "value": 5.0, "unit": "L"}, "L cannot be converted"),
        ({"field": "size", "op": "<", "value": 5.0, "unit": "kg"}, "no unit"),
        ({"field": "price", "op": "contains", "value": 5.0}, "cannot be evaluated"),
        ({"field": "price", "op": "<", "value": "cheap"}, "cannot be evaluated"),
        ({"field": "price", "op": "<", "value": None}, "cannot be evaluated"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_by_name(asked, said):
    with pytest.raises(RequirementError, match=said):
        snapshot_of(SCHEMA, ROWS).mask([Requirement(**asked)])


def test_columns_give_values_back_as_items_have_them():
    schema = Schema(fields=(*SCHEMA.fields, Field(name="day", kind="date"), Field(name="new", kind="flag")))
    rows = [
        Item(id="a", values={"price": 1.5, "genres": ["x", "y"], "brand": "B", "day": "1969-12-31", "new": False}),
        Item(id="b"),
    ]
    snapshot = snapshot_of(schema, rows)
    for name in ("price", "genres", "brand", "day", "new"):
        assert snapshot.value(0, name) == rows[0].values[name]
        assert snapshot.value(1, name) is None
    assert snapshot.numbers("day").tolist()[0] == -1.0
    codes, values = snapshot.codes("brand")
    assert codes.tolist() == [0, -1]
    assert values == ["B"]
    assert snapshot.schema.by_name["price"].coverage == 0.5
    assert (snapshot.schema.by_name["price"].low, snapshot.schema.by_name["price"].high) == (1.5, 1.5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_patched_columns_are_those_of_a_catalog_built_anew(data):
    schema, rows = data.draw(catalogs())

    changes = {}
    for number in range(len(rows)):
        change = data.draw(st.sampled_from(["kept", "gone", "new"]))
        if change == "gone":
            changes[number] = None
        elif change == "new":
            values = {f.name: data.draw(st.none() | VALUE[f.kind]) for f in schema.fields if f.kind != "text"}
            changes[number] = {name: value for name, value in values.items() if value is not None and value != []}

    columns = patched(schema, build_columns(schema, (row.values for row in rows)), changes)
    left = [row.values | {} for row in rows]
    after = [changes.get(number, values) for number, values in enumerate(left)]
    after = [values for values in after if values is not None]
    new = [Item(id=f"i{number}", values=values) for number, values in enumerate(after)]
    snapshot = Snapshot(
        version="v",
        schema=schema,
        ids=[row.id for row in new],
        columns=columns,
        load=lambda ids: [],
        texts=lambda name: [],
    )
    for field in schema.fields:
        if field.kind != "text":
            expected = [row.values.get(field.name) for row in new]
            assert [snapshot.value(number, field.name) for number in range(len(new))] == expected
    asked = data.draw(
        st.lists(requirements(schema).filter(lambda each: schema.by_name[each.field].kind != "text"), max_size=3)
    )
    assert snapshot.mask(asked).tolist() == [passes(row, asked, schema) for row in new]
