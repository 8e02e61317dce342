"""Facets, order and the nearest items, on a catalog small enough to count by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.catalog import (
    Facet,
    Field,
    Item,
    Requirement,
    RequirementError,
    Schema,
    facets,
    nearest,
    sort_rows,
)

from .test_mask import catalogs, requirements, snapshot_of

SCHEMA = Schema(
    fields=(
        Field(name="price", kind="money", unit="USD"),
        Field(name="brand", kind="category"),
        Field(name="tags", kind="multi_category"),
        Field(name="new", kind="flag"),
        Field(name="title", kind="text"),
    )
)
ITEMS = [
    Item(id="a", values={"price": 10.0, "brand": "sony", "tags": ["x", "y"], "new": True, "title": "red"}),
    Item(id="b", values={"price": 20.0, "brand": "Bose", "tags": ["x"], "new": False, "title": "blue"}),
    Item(id="c", values={"price": 20.0, "brand": "sony"}),
    Item(id="d", values={"tags": ["z"], "new": False}),
]


@pytest.fixture
def snapshot():
    return snapshot_of(SCHEMA, ITEMS)


def test_facets_count_values_and_measure_numbers(snapshot):
    mask = np.array([True, True, True, True])
    price, brand, tags, new = facets(snapshot, mask, ["price", "brand", "tags", "new"])
    assert price == Facet("price", (), 10.0, 20.0, (15.0, 20.0, 20.0), 1)
    assert brand == Facet("brand", (("sony", 2), ("Bose", 1)), missing=1)
    assert tags == Facet("tags", (("x", 2), ("y", 1), ("z", 1)), missing=1)
    assert new == Facet("new", (("false", 2), ("true", 1)), missing=1)


def test_facets_of_no_item_are_empty_and_the_top_is_cut(snapshot):
    assert facets(snapshot, np.zeros(4, dtype=bool), ["price", "tags"]) == [Facet("price"), Facet("tags")]
    (tags,) = facets(snapshot, np.ones(4, dtype=bool), ["tags"], top=1)
    assert tags.counts == (("x", 2),)


@pytest.mark.parametrize(
    ("field", "descending", "expected"),
    [
        ("price", False, "abcd"),
        ("price", True, "bcad"),
        ("brand", False, "bacd"),
        ("brand", True, "acbd"),
        ("new", True, "abdc"),
    ],
)
def test_rows_are_sorted_with_missing_last_and_ties_by_id(snapshot, field, descending, expected):
    rows = sort_rows(snapshot, [3, 1, 0, 2], field, descending)
    assert "".join(snapshot.ids[row] for row in rows) == expected


def test_several_values_have_no_order(snapshot):
    with pytest.raises(RequirementError, match="no order"):
        sort_rows(snapshot, [0, 1], "tags")


def test_nearest_names_what_is_broken_and_what_excludes_how_many(snapshot):
    cheap = Requirement(id="r1", field="price", op="<=", value=12.0)
    bose = Requirement(id="r2", field="brand", op="==", value="Bose")
    soft = Requirement(id="r3", field="new", op="==", value=True, hard=False)
    found = nearest(snapshot, [cheap, bose, soft], n=3)
    assert [near.id for near in found.items] == ["b", "a", "c"]
    assert [[each.id for each in near.broken] for near in found.items] == [["r1"], ["r2"], ["r1", "r2"]]
    assert found.excludes == {"r1": 1, "r2": 1}


def test_among_equally_broken_the_smaller_miss_then_the_order_comes_first(snapshot):
    cheap = Requirement(id="r1", field="price", op="<=", value=9.0)
    assert [near.id for near in nearest(snapshot, [cheap], n=4).items] == ["a", "b", "c", "d"]
    assert [near.id for near in nearest(snapshot, [cheap], n=4, order=[0, 0, 5, 9]).items] == ["a", "c", "b", "d"]


def test_a_group_is_broken_as_its_nearest_branch(snapshot):
    rows = [
        Requirement(id="r1", field="brand", op="==", value="Bose", group="g1:a"),
        Requirement(id="r2", field="price", op="<", value=15.0, group="g1:a"),
        Requirement(id="r3", field="brand", op="==", value="Zeiss", group="g1:b"),
        Requirement(id="r4", field="price", op="<", value=5.0, group="g1:b"),
    ]
    found = nearest(snapshot, rows, n=2)
    assert [(near.id, [each.id for each in near.broken]) for near in found.items] == [("b", ["r2"]), ("a", ["r1"])]
    assert found.excludes == dict.fromkeys(("r1", "r2", "r3", "r4"), 4)


@given(st.data())
def test_nearest_agrees_with_the_mask(data):
    schema, items = data.draw(catalogs())
    asked = data.draw(st.lists(requirements(schema), max_size=4))
    snapshot = snapshot_of(schema, items)
    found = nearest(snapshot, asked, n=len(items))
    assert sorted(near.row for near in found.items) == list(range(len(items)))
    mask = snapshot.mask(asked)
    for near in found.items:
        assert bool(near.broken) != bool(mask[near.row])
        assert not any(snapshot.satisfies(near.row, each) for each in near.broken)
